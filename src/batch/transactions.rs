use super::cells::{Cells, Columns};
use super::keys::Keys;
use crate::model::Filing;

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, keys: &Keys) {
    for (index, row) in filing.transactions() {
        let mut cells = columns.row();
        cells
            .text(keys.filing_id())
            .text(keys.accession_number())
            .text(keys.issuer_cik())
            .count(index)
            .boolean(Some(row.is_derivative))
            .text(row.security_title.as_deref())
            .decimal(row.conversion_or_exercise_price)
            .date(row.transaction_date)
            .date(row.deemed_execution_date)
            .text(row.transaction_form_type.as_deref())
            .text(row.transaction_code.as_deref())
            .boolean(row.equity_swap_involved)
            .text(row.transaction_timeliness.as_deref())
            .decimal(row.transaction_shares)
            .decimal(row.transaction_total_value)
            .decimal(row.transaction_price_per_share)
            .text(row.transaction_acquired_disposed_code.as_deref())
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

/// The columns of the filing and its first owner that `transactions` and `holdings` repeat in every row.
pub(super) fn repeated(cells: &mut Cells<'_>, filing: &Filing<'_>, keys: &Keys) {
    let owner = filing.owners.first();
    let relationship = owner.map(|o| &o.relationship);
    cells
        .text(filing.document_type.as_deref())
        .date(filing.filing_date)
        .date(filing.period_of_report)
        .text(filing.issuer_trading_symbol.as_deref())
        .boolean(filing.aff10b5_one)
        .text(keys.first_owner_cik())
        .text(owner.and_then(|o| o.rpt_owner_name.as_deref()))
        .boolean(relationship.and_then(|r| r.is_director))
        .boolean(relationship.and_then(|r| r.is_officer))
        .boolean(relationship.and_then(|r| r.is_ten_percent_owner))
        .boolean(relationship.and_then(|r| r.is_other))
        .text(relationship.and_then(|r| r.officer_title.as_deref()))
        .count(filing.owners.len());
}

/// Bytes of text that [`repeated`] and the keys put into every row.
pub(super) fn repeated_text(filing: &Filing<'_>) -> usize {
    /// `filing_id`, `accession_number`, `issuer_cik`, `rpt_owner_cik` at their longest.
    const KEYS: usize = 23 + 20 + 10 + 10;
    let length = |text: &Option<std::borrow::Cow<'_, str>>| text.as_ref().map_or(0, |t| t.len());
    let owner = filing
        .owners
        .first()
        .map_or(0, |o| length(&o.rpt_owner_name) + length(&o.relationship.officer_title));
    KEYS + length(&filing.document_type) + length(&filing.issuer_trading_symbol) + owner
}
