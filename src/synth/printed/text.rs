//! A print as plain text: the lines of filing software, its columns drawn with bars or marked with `<S>` and `<C>`.

use super::grid::{Table, tables};
use super::{AGENCY, NOT_SUBJECT, long_date, named_date, short_date, title};
use crate::synth::model::{Filing, Flag, Print};

/// Letters of a line of running text.
const WIDTH: usize = 78;

pub(super) fn page(filing: &Filing<'_>, print: Print) -> String {
    let mut out =
        format!("{AGENCY}\nWASHINGTON, D.C. 20549\nFORM {}\n{}\n", filing.form.base(), title(filing));
    let boxes = &filing.boxes;
    for (flag, caption) in [
        (boxes.not_subject, NOT_SUBJECT),
        (boxes.form3_reported, "Form 3 Holdings Reported"),
        (boxes.form4_reported, "Form 4 Transactions Reported"),
    ] {
        if flag.is_some() {
            out.push_str(&format!("{} {caption}\n", mark(flag, print)));
        }
    }
    items(filing, print, &mut out);
    out.push_str("<TABLE>\n");
    for table in tables(filing, print) {
        match print {
            Print::Bars => barred(&table, &mut out),
            _ => marked(&table, &mut out),
        }
    }
    out.push_str("</TABLE>\nExplanation of Responses:\n");
    for (at, note) in filing.footnotes.iter().enumerate() {
        for line in wrap(&format!("({}) {note}", at + 1), WIDTH) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    for (name, day) in &filing.signatures {
        out.push_str(&match print {
            Print::Bars => format!("SIGNATURE OF REPORTING PERSON\n  {name}\nDATE\n{}\n", named_date(*day)),
            _ => format!("\n{name}      {}\n** Signature of Reporting Person      Date\n", short_date(*day)),
        });
    }
    out
}

/// The numbered items; Form 3 has its own order.
fn items(filing: &Filing<'_>, print: Print, out: &mut String) {
    let owner = &filing.owners[0];
    let address = &owner.address;
    let street2 = address.street2.iter().map(|line| format!("   {line}\n")).collect::<String>();
    let owner_item = format!(
        "Name and Address of Reporting Person\n   {}\n   {}\n{street2}   {}, {} {}\n",
        owner.person.name, address.street1, address.city, address.state, address.zip
    );
    let issuer = format!("Issuer Name and Ticker or Trading Symbol\n   {}\n", issuer(filing, print));
    let irs = "IRS or Social Security Number of Reporting Person (Voluntary)\n\n".to_owned();
    let date = if print == Print::Bars { named_date(filing.period) } else { short_date(filing.period) };
    let original = filing.original.map(long_date).unwrap_or_default();
    let original = format!("If Amendment, Date of Original (Month/Day/Year)\n   {original}\n");
    let (relation, joint) = (relation(filing, print), joint(print));
    let items = if filing.form.is_three() {
        let event = format!("Date of Event Requiring Statement (Month/Day/Year)\n   {date}\n");
        [owner_item, event, irs, issuer, relation, original, joint]
    } else {
        [owner_item, issuer, irs, format!("Statement for Month/Year\n   {date}\n"), original, relation, joint]
    };
    for (at, item) in items.iter().enumerate() {
        out.push_str(&format!("{}. {item}", at + 1));
    }
}

/// Name and ticker. Behind a comma only a name in small letters can be told from its ticker.
fn issuer(filing: &Filing<'_>, print: Print) -> String {
    let (name, symbol) = (&filing.company.name, &filing.symbol);
    match print {
        Print::Bars => format!("{name}\n   {symbol}"),
        _ if name.contains(char::is_lowercase) => format!("{name}, {symbol}"),
        _ => format!("{name} ({symbol})"),
    }
}

fn relation(filing: &Filing<'_>, print: Print) -> String {
    let owner = &filing.owners[0];
    let title = owner.officer_title.as_deref().unwrap_or_default();
    format!(
        "Relationship of Reporting Person(s) to Issuer (Check all applicable)\n   {} Director {} 10% Owner {} Officer (give \
         title below) {} Other\n   (specify below)\n   {title}\n",
        mark(owner.is_director, print),
        mark(owner.is_ten_percent, print),
        mark(owner.is_officer, print),
        mark(owner.is_other, print),
    )
}

fn joint(print: Print) -> String {
    let one = mark(Some(Flag { value: Some(true), printed: "" }), print);
    let more = mark(None, print);
    format!(
        "Individual or Joint/Group Filing (Check Applicable Line)\n   {one} Form filed by One Reporting Person\n   {more} \
         Form filed by More than One Reporting Person\n"
    )
}

fn mark(flag: Option<Flag>, print: Print) -> &'static str {
    match (flag.is_some_and(|flag| flag.value == Some(true)), print) {
        (true, Print::Bars) => "(X)",
        (false, Print::Bars) => "( )",
        (true, _) => "[X]",
        (false, _) => "[ ]",
    }
}

/// A table between bars: what does not fit a cell is cut and goes on below.
fn barred(table: &Table, out: &mut String) {
    let widths: Vec<usize> = table.columns.iter().map(|column| column.1).collect();
    let width = widths.iter().sum::<usize>() + widths.len() - 1;
    let rule = "_".repeat(width);
    out.push_str(&format!("<CAPTION>\n{rule}\n{:<width$}|\n{rule}|\n", table.caption));
    let heads: Vec<Vec<String>> = table.columns.iter().map(|column| cut(column.0, column.1)).collect();
    lines(&heads, &widths, "|", out);
    out.push_str(&format!("{rule}|\n"));
    for (at, width) in widths.iter().enumerate() {
        let mark = if at == 0 { "<S>" } else { "<C>" };
        // A column narrower than its mark pushes the next mark to the right.
        out.push_str(&format!("{mark:<0$}", width + 1));
    }
    out.push('\n');
    for row in &table.rows {
        let cells: Vec<Vec<String>> =
            row.iter().zip(&widths).map(|(text, width)| cut(text, *width)).collect();
        lines(&cells, &widths, "|", out);
        out.push_str(&format!("{}\n", "-".repeat(width)));
    }
}

/// A table in which marks say where columns begin: cells run on below by whole words.
fn marked(table: &Table, out: &mut String) {
    let widths: Vec<usize> = table.columns.iter().map(|column| column.2).collect();
    out.push_str(&format!("<CAPTION>\n{}\n\n", table.caption));
    let wrapped = |texts: &mut dyn Iterator<Item = &str>| -> Vec<Vec<String>> {
        texts.zip(&widths).map(|(text, width)| wrap(text, *width - 1)).collect()
    };
    lines(&wrapped(&mut table.columns.iter().map(|column| column.0)), &widths, " ", out);
    for (at, width) in widths.iter().enumerate() {
        let mark = if at == 0 { "<S>" } else { "<C>" };
        out.push_str(&format!("{mark:<0$}", width + 1));
    }
    out.push('\n');
    for row in &table.rows {
        lines(&wrapped(&mut row.iter().map(String::as_str)), &widths, " ", out);
    }
}

/// Cells of several lines side by side.
fn lines(cells: &[Vec<String>], widths: &[usize], border: &str, out: &mut String) {
    for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            out.push_str(if column > 0 { border } else { "" });
            out.push_str(&format!("{:<width$}", cell.get(at).map_or("", String::as_str)));
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
}

/// Pieces of so many letters.
fn cut(text: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(width).map(|piece| piece.iter().collect()).collect()
}

/// Lines of whole words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut().filter(|line| line.len() + 1 + word.len() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
