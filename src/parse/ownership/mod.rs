//! Reads `ownershipDocument`, every schema version from X0101 to X0609.
//!
//! One reader serves all versions: elements are known by name, wherever they stand, because filers' and EDGAR's own
//! software has put them in wrong places for twenty years. What is wrong is told in [`Filing::diagnostics`], and a
//! document is refused only where its damage has no single reading.

mod close;
mod element;
mod ending;
mod frame;
mod marks;
mod open;
mod reader;
mod report;
mod scalar;
mod slot;
mod tags;
#[cfg(test)]
mod tests;

use super::Limits;
use crate::model::Filing;
use crate::reject::Reject;

/// Elements may lie in each other no deeper than this; EDGAR's own schemas need six levels.
pub const MAX_DEPTH: usize = 256;

/// Diagnostics kept of one filing; how many more there were is told in the last one.
pub const MAX_DIAGNOSTICS: usize = 1000;

/// Reads an ownership document into `filing`: everything that the document itself states.
///
/// `document` begins at or before `<ownershipDocument` and may run on behind its end. The fields that come from a
/// submission's header and the keys ([`Filing::id`], [`Filing::accession_number`]) are left alone;
/// [`Filing::is_amendment`] stays `None` where the document names none of the six forms.
///
/// ```
/// use section16::model::{Filing, FilingId, SourceFormat};
/// use section16::parse::ownership;
///
/// let document = "<ownershipDocument><schemaVersion>X0508</schemaVersion><documentType>4</documentType>
///     <issuer><issuerCik>12345</issuerCik></issuer>
///     <nonDerivativeTable><nonDerivativeTransaction>
///         <transactionAmounts><transactionShares><value>70.50</value></transactionShares></transactionAmounts>
///     </nonDerivativeTransaction></nonDerivativeTable></ownershipDocument>";
/// let mut filing = Filing::new(FilingId::Digest(0), SourceFormat::Xml);
/// ownership::read(document, &mut filing)?;
/// assert_eq!(filing.issuer_cik.unwrap().to_string(), "0000012345");
/// assert_eq!(filing.rows[0].transaction_shares.unwrap().to_string(), "70.5");
/// # Ok::<(), section16::Reject>(())
/// ```
///
/// # Errors
///
/// A [`Reject`] whose offset counts bytes from the start of `document`. The filing then holds what was read up to there
/// and is not to be used.
///
/// * `malformed-xml`: there is no `ownershipDocument` element.
/// * `truncated-document`: the text ends inside an element. Where only the root's end tag is missing, the filing is
///   whole and carries the diagnostic `document-cut`.
/// * `element-too-deep`: elements lie in each other deeper than [`MAX_DEPTH`].
/// * `too-many-records`, `value-too-large`: it goes beyond the default [`Limits`].
/// * `no-issuer-no-owner`: neither the issuer nor any owner has a CIK.
pub fn read<'a>(document: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    read_within(&Limits::default(), document, filing)
}

/// The same within other limits.
///
/// # Errors
///
/// Those of [`read`].
pub fn read_within<'a>(limits: &Limits, document: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    reader::Reader::new(limits, document, filing).read()
}
