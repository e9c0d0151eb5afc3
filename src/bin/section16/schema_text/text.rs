//! Aligned text for a person.

use super::{meaning, source, types};
use crate::grid::{Grid, Heading};
use crate::paint::Paint;
use section16::model::Table;
use section16::schema::columns;

/// Each table with its columns: name, Arrow type, nullability, source, meaning.
pub fn text(tables: &[Table], width: usize, paint: Paint) -> String {
    tables.iter().map(|table| one(*table, width, paint)).collect::<Vec<_>>().join("\n")
}

fn one(table: Table, width: usize, paint: Paint) -> String {
    let headings = [
        Heading::left("column"),
        Heading::text("type"),
        Heading::left("null"),
        Heading::text("from"),
        Heading::text("meaning"),
    ];
    let mut grid = Grid::new(&headings);
    for column in columns(table) {
        let null = if column.nullable { "yes" } else { "no" };
        grid.row([column.name, &types::arrow(column.column_type), null, &source(column), column.meaning]);
    }
    format!("{}: {}\n{}", paint.bold(table.as_str()), meaning(table), grid.render(width, 2, paint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden() {
        let golden = "\
signatures: One row a signature
  column            type    null  from                      meaning
  filing_id         Utf8    no    section16                 The key that joins the tables
  accession_number  Utf8    yes   header: ACCESSION NUMBER  EDGAR's number of the submission, with
                                                            dashes
  issuer_cik        Utf8    yes   <issuerCik>               The issuer, by the document, else by the
                                                            header
  signature_index   Int32   no    section16                 From 0, in document order
  signature_name    Utf8    yes   <signatureName>           Who signed, as printed
  signature_date    Date32  yes   <signatureDate>           The day of signing
  filing_date       Date32  yes   header: FILED AS OF DATE  The day of filing
";
        assert_eq!(text(&[Table::Signatures], 100, Paint::new(false)), golden);
    }
}
