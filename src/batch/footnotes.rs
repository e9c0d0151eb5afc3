use super::cells::Columns;
use super::keys::Keys;
use crate::model::Filing;

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, keys: &Keys) {
    for footnote in &filing.footnotes {
        columns
            .row()
            .text(keys.filing_id())
            .text(keys.accession_number())
            .text(keys.issuer_cik())
            .text(footnote.footnote_id.as_deref())
            .text(footnote.footnote.as_deref())
            .date(filing.filing_date);
    }
}
