use super::envelope::pieces;
use super::submission::{Context, Outcome, read};
use super::{Filter, Limits};
use crate::model::Filing;
use crate::reject::{Reason, Reject};

/// Reads the first filing in `bytes`: a submission, or an ownership document without a wrapper.
///
/// Text is borrowed from `bytes` where it stands there literally; [`Filing::into_owned`] sets it free.
///
/// ```
/// let bytes = br#"<ownershipDocument>
///   <documentType>4</documentType>
///   <issuer><issuerCik>0000001750</issuerCik><issuerName>Example Corp</issuerName></issuer>
/// </ownershipDocument>"#;
/// let filing = section16::parse_filing(bytes)?;
/// assert_eq!(filing.issuer_name.as_deref(), Some("Example Corp"));
/// # Ok::<(), section16::Reject>(())
/// ```
///
/// # Errors
/// The first reject where the bytes hold none that can be read, or [`Reason::NoDocument`] where they hold no ownership
/// form at all.
pub fn parse_filing(bytes: &[u8]) -> Result<Filing<'_>, Reject> {
    let context = Context {
        path_accession: None,
        path_cik: None,
        filter: &Filter::default(),
        limits: Limits::default(),
    };
    let mut first_reject = None;
    for piece in pieces(bytes) {
        match read(&piece, &context) {
            Outcome::Filing(filing) => return Ok(*filing),
            Outcome::Reject(reject) => {
                first_reject.get_or_insert(reject);
            }
            Outcome::Other(_) | Outcome::Correction | Outcome::Filtered => {}
        }
    }
    let none = || Reject::new(Reason::NoDocument, "the bytes hold no Form 3, 4 or 5");
    Err(first_reject.unwrap_or_else(none))
}
