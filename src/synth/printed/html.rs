//! A print as HTML, as filers' software made it in 2002 and 2003.

use super::grid::{Table, tables};
use super::{AGENCY, NOT_SUBJECT, long_date, short_date, title};
use crate::synth::model::{Filing, Flag, Print};

pub(super) fn page(filing: &Filing<'_>) -> String {
    let mut out = format!(
        "<HTML><HEAD><TITLE>Form {0}</TITLE></HEAD><BODY BGCOLOR=\"#FFFFFF\">\n<table border=0 width=\"900\">\n<tr><td><b>FORM \
         {0}</b></td>\n<td align=center>{AGENCY}<br>\nWashington, D.C. 20549</td></tr>\n",
        filing.form.base()
    );
    let boxes = &filing.boxes;
    for (flag, caption) in [
        (boxes.not_subject, NOT_SUBJECT),
        (boxes.form3_reported, "Form 3 Holdings Reported"),
        (boxes.form4_reported, "Form 4 Transactions Reported"),
    ] {
        if flag.is_some() {
            out.push_str(&format!("<tr><td colspan=2>{} {caption}</td></tr>\n", mark(flag)));
        }
    }
    out.push_str(&format!("<tr><td colspan=2 align=center><b>{}</b></td></tr>\n</table>\n", title(filing)));
    boxes_of(filing, &mut out);
    for table in tables(filing, Print::Html) {
        write_table(&table, &mut out);
    }
    out.push_str("<p>Explanation of Responses:</p>\n");
    for (at, note) in filing.footnotes.iter().enumerate() {
        out.push_str(&format!("<p>({}) {}</p>\n", at + 1, escaped(note)));
    }
    for (name, day) in &filing.signatures {
        out.push_str(&format!(
            "<table border=0>\n<tr><td><u>{}</u></td><td><u>{}</u></td></tr>\n<tr><td>** Signature of Reporting \
             Person</td><td>Date</td></tr>\n</table>\n",
            escaped(name),
            long_date(*day)
        ));
    }
    out.push_str("</BODY></HTML>\n");
    out
}

/// The boxes of the head: three columns of cells, the numbers of Form 3 in its own order.
fn boxes_of(filing: &Filing<'_>, out: &mut String) {
    let owner = &filing.owners[0];
    let address = &owner.address;
    let is_three = filing.form.is_three();
    let street2 = address.street2.iter().map(|line| format!("<br>{}", escaped(line))).collect::<String>();
    let date = short_date(filing.period);
    let (issuer_number, dated) = if is_three {
        (4, format!("2. Date of Event Requiring Statement<br>\n(Month/Day/Year)<br>\n<b>{date}</b>"))
    } else {
        (2, format!("4. Statement for<br>\nMonth/Day/Year<br>\n<b>{date}</b>"))
    };
    let original = filing.original.map(long_date).unwrap_or_else(|| "&nbsp;".into());
    let title = owner.officer_title.as_deref().map(escaped).unwrap_or_else(|| "&nbsp;".into());
    out.push_str(&format!(
        "<table border=1 width=\"900\">\n<tr valign=top><td><p>1. Name and Address\nof Reporting Person*</p>\n<p><b>{}</b></p></td>\n\
         <td colspan=2><p>{issuer_number}. Issuer Name <b>and</b>\nTicker or Trading Symbol<br>\n<b>{} ({})</b></p></td>\n\
         <td rowspan=2><p>6. Relationship of Reporting Person(s)<br>\nto Issuer (Check all applicable)<br>\n{} Director \
         {} 10% Owner<br>\n{} Officer (give title below) {} Other (specify below)</p>\n<p><u><b>{title}</b></u></p></td></tr>\n",
        escaped(&owner.person.name),
        escaped(&filing.company.name),
        filing.symbol,
        mark(owner.is_director),
        mark(owner.is_ten_percent),
        mark(owner.is_officer),
        mark(owner.is_other),
    ));
    out.push_str(&format!(
        "<tr valign=top><td><p>(Last) (First) (Middle)</p>\n<p><b>{}{street2}</b></p></td>\n<td rowspan=2><p>3. I.R.S. \
         Identification Number<br>\nof Reporting Person, if an entity (voluntary)</p></td>\n<td>{dated}</td></tr>\n\
         <tr valign=top><td><p>(Street)</p>\n<p><b>{}</b>,\n<b>{}</b> <b>{}</b></p></td>\n<td>5. If Amendment,<br>\nDate of \
         Original<br>\n(Month/Day/Year)<br>\n<b>{original}</b></td>\n<td>7. Individual or Joint/Group Filing (Check \
         Applicable Line)<br>\n{} Form filed by One Reporting Person<br>\n{} Form filed by More than One Reporting \
         Person</td></tr>\n<tr><td>(City) (State) (Zip)</td><td colspan=3>&nbsp;</td></tr>\n</table>\n",
        escaped(&address.street1),
        escaped(address.city),
        address.state,
        address.zip,
        mark(Some(Flag { value: Some(true), printed: "" })),
        mark(None),
    ));
}

fn mark(flag: Option<Flag>) -> &'static str {
    if flag.is_some_and(|flag| flag.value == Some(true)) {
        "<u><b>X</b></u>"
    } else {
        "<u>&nbsp;&nbsp;&nbsp;</u>"
    }
}

fn write_table(table: &Table, out: &mut String) {
    let width = table.columns.len();
    out.push_str(&format!(
        "<table border=1 width=\"900\">\n<tr><td colspan={width} align=center><b>{}</b></td></tr>\n<tr valign=top>\n",
        table.caption.replace("--", "&#151;")
    ));
    for (heading, ..) in table.columns {
        let heading = match *heading {
            "A/D" => "(A) or (D)",
            heading => heading,
        };
        out.push_str(&format!("<td>{heading}</td>\n"));
    }
    out.push_str("</tr>\n");
    for row in &table.rows {
        out.push_str("<tr valign=top>\n");
        for cell in row {
            let text = escaped(cell).replace('(', "<sup>(").replace(')', ")</sup>");
            let text = if is_marked(cell) { text } else { escaped(cell) };
            out.push_str(&format!("<td>{}</td>\n", if text.is_empty() { "&nbsp;" } else { &text }));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// Whether a cell ends with the mark of a footnote.
fn is_marked(cell: &str) -> bool {
    let mark = cell.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    mark.is_some_and(|(before, mark)| {
        mark.bytes().all(|b| b.is_ascii_digit()) && !before.contains(['(', ' '])
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
