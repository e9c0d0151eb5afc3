use super::cells::Columns;
use super::keys::Keys;
use crate::model::Filing;

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, keys: &Keys) {
    for (index, signature) in filing.signatures.iter().enumerate() {
        columns
            .row()
            .text(keys.filing_id())
            .text(keys.accession_number())
            .text(keys.issuer_cik())
            .count(index)
            .text(signature.signature_name.as_deref())
            .date(signature.signature_date)
            .date(filing.filing_date);
    }
}
