//! How a filer's software and EDGAR write a document down, by year.

use super::calendar::Day;
use super::model::Flag;
use super::rng::Rng;

/// How the elements are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// As EDGAR prints it: four blanks a level, empty lines between the parts.
    Edgar,
    /// Two blanks a level, a cell a line.
    Plain,
    /// One line.
    OneLine,
}

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    Lf,
    CrLf,
    Cr,
}

/// How letters beyond ASCII are written in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As numeric references.
    References,
    Utf8,
    Windows1252,
}

/// How flags are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlagWords {
    /// 0 and 1.
    Digits,
    /// false and true.
    English,
    Mixed,
}

/// The whole style of a filing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) layout: Layout,
    pub(super) line_end: LineEnd,
    pub(super) encoding: Encoding,
    pub(super) words: FlagWords,
    /// The line before the root element.
    pub(super) declaration: &'static str,
    /// Empty elements as `<x/>`.
    pub(super) self_closing: bool,
    /// Optional elements stand empty instead of being left out.
    pub(super) empties: bool,
    /// Blanks around values.
    pub(super) padded: bool,
    /// What stands behind dates.
    pub(super) date_end: &'static str,
    /// In the armour of privacy-enhanced mail.
    pub(super) pem: bool,
    /// EDGAR cuts lines of the text file at 1,023 bytes.
    pub(super) wrap: bool,
    /// The issuer stands before the owners in the header.
    pub(super) issuer_first: bool,
}

impl Style {
    pub(super) fn of(rng: &mut Rng, filed: Day) -> Self {
        let year = filed.year();
        let old = year <= 2010;
        let declarations = [
            (80, "<?xml version=\"1.0\"?>\n"),
            (10, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
            (4, "<?xml version='1.0' encoding='ISO-8859-1'?>\n"),
            (2, "<?xml version=\"1.0\" encoding=\"us-ascii\"?>\n"),
            (4, ""),
        ];
        let zones: &[(u32, &str)] = match year {
            2003..=2005 => {
                &[(90, ""), (4, "-05:00"), (3, "-04:00"), (1, "Z"), (1, "+00:00"), (1, "T00:00:00.000-05:00")]
            }
            2026.. => &[(85, ""), (10, "-05:00"), (5, "-04:00")],
            _ => &[(1, "")],
        };
        Self {
            layout: rng.weighted(&[
                (65, Layout::Edgar),
                (if old { 10 } else { 3 }, Layout::Plain),
                (if old { 25 } else { 1 }, Layout::OneLine),
            ]),
            line_end: rng.weighted(&[(965, LineEnd::Lf), (25, LineEnd::CrLf), (10, LineEnd::Cr)]),
            encoding: rng.weighted(&[
                (90, Encoding::References),
                (6, Encoding::Utf8),
                (4, Encoding::Windows1252),
            ]),
            words: rng.weighted(&[(70, FlagWords::Digits), (20, FlagWords::English), (10, FlagWords::Mixed)]),
            declaration: rng.weighted(&declarations),
            self_closing: rng.chance(0.15),
            empties: rng.chance(0.3),
            padded: rng.chance(if old { 0.02 } else { 0.002 }),
            date_end: rng.weighted(zones),
            pem: year < 2010 && rng.chance(0.35),
            wrap: year < 2019,
            issuer_first: year < 2008 && rng.chance(0.5),
        }
    }

    /// A flag in the words of this style.
    pub(super) fn flag(&self, rng: &mut Rng, value: bool) -> Flag {
        let in_words = match self.words {
            FlagWords::Digits => false,
            FlagWords::English => true,
            FlagWords::Mixed => rng.chance(0.5),
        };
        let printed = match (in_words, value) {
            (false, false) => "0",
            (false, true) => "1",
            (true, false) => "false",
            (true, true) => "true",
        };
        Flag { value: Some(value), printed }
    }
}
