//! Tells a printed form from any other document.

use super::Printed;
use super::phrases::Phrases;
use super::squeeze::squeeze_into;
use std::sync::LazyLock;

/// Bytes from the start that are looked at.
const WINDOW: usize = 256 * 1024;
/// Bytes of a text that are looked at next, while captions are missing.
const PART: usize = 512;
/// Letters that are gathered before captions are looked for among them.
const GATHERED: usize = 256;

/// Whether `text` is a printed Form 3, 4 or 5, and in which dress. `None` for any other document.
///
/// A form has the captions of its boxes and the headings of its tables: who reports, the title of a security and one of the
/// others, or three of the others, since a bad copy loses some. Letters of attorney and annual reports speak of the forms,
/// of persons who report and of securities, but have no boxes.
///
/// ```
/// use section16::parse::rendered::{Printed, recognise};
/// let page = "<html><td>1. Name and Address of <i>Reporting Person</i></td><td>1. Title of Security</td></html>";
/// assert_eq!(recognise(page), Some(Printed::Html));
/// assert_eq!(recognise("Each reporting person grants a power of attorney"), None);
/// ```
pub fn recognise(text: &str) -> Option<Printed> {
    let window = head(text, WINDOW);
    let printed = if is_html(window) { Printed::Html } else { Printed::Text };
    let is_form = match printed {
        Printed::Html => has_captions(between_tags(window)),
        Printed::Text => has_captions(parts(window)),
    };
    is_form.then_some(printed)
}

/// At most `len` bytes from the start, whole characters.
fn head(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// A text in parts, so that no more of it is looked at than is needed.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let part = head(rest, PART);
        rest = rest.get(part.len()..)?;
        (!part.is_empty()).then_some(part)
    })
}

/// Whether the captions of a form stand in a text of these parts. What is found in its head is found in the whole, and most
/// forms have captions enough there.
fn has_captions<'t>(parts: impl Iterator<Item = &'t str>) -> bool {
    let mut captions = Captions::default();
    for part in parts {
        squeeze_into(part, &mut captions.letters);
        if captions.letters.len() >= captions.seen + GATHERED && captions.are_of_form() {
            return true;
        }
    }
    captions.are_of_form()
}

/// The captions in a text that grows.
#[derive(Default)]
struct Captions {
    /// The squeezed text.
    letters: String,
    /// How much of it was looked at.
    seen: usize,
    /// Which phrases of [`LISTS`] were found.
    found: u64,
}

impl Captions {
    /// Looks at what was added; whether all captions so far are those of a form.
    fn are_of_form(&mut self) -> bool {
        static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&LISTS));
        // A phrase may have begun before.
        let from = head(&self.letters, self.seen.saturating_sub(LONGEST)).len();
        self.found |= PHRASES.found_in(self.letters.get(from..).unwrap_or_default());
        self.seen = self.letters.len();
        let [signs, titles, reports, first, second] = counts(self.found);
        let (title, reports, columns) = (titles > 0, reports > 0, first + second > 0);
        // The heading of Table II is itself a sign.
        let boxed = signs > second;
        signs >= 3 || title && signs >= 2 || reports && columns && boxed
    }
}

/// How many phrases of each of [`LISTS`] were found.
fn counts(mut found: u64) -> [u32; LISTS.len()] {
    LISTS.map(|list| {
        let own = found & ((1 << list.len()) - 1);
        found >>= list.len();
        own.count_ones()
    })
}

/// The dress of a document that no caption gives away as a form.
pub(super) fn dress(text: &str) -> Printed {
    let starts_tag = |name: &str| {
        let tag = |rest: &str| rest.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        text.split('<').skip(1).any(tag)
    };
    if starts_tag("html") || starts_tag("body") { Printed::Html } else { Printed::Text }
}

const LISTS: [&[&str]; 5] = [SIGNS, TITLES, REPORTS, &["titleofsecurity"], &["titleofderivativesecurity"]];

/// No phrase of them is longer.
const LONGEST: usize = 48;

const TITLES: &[&str] = &[
    "statementofchangesinbeneficialownership",
    "initialstatementofbeneficialownership",
    "annualstatementofchangesinbeneficialownership",
    "annualstatementofbeneficialownership",
];

const REPORTS: &[&str] = &["reportingperson", "reportingowner"];

const SIGNS: &[&str] = &[
    "nameandaddressofreportingperson",
    "issuernameandtickerortradingsymbol",
    "relationshipofreportingperson",
    "individualorjointgroupfiling",
    "nonderivativesecurities",
    "titleofderivativesecurity",
    "explanationofresponses",
    "signatureofreportingperson",
    "reportingowners",
    "dateofearliesttransaction",
    "ifthisformisfiledbymorethanone",
    "32350287",
    "32350104",
    "32350362",
];

fn is_html(window: &str) -> bool {
    const TAGS: [&str; 4] = ["<td", "<html", "<body", "<table"];
    let mut seen = [false; TAGS.len()];
    for at in memchr::memchr_iter(b'<', window.as_bytes()) {
        // Most tags that a converter leaves are line breaks.
        if window.as_bytes().get(at + 2).is_none_or(|b| !matches!(b | 0x20, b'd' | b't' | b'o' | b'a')) {
            continue;
        }
        for (seen, tag) in seen.iter_mut().zip(TAGS) {
            let here = window.as_bytes().get(at..at + tag.len());
            *seen = *seen || here.is_some_and(|here| here.eq_ignore_ascii_case(tag.as_bytes()));
        }
        // The tables of plain-text filings are marked with <TABLE>, <S> and <C>, never with <td>.
        if seen[0] && seen.iter().filter(|s| **s).count() >= 2 {
            return true;
        }
    }
    false
}

/// The parts of a text between its tags. A sign outside them that ends one is left in: no letter is lost by it.
fn between_tags(window: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(window);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = memchr::memchr(b'<', text.as_bytes()) else {
            rest = None;
            return Some(text);
        };
        let (part, tag) = text.split_at(at);
        rest = memchr::memchr(b'>', tag.as_bytes()).and_then(|end| tag.get(end + 1..));
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn phrases_are_found_wherever_a_text_is_parted(parts in prop::collection::vec("[ a-e.é]{0,30}", 0..9), at in 0..SIGNS.len(), cut in 0usize..40) {
            assert!(LISTS.concat().iter().all(|phrase| phrase.len() <= LONGEST));
            let (head, tail) = SIGNS[at].split_at(cut % SIGNS[at].len());
            let mut captions = Captions::default();
            for part in parts.iter().map(String::as_str).chain([head, tail]) {
                squeeze_into(part, &mut captions.letters);
                captions.are_of_form();
            }
            prop_assert_eq!(captions.found & (1 << at), 1 << at);
        }
    }

    #[test]
    fn a_form_has_its_captions() {
        let form = "FORM 4\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n1. Name and Address of Reporting Person\n2. Issuer Name and Ticker or Trading Symbol";
        assert_eq!(recognise(form), Some(Printed::Text));
        let html = "<html><body><table><tr><td>STATEMENT OF CHANGES IN<br>BENEFICIAL OWNERSHIP</td><td>Name and Address of Reporting Person</td><td>Explanation of Responses</td>";
        assert_eq!(recognise(html), Some(Printed::Html));
        assert_eq!(recognise("A statement of changes in beneficial ownership is due within two days."), None);
        assert_eq!(recognise(""), None);
        let letter = "The reporting person grants a power of attorney to file Forms 3, 4 and 5, with the title of security and";
        assert_eq!(recognise(letter), None);
        assert_eq!(recognise(&format!("{letter} the title of derivative security of each holding.")), None);
        let late = |blanks: usize| recognise(&format!("FORM 4\u{a0}{}{form}", "\u{a0} ".repeat(blanks)));
        assert_eq!([1_300, 1_400, 12_000].map(late), [Some(Printed::Text); 3]);
        assert_eq!(late(90_000), None);
    }
}
