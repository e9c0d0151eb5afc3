//! What stands around the tables, and what section16 has to say.

use super::{INDENT, Layout, body, cell, section};
use crate::grid::{Grid, Heading};
use crate::terminal::plain;
use section16::Reject;
use section16::model::{Diagnostic, Filing, Origin};

/// The footnotes, wrapped.
pub fn footnotes(filing: &Filing, layout: Layout) -> Option<String> {
    let mut grid = Grid::new(&[Heading::left(""), Heading::text("")]);
    for note in &filing.footnotes {
        grid.row([note.footnote_id.as_deref().unwrap_or("?"), note.footnote.as_deref().unwrap_or_default()]);
    }
    let body = grid.render(layout.width, INDENT, layout.paint);
    if body.is_empty() { None } else { section("Footnotes", &body, layout) }
}

/// The remarks, wrapped.
pub fn remarks(filing: &Filing, layout: Layout) -> Option<String> {
    let mut grid = Grid::new(&[Heading::text("")]);
    grid.row([filing.remarks.as_deref()?]);
    section("Remarks", &grid.render(layout.width, INDENT, layout.paint), layout)
}

/// The signatures.
pub fn signatures(filing: &Filing, layout: Layout) -> Option<String> {
    let mut grid = Grid::new(&[Heading::text(""), Heading::left("")]);
    for signature in &filing.signatures {
        grid.row([cell::text(signature.signature_name.as_deref()), cell::date(signature.signature_date)]);
    }
    let body = grid.render(layout.width, INDENT, layout.paint);
    if body.is_empty() { None } else { section("Signatures", &body, layout) }
}

/// What was repaired, doubted or left null, each with the literal text and the reason.
pub fn diagnostics(filing: &Filing, layout: Layout) -> Option<String> {
    let headings = [
        Heading::left("code"),
        Heading::left("where"),
        Heading::text("literal text"),
        Heading::text("what and why"),
    ];
    let mut grid = Grid::new(&headings);
    for diagnostic in &filing.diagnostics {
        let raw = diagnostic.raw.as_ref().map(|raw| format!("\u{ab}{raw}\u{bb}")).unwrap_or_default();
        grid.row([diagnostic.code.as_str(), &place(diagnostic), &raw, &diagnostic.message]);
    }
    if filing.diagnostics.is_empty() {
        return None;
    }
    section("Diagnostics: what was repaired, doubted or left null", &body(grid, 1, layout), layout)
}

/// `transactions[3].transaction_shares`, as far as it is known.
fn place(diagnostic: &Diagnostic) -> String {
    let table = diagnostic.table.map(|table| table.as_str()).unwrap_or_default();
    let row = diagnostic.row_index.map(|row| format!("[{row}]")).unwrap_or_default();
    let field = diagnostic.field.as_deref().unwrap_or_default();
    let dot = if table.is_empty() || field.is_empty() { "" } else { "." };
    format!("{table}{row}{dot}{field}")
}

/// One line on an entry that gave no filing although it should have.
pub fn reject_text(reject: &Reject, origin: &Origin) -> String {
    let known: Vec<String> = [
        reject.submission_type.as_ref().map(|form| format!("Form {form}")),
        reject.accession_number.map(|accession| accession.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(" ")) };
    let offset = origin.offset.saturating_add(reject.offset);
    let place = if offset == 0 { String::new() } else { format!(" at byte {offset}") };
    plain(&format!("{}{known}: rejected, {}{place}: {}", origin.display(), reject.reason, reject.message))
}

/// One line on an entry that is no filing and need not be one.
pub fn other_text(what: &str, origin: &Origin) -> String {
    plain(&format!("{}: {what}", origin.display()))
}
