use super::cells::Columns;
use crate::model::Origin;
use crate::reject::Reject;

pub(super) fn append(columns: &mut Columns, reject: &Reject, origin: &Origin<'_>) {
    let accession_number = reject.accession_number.map(|a| a.to_string());
    columns
        .row()
        .text(Some(origin.path))
        .text(origin.member)
        .bytes(origin.offset.saturating_add(reject.offset))
        .bytes(origin.bytes)
        .text(accession_number.as_deref())
        .text(reject.submission_type.as_deref())
        .text(Some(reject.reason.as_str()))
        .text(Some(&reject.message));
}
