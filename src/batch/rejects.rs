use super::cells::Columns;
use crate::model::Origin;
use crate::reject::Reject;
use std::fmt::Write;

/// Appends a row. The columns say where the entry lies; the message says where in the entry the trouble begins.
pub(super) fn append(columns: &mut Columns, reject: &Reject, origin: &Origin<'_>, scratch: &mut String) {
    let accession_number = reject.accession_number.map(|a| a.to_string());
    scratch.clear();
    scratch.push_str(&reject.message);
    if reject.offset > 0 {
        // Writing to a string cannot fail.
        let _ = write!(scratch, " (at byte {} of the entry)", reject.offset);
    }
    columns
        .row()
        .text(Some(origin.path))
        .text(origin.member)
        .bytes(origin.offset)
        .bytes(origin.bytes)
        .text(accession_number.as_deref())
        .text(reject.submission_type.as_deref())
        .text(Some(reject.reason.as_str()))
        .text(Some(scratch));
}
