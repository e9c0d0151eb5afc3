//! Recognises and reads forms that are printed as HTML or plain text.
//!
//! A document becomes lines of cells, whatever parts its cells: tags, tabs, pipes, blanks. Captions are found by their
//! words. A value is returned only where it was read as printed or where a damaged print has one reading; everything else
//! is `None` with a diagnostic that holds the literal text.

mod address;
mod assign;
mod atoms;
mod bare_signature;
mod blanks;
mod boxes;
mod broken;
mod build;
mod captions;
mod checks;
mod completeness;
mod cut_boxes;
mod cut_lines;
mod date_words;
mod dates;
mod deal;
mod doubt;
mod drawn;
mod drawn_boxes;
mod drawn_columns;
mod drawn_rows;
mod entities;
mod fit;
mod flags;
mod footnotes;
mod form;
mod front;
mod fuzzy;
mod grid;
mod half_mark;
mod header;
mod headings;
mod html;
mod inline;
mod legible;
mod letters;
mod level;
mod lexicon;
mod lines;
mod literals;
mod loose;
mod margins;
mod markup;
mod mend;
mod natures;
mod notes;
mod numbers;
mod odds;
mod order;
mod owners;
mod ownership;
mod page;
mod peel;
mod people;
mod phrases;
mod recognise;
mod restore;
mod row_draft;
mod rows;
mod scan;
mod scan_head;
mod schema;
mod seams;
mod sense;
mod sides;
mod signature;
mod signs;
mod squeeze;
mod stars;
mod states;
mod stream;
mod suits;
mod sums;
mod tables;
mod tag_rows;
mod twice;
mod unglue;
mod values;
mod vocabulary;
mod ways;
mod words;

pub use recognise::recognise;

use crate::model::{Cik, Code, Filing, Footnote, Signature, SourceFormat, Table};
use crate::reject::{Reason, Reject};
use boxes::Boxes;
use cut_boxes::CutHead;
use footnotes::Note;
use memchr::memmem;
use notes::Notes;
use page::Page;
use std::borrow::Cow;

/// The dress of a printed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// A page of tags: the SEC's own rendering, or a filing of 2002 and 2003.
    Html,
    /// Plain text: a filing before 2003, or what a converter made of a PDF or a scan.
    Text,
}

/// Reads a printed form into `filing`: everything that the document itself states.
///
/// `text` may hold a submission's wrapper around the form. Rejects a document in which neither a form number nor an owner
/// nor an issuer can be found.
pub fn read<'a>(text: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    let text = body(text);
    read_body(recognise(text).unwrap_or_else(|| recognise::dress(text)), text, filing)
}

/// The same as [`read`] for a form that [`recognise`] was asked about: its dress is not looked for again.
pub fn read_as<'a>(printed: Printed, text: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    read_body(printed, body(text), filing)
}

fn read_body<'a>(printed: Printed, text: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    let has_number = if printed == Printed::Html {
        filing.source_format = SourceFormat::Html;
        let html = html::read(text);
        let page = Page::of_tags(html.lines, !html.links.is_empty());
        let has_number = read_page(&page, filing);
        ciks(&html.links, filing);
        has_number
    } else {
        filing.source_format = SourceFormat::Text;
        read_page(&Page::new(text), filing)
    };
    if !has_number && filing.issuer_name.is_none() && filing.owners.is_empty() {
        let reason = if printed == Printed::Html { Reason::HtmlForm } else { Reason::TextForm };
        return Err(Reject::new(reason, "none of the boxes of a printed form can be found in the document"));
    }
    Ok(())
}

/// The document inside the wrapper of a submission.
fn body(text: &str) -> &str {
    let find = |text: &str, tag: &str| memmem::find(text.as_bytes(), tag.as_bytes());
    let Some(start) = find(text, "<TEXT>").map(|at| at + "<TEXT>".len()) else { return text };
    let rest = text.get(start..).unwrap_or_default();
    find(rest, "</TEXT>").and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// Reads a page; whether its form's number can be told.
fn read_page(page: &Page, filing: &mut Filing<'_>) -> bool {
    let parts = page.parts();
    let mut notes = Notes::default();
    let boxes = Boxes::new(page, 0, parts.header_end.saturating_add(1));
    let cut = page.cut.then(|| CutHead::new(page));
    let cut = cut.as_ref();
    let head = header::head_text(page, parts.header_end);
    let number = form::number(&page.squeezed);
    if number.is_some() && !form::is_stated(&page.squeezed) {
        notes.filing(
            Code::FormInferred,
            "document_type",
            "",
            "No line says the form's number; its captions do.",
        );
    }
    header::dates(&boxes, page, cut, parts.header_end, number == Some(3), filing, &mut notes);
    header::check_boxes(&head, filing);
    if form::is_amended(&page.squeezed) {
        filing.is_amendment = Some(true);
    }
    document_type(number, filing, &mut notes);
    people::read(page, &parts, &boxes, cut, &head, filing, &mut notes);
    let owner = filing.owners.first().and_then(|o| o.rpt_owner_name.as_deref()).map(str::to_owned);
    header::issuer(&boxes, page, cut, parts.header_end, owner.as_deref(), filing);
    tables::read(page, &parts, number == Some(3), filing, &mut notes);
    let names: Vec<&str> = filing.owners.iter().filter_map(|o| o.rpt_owner_name.as_deref()).collect();
    let signed = signature::read(page, &names);
    let wanted = tables::marks(filing);
    let mut explanation = footnotes::read(page, &parts, signed.first().map(|s| s.line), &wanted);
    explanation.notes.extend(page.stars.iter().flatten().map(|text| Note::unnumbered(text.clone())));
    filing.remarks = explanation.remarks.clone().map(Cow::Owned);
    set_footnotes(explanation, filing, &mut notes);
    sign(signed, filing, &mut notes);
    tables::missing_rows(&parts, filing, &mut notes);
    tables::period_from_rows(page, &parts, filing, &mut notes);
    if page.cut {
        tables::orphans(filing, &mut notes);
    }
    if !legible::is_legible(page) {
        notes = Notes::default();
        legible::abstain(filing, &mut notes);
    }
    filing.diagnostics.extend(notes.into_list());
    number.is_some()
}

/// The CIKs of the links, given to the issuer and the owners by the names that they link.
fn ciks(links: &[(String, String)], filing: &mut Filing<'_>) {
    let of = |name: Option<&str>| {
        let name = squeeze::squeeze(name?);
        let link = links.iter().find(|(_, text)| squeeze::squeeze(text) == name)?;
        Cik::parse(&link.0)
    };
    filing.issuer_cik = of(filing.issuer_name.as_deref());
    for owner in &mut filing.owners {
        owner.rpt_owner_cik = of(owner.rpt_owner_name.as_deref());
    }
}

fn document_type(number: Option<u8>, filing: &mut Filing<'_>, notes: &mut Notes) {
    let amended = filing.date_of_original_submission.is_some() || filing.is_amendment == Some(true);
    let Some(form) = number.and_then(|n| form::form_type(n, amended)) else {
        notes.filing(Code::TextUnreadable, "document_type", "", "The number of the form cannot be told.");
        return;
    };
    filing.document_type = Some(Cow::Borrowed(form.as_str()));
    filing.is_amendment = Some(amended);
}

fn sign(list: Vec<signature::Signed>, filing: &mut Filing<'_>, notes: &mut Notes) {
    for (at, signed) in list.into_iter().enumerate() {
        if signed.lost {
            let message = "The first line of the name is lost.";
            notes.on(Code::TextUnreadable, Table::Signatures, at, "signature_name", &signed.name, message);
        }
        let signature_name = Some(Cow::Owned(signed.name)).filter(|_| !signed.lost);
        filing.signatures.push(Signature { signature_name, signature_date: signed.date });
    }
}

fn set_footnotes(list: footnotes::Explanation, filing: &mut Filing<'_>, notes: &mut Notes) {
    for (at, note) in list.notes.into_iter().enumerate() {
        let id = note.number.map(|n| Cow::Owned(format!("F{n}")));
        if note.inferred {
            let message = "The number of the footnote follows from its neighbours.";
            notes.on(Code::NumberRepaired, Table::Footnotes, at, "footnote_id", &note.text, message);
        }
        filing.footnotes.push(Footnote { footnote_id: id, footnote: Some(Cow::Owned(note.text)) });
    }
    for lost in list.lost {
        let at = filing.footnotes.len();
        notes.on(Code::TextUnreadable, Table::Footnotes, at, "footnote", &lost.text, lost.message);
        let id = Cow::Owned(format!("F{}", lost.mark));
        filing.footnotes.push(Footnote { footnote_id: Some(id), footnote: None });
    }
}

#[cfg(test)]
mod scan_tests;
#[cfg(test)]
mod tests;
