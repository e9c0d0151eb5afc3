use super::cells::Columns;
use super::keys::Keys;
use super::transactions::repeated;
use crate::model::Filing;

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, keys: &Keys) {
    for (index, row) in filing.holdings() {
        let mut cells = columns.row();
        cells
            .text(keys.filing_id())
            .text(keys.accession_number())
            .text(keys.issuer_cik())
            .count(index)
            .boolean(Some(row.is_derivative))
            .text(row.security_title.as_deref())
            .decimal(row.conversion_or_exercise_price)
            .text(row.transaction_form_type.as_deref())
            .date(row.exercise_date)
            .date(row.expiration_date)
            .text(row.underlying_security_title.as_deref())
            .decimal(row.underlying_security_shares)
            .decimal(row.underlying_security_value)
            .decimal(row.shares_owned_following_transaction)
            .decimal(row.value_owned_following_transaction)
            .text(row.direct_or_indirect_ownership.as_deref())
            .text(row.nature_of_ownership.as_deref())
            .footnote_refs(&row.footnote_refs);
        repeated(&mut cells, filing, keys);
    }
}
