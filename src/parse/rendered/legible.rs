//! Whether a print can be read at all.

use super::notes::Notes;
use super::page::Page;
use crate::model::{Code, Filing};
use memchr::memmem;

/// Sentences and captions that every edition of the forms prints, squeezed.
const PRINT: &[&str] = &[
    "filethreecopiesofthisform",
    "mustbemanuallysigned",
    "iftheformisfiledbymorethanone",
    "intentionalmisstatementsoromissions",
    "federalcriminalviolations",
    "signatureofreportingperson",
    "explanationofresponses",
    "nameandaddressofreportingperson",
    "issuernameandticker",
    "titleofderivativesecurity",
    "conversionorexercise",
    "formfiledbyonereporting",
    "relationshipofreportingperson",
    "ifamendmentdate",
    "beneficiallyowned",
    "requiredtorespondunless",
];

/// How many of them must be readable.
const ENOUGH: usize = 8;

/// How many of them, where a caption of an edition before 2003 is readable too: those print fewer sentences, and filers left
/// out what they did not need.
const ENOUGH_TYPED: usize = 3;

/// Whether enough of the form's own print came through; where it did not, neither did the values.
pub(super) fn is_legible(page: &Page) -> bool {
    let text: String = page.squeezed.concat();
    let found = PRINT.iter().filter(|p| memmem::find(text.as_bytes(), p.as_bytes()).is_some());
    page.html || found.count() >= if page.typed { ENOUGH_TYPED } else { ENOUGH }
}

/// Takes back what was read from an illegible print, except form and date of the report; each with its literal text.
pub(super) fn abstain(filing: &mut Filing<'_>, notes: &mut Notes) {
    const MESSAGE: &str = "Too little of the form's own print can be read to trust this.";
    let mut lose = |field, raw: Option<&str>| {
        notes.filing(Code::TextUnreadable, field, raw.unwrap_or_default(), MESSAGE)
    };
    lose("issuer_name", filing.issuer_name.take().as_deref());
    lose("issuer_trading_symbol", filing.issuer_trading_symbol.take().as_deref());
    for owner in filing.owners.drain(..) {
        lose("reporting_owners", owner.rpt_owner_name.as_deref());
    }
    for signature in filing.signatures.drain(..) {
        lose("owner_signatures", signature.signature_name.as_deref());
    }
    for footnote in filing.footnotes.drain(..) {
        lose("footnotes", footnote.footnote.as_deref());
    }
    lose("remarks", filing.remarks.take().as_deref());
    for row in filing.rows.drain(..) {
        let table = if row.is_derivative { "derivative_table" } else { "non_derivative_table" };
        lose(table, row.security_title.as_deref());
    }
    filing.date_of_original_submission = None;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FilingId, SourceFormat};

    #[test]
    fn the_forms_own_print_decides() {
        let print: String = PRINT.join("\n");
        assert!(is_legible(&Page::new(&print)));
        assert!(!is_legible(&Page::new(
            "Signature of Reporting Person\nfey Peetu b pets\nBeneficially Owned"
        )));
    }

    #[test]
    fn what_is_taken_back_stands_in_the_diagnostics() {
        let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
        filing.issuer_name = Some("Acm3 lnc".into());
        let mut notes = Notes::default();
        abstain(&mut filing, &mut notes);
        assert_eq!(filing.issuer_name, None);
        assert!(notes.into_list().iter().any(|d| d.raw.as_deref() == Some("Acm3 lnc")));
    }
}
