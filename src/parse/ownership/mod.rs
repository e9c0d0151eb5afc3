//! Reads `ownershipDocument`, every schema version from X0101 to X0609.

use crate::model::Filing;
use crate::reject::Reject;

/// Reads an ownership document into `filing`: everything that the document itself states.
///
/// `document` begins at or before `<ownershipDocument` and may run on behind its end.
pub fn read<'a>(document: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    let _ = (document, filing);
    Ok(())
}
