use super::cells::Columns;
use super::keys::Keys;
use crate::model::{Filing, Origin};

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, origin: &Origin<'_>, keys: &Keys) {
    let transaction_count = filing.transactions().count();
    columns
        .row()
        .text(keys.filing_id())
        .text(keys.accession_number())
        .text(filing.submission_type.as_deref())
        .text(filing.document_type.as_deref())
        .boolean(filing.is_amendment)
        .text(Some(filing.source_format.as_str()))
        .text(filing.schema_version.as_deref())
        .date(filing.filing_date)
        .timestamp(filing.acceptance_datetime)
        .date(filing.date_as_of_change)
        .date(filing.period_of_report)
        .date(filing.date_of_original_submission)
        .boolean(filing.no_securities_owned)
        .boolean(filing.not_subject_to_section16)
        .boolean(filing.form3_holdings_reported)
        .boolean(filing.form4_transactions_reported)
        .boolean(filing.aff10b5_one)
        .boolean(filing.is_joint_group_filing)
        .text(keys.issuer_cik())
        .text(filing.issuer_name.as_deref())
        .text(filing.issuer_trading_symbol.as_deref())
        .text(filing.issuer_foreign_trading_symbol.as_deref())
        .text(filing.issuer_sic.as_deref())
        .text(filing.issuer_irs_number.as_deref())
        .text(filing.issuer_state_of_incorporation.as_deref())
        .text(filing.issuer_fiscal_year_end.as_deref())
        .text(filing.remarks.as_deref())
        .count(filing.owners.len())
        .count(transaction_count)
        .count(filing.rows.len() - transaction_count)
        .count(filing.footnotes.len())
        .count(filing.diagnostics.len())
        .text(Some(origin.path))
        .text(origin.member)
        .bytes(origin.offset)
        .bytes(origin.bytes)
        .text(filing.document_filename.as_deref());
}
