//! Invented documents of every version and every oddity, with the values they must give.

mod damage;
mod ends;
mod layout_2003;
mod marks;
mod misplaced;
mod secrets;
mod versions;
mod whole;

use super::read;
use crate::model::{Code, Filing, FilingId, Row, SourceFormat};
use crate::reject::Reject;

/// The filing of a document that must be read.
fn filing(document: &str) -> Filing<'_> {
    let mut filing = Filing::new(FilingId::Digest(7), SourceFormat::Xml);
    if let Err(reject) = read(document, &mut filing) {
        panic!("{reject}\n{document}");
    }
    filing
}

/// The reject of a document that must be refused.
fn reject(document: &str) -> Reject {
    let mut filing = Filing::new(FilingId::Digest(7), SourceFormat::Xml);
    read(document, &mut filing).expect_err(document)
}

/// A document with an issuer and this behind it.
fn with_issuer(inside: &str) -> String {
    format!("<ownershipDocument><issuer><issuerCik>4711</issuerCik></issuer>{inside}</ownershipDocument>")
}

/// A document with one transaction of Table I that holds this.
fn with_row(inside: &str) -> String {
    let table = "<nonDerivativeTable><nonDerivativeTransaction>";
    with_issuer(&format!("{table}{inside}</nonDerivativeTransaction></nonDerivativeTable>"))
}

/// The one row that a document must give.
fn only_row<'f, 'a>(filing: &'f Filing<'a>) -> &'f Row<'a> {
    let [row] = filing.rows.as_slice() else { panic!("{} rows", filing.rows.len()) };
    row
}

/// Code, field and raw text of every diagnostic; "" for what is not stated.
fn told<'f>(filing: &'f Filing<'_>) -> Vec<(Code, &'f str, &'f str)> {
    let text = |text: &'f Option<std::borrow::Cow<'_, str>>| text.as_deref().unwrap_or_default();
    filing.diagnostics.iter().map(|d| (d.code, text(&d.field), text(&d.raw))).collect()
}

/// Field and id of every mark of a row.
fn marks<'f>(row: &'f Row<'_>) -> Vec<(Option<&'static str>, &'f str)> {
    row.footnote_refs.iter().map(|mark| (mark.field, mark.footnote_id.as_ref())).collect()
}

/// The print of a value, "" for none.
fn print<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
