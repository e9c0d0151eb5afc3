//! Whether a print can be read at all.

use super::notes::Notes;
use super::page::Page;
use super::phrases::Phrases;
use super::scan::{self, Damage};
use crate::model::{Code, Filing};
use std::sync::LazyLock;

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
const ENOUGH: u32 = 8;

/// Pieces of the sentences that no column border cuts: above the boxes and at the end.
const PROSE: &[&str] = &[
    "filethreecopiesofthisform",
    "mustbemanuallysigned",
    "spaceisinsufficientseeinstruction6",
    "forprocedure",
    "iftheformisfiledbymorethanone",
    "reportingpersonseeinstruction",
    "intentionalmisstatements",
    "omissionsoffactsconstitute",
    "federalcriminalviolations",
    "see18usc1001",
    "15usc78ff",
    "notrequiredtorespond",
    "unlesstheformdisplays",
    "acurrentlyvalidomb",
    "respondtothecollection",
    "ofinformationcontained",
    "filedpursuanttosection16a",
    "securitiesexchangeactof1934",
    "investmentcompanyactof1940",
    "washingtondc20549",
    "explanationofresponses",
    "signatureofreportingperson",
];

/// How much of both must be readable in a picture: nearly all of it, or what a grid that cuts captions leaves.
const SCANNED: u32 = 31;
const SCANNED_GRID: u32 = 25;

static IN_PRINT: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&[PRINT]));
static IN_BOTH: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&[PRINT, PROSE]));
/// The bits of [`PRINT`] among those of [`IN_BOTH`].
const PRINT_BITS: u64 = (1 << PRINT.len()) - 1;

/// How many of them, where a caption of an edition before 2003 is readable too: those print fewer sentences, and filers left
/// out what they did not need.
const ENOUGH_TYPED: u32 = 3;

/// Whether enough of the form's own print came through; where it did not, neither did the values.
pub(super) fn is_legible(page: &Page) -> bool {
    if page.html {
        return true;
    }
    let letters = page.letters(0);
    if page.typed {
        return IN_PRINT.has(ENOUGH_TYPED, &letters);
    }
    if page.damage == Damage::None {
        return IN_PRINT.has(ENOUGH, &letters);
    }
    let grid = page.cut || scan::has_grid(&page.lines);
    let least = if grid { SCANNED_GRID } else { SCANNED };
    let found = IN_BOTH.found_in(&letters);
    (found & PRINT_BITS).count_ones() >= ENOUGH && found.count_ones() >= least
}

/// Takes back what was read from an illegible print, except the date of the report; each with its literal text.
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
    // The number alone does not tell whether the form amends another: that is in a box.
    lose("document_type", filing.document_type.take().as_deref());
    filing.date_of_original_submission = None;
    filing.is_amendment = None;
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
    fn a_picture_must_show_nearly_all_of_it() {
        let page = |prose: &[&str]| {
            let debris = "11,733]\tD\n".repeat(3);
            Page::new(&format!("{}\n{}\n{debris}", PRINT.join("\n"), prose.join("\n")))
        };
        assert!(is_legible(&page(PROSE)));
        assert!(page(&[]).scan && !is_legible(&page(&[])));
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
