use super::cells::Columns;
use super::keys::Keys;
use crate::model::{Filing, Origin, Table};

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, origin: &Origin<'_>, keys: &Keys) {
    for diagnostic in &filing.diagnostics {
        columns
            .row()
            .text(keys.filing_id())
            .text(keys.accession_number())
            .text(keys.issuer_cik())
            .text(diagnostic.table.map(Table::as_str))
            .int32(diagnostic.row_index.map(|index| i32::try_from(index).unwrap_or(i32::MAX)))
            .text(diagnostic.field.as_deref())
            .text(Some(diagnostic.code.as_str()))
            .text(diagnostic.raw.as_deref())
            .text(Some(&diagnostic.message))
            .text(Some(origin.path))
            .text(origin.member);
    }
}
