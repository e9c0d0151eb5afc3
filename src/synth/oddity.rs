//! Plants one thing that must be repaired or doubted, with what must come out.

use super::calendar::Day;
use super::model::{Cell, Doubt, Filing, Flag, Flaw, Text};
use super::number::Number;
use super::rng::Rng;
use super::write_xml::row_name;

/// A number as it is printed, how it must be read, and what must be said about it.
const NUMBERS: &[(&str, Option<Number>, &str)] = &[
    ("3,090", Some(Number::whole(3090)), "number-repaired"),
    ("1,250,000", Some(Number::whole(1_250_000)), "number-repaired"),
    ("12.34567891", Some(Number { units: 12_345_679, decimals: 6 }), "number-rounded"),
    ("0.12345650", Some(Number { units: 123_456, decimals: 6 }), "number-rounded"),
    ("1234567890123", None, "number-too-large"),
    ("see note", None, "number-unreadable"),
];

const TRANSACTIONS: &str = "transactions";

/// Plants one oddity.
pub(super) fn plant(rng: &mut Rng, filing: &mut Filing<'_>) {
    let row = filing.transactions().map(|(index, _)| index).next();
    match (rng.below(12), row) {
        (0..=2, Some(row)) => number(rng, filing, row),
        (3, Some(row)) => impossible_date(filing, row),
        (4, Some(row)) => implausible_date(filing, row),
        (5, Some(row)) => missing_footnote(filing, row),
        (6, _) => flag(filing),
        (7, _) => {
            filing.remarks = Some("Formerly with the R&D Partners of Halloway & Marchbank".into());
            flaw(filing, Flaw::StrayAmpersand, Some(("stray-ampersand", "remarks")));
        }
        (8, _) if has_table_one(filing) => {
            flaw(filing, Flaw::DamagedTag, Some(("damaged-tag", "nonDerivativeTable")))
        }
        (9, _) if has_table_one(filing) => {
            let name = filing.rows.last().map_or("", row_name);
            flaw(filing, Flaw::MisplacedRow, Some(("misplaced-element", name)));
        }
        (10, _) if has_table_one(filing) => flaw(filing, Flaw::SeveralTables, None),
        (11, _) if !filing.is_layout_2003() => flaw(filing, Flaw::NoSchema, None),
        _ => flaw(filing, Flaw::UnknownElement, Some(("unknown-element", "documentNote"))),
    }
}

fn has_table_one(filing: &Filing<'_>) -> bool {
    !filing.is_layout_2003() && filing.rows.iter().any(|row| !row.is_derivative)
}

/// Plants a flaw of the writer; what must be said about it is a code and the element or column.
fn flaw(filing: &mut Filing<'_>, flaw: Flaw, doubt: Option<(&'static str, &'static str)>) {
    filing.flaw = flaw;
    if let Some((code, field)) = doubt {
        filing.doubts.push(Doubt { code, table: None, row: None, field: Some(field), raw: None });
    }
}

fn number(rng: &mut Rng, filing: &mut Filing<'_>, row: usize) {
    let (printed, value, code) = rng.pick(NUMBERS);
    let cell = Cell { value, printed: Some(printed.into()), ..Cell::full(Number::ZERO) };
    let field = if rng.chance(0.5) && filing.rows[row].total_value.value.is_none() {
        let marks = std::mem::take(&mut filing.rows[row].shares.marks);
        filing.rows[row].shares = Cell { marks, ..cell };
        "transaction_shares"
    } else {
        let marks = std::mem::take(&mut filing.rows[row].price.marks);
        filing.rows[row].price = Cell { marks, ..cell };
        "transaction_price_per_share"
    };
    doubt(filing, row, code, field, printed);
}

fn impossible_date(filing: &mut Filing<'_>, row: usize) {
    let printed = format!("{}-13-04", filing.filed.year());
    let date = &mut filing.rows[row].date;
    date.value = None;
    date.printed = Some(printed.clone().into());
    doubt(filing, row, "date-unreadable", "transaction_date", printed);
}

fn implausible_date(filing: &mut Filing<'_>, row: usize) {
    let date = &mut filing.rows[row].date;
    date.value = Some(Day::new(15, 3, 4));
    doubt(filing, row, "date-implausible", "transaction_date", "0015-03-04");
}

/// A mark without a footnote.
fn missing_footnote(filing: &mut Filing<'_>, row: usize) {
    let mark = filing.footnotes.len() as u8 + 7;
    filing.rows[row].title.marks.push(mark);
    doubt(filing, row, "footnote-missing", "security_title", format!("F{mark}"));
}

/// A box of the first owner that holds neither yes nor no.
fn flag(filing: &mut Filing<'_>) {
    filing.owners[0].is_other = Some(Flag { value: None, printed: "Y" });
    filing.doubts.push(Doubt {
        code: "flag-unreadable",
        table: Some("reporting_owners"),
        row: Some(0),
        field: Some("is_other"),
        raw: Some("Y".into()),
    });
}

fn doubt(filing: &mut Filing<'_>, row: usize, code: &'static str, field: &'static str, raw: impl Into<Text>) {
    let (table, row, raw) = (Some(TRANSACTIONS), Some(row as u32), Some(raw.into()));
    filing.doubts.push(Doubt { code, table, row, field: Some(field), raw });
}
