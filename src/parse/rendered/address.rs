//! Names and addresses as printed.

use super::states;
use std::borrow::Cow;

/// An address taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Last First Middle, or an entity's name.
    pub name: Option<String>,
    /// The street lines, a blank between them.
    pub street: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The state's code.
    pub state: Option<String>,
    /// The postal code.
    pub zip: Option<String>,
}

/// Takes `SAN FRANCISCO, CA 94103` apart, also `MOUNTAIN VIEW CA 94043`: city, state, postal code.
///
/// A state is two capitals or a capital and a digit (EDGAR's codes for countries); the code behind it has a digit.
pub(super) fn city_line(text: &str) -> Option<(String, String, String)> {
    address_line(text).filter(|(city, ..)| city.starts_with(char::is_alphabetic) || text.contains('\t'))
}

/// The same for a line that may hold all of an address, which may begin with a digit: then the postal code must be one of
/// the United States.
pub(super) fn address_line(text: &str) -> Option<(String, String, String)> {
    // The three cells of the SEC's page.
    let mut cells = text.split('\t').map(str::trim);
    if let (Some(city), Some(state), Some(zip), None) =
        (cells.next(), cells.next(), cells.next(), cells.next())
    {
        let is_short = zip.len() <= 16;
        return is_short.then(|| (city.to_owned(), state.to_owned(), zip.to_owned()));
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some((city, state, zip)) = states::parted(text) {
        return Some((city.to_owned(), state.to_owned(), zip.to_owned()));
    }
    let text = &unglue(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().rposition(|w| is_state(w.trim_end_matches(',')))?;
    let (head, tail) = words.split_at(at);
    let (state, zip) = tail.split_first()?;
    let zip = zip.join(" ");
    let zip = zip.strip_suffix('.').filter(|z| is_zip(z)).map_or(zip.clone(), str::to_owned);
    let city = head.join(" ");
    let city = city.trim_end_matches([',', ' ']);
    let code = !zip.contains('/');
    let plausible = code && zip.bytes().any(|b| b.is_ascii_digit()) && (3..=11).contains(&zip.len());
    let named = city.chars().next().is_some_and(|c| c.is_alphabetic() || c.is_ascii_digit() && is_zip(&zip));
    (plausible && named).then(|| (city.to_owned(), state.trim_end_matches(',').to_owned(), zip))
}

/// `BIG SUR,CA94043` with its blanks.
fn unglue(text: &str) -> Cow<'_, str> {
    let at = text.trim_end().rfind(|c: char| c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let (head, zip) = text.split_at(at);
    let glued = zip.starts_with(|c: char| c.is_ascii_digit()) && is_zip(zip.trim());
    let front = head.get(..at.saturating_sub(2)).unwrap_or_default();
    let state = head.get(front.len()..).is_some_and(is_state);
    let apart = front.is_empty() || front.ends_with([',', ' ', '.']);
    if !(state && apart && is_zip(zip.trim()) && (glued || front.ends_with(','))) {
        return Cow::Borrowed(text);
    }
    let (_, state) = head.split_at(front.len());
    Cow::Owned(format!("{front} {state} {}", zip.trim()))
}

/// Digits of a postal code of the United States.
const ZIP: usize = 5;

/// A postal code of the United States: five digits, or five and four.
pub(super) fn is_zip(text: &str) -> bool {
    let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
    text.split_once('-').map_or(digits(text, ZIP), |(five, four)| digits(five, ZIP) && digits(four, 4))
}

/// The address's last line where more follows it in its line: the fewest words that end with a postal code.
pub(super) fn city_line_before(text: &str) -> Option<(String, String, String)> {
    if text.bytes().filter(u8::is_ascii_digit).count() < ZIP {
        return None;
    }
    let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]);
    let mut heads = ends.filter_map(|end| text.get(..end)).filter(|head| ends_with_zip(head));
    heads.find_map(|head| city_line(head).filter(|c| is_zip(&c.2)))
}

/// Whether a text ends with a postal code of the United States, and perhaps a stop.
fn ends_with_zip(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches('.');
    let last = |n: usize| bare.len().checked_sub(n).and_then(|at| bare.get(at..));
    [ZIP, 10].into_iter().filter_map(last).any(is_zip)
}

/// City, state and postal code in cells of their own, as EDGAR prints them.
pub(super) fn city_of(cells: &[String]) -> Option<(String, String, String)> {
    let [city, state, zip, ..] = cells else { return None };
    let named = city.len() > 2 && city.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-'));
    let state = state.to_ascii_uppercase();
    (named && is_state(&state) && is_zip(zip)).then(|| (city.clone(), state, zip.clone()))
}

/// Whether every word of an address is one: capitals, digits and points, or a capital and small letters.
pub(super) fn is_clean(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let plain = word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '#' | '&' | '/' | '\''));
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
        plain
            && (letters.is_empty()
                || capitals == letters.len()
                || letters.first().is_some_and(|c| c.is_uppercase()) && capitals == 1)
    })
}

fn is_state(word: &str) -> bool {
    let mut letters = word.bytes();
    matches!((letters.next(), letters.next(), letters.next()), (Some(a), Some(b), None)
        if a.is_ascii_uppercase() && (b.is_ascii_uppercase() || b.is_ascii_digit()))
}

/// An address whose lines are known: name, street lines (joined by `between`), city line.
pub(super) fn from_lines(lines: &[String], between: &str) -> Address {
    let Some((name, rest)) = lines.split_first() else { return Address::default() };
    let mut out = Address { name: some(name), ..Address::default() };
    let city = rest.iter().enumerate().rev().find_map(|(at, line)| Some((at, city_line(line)?)));
    // Without a city line the last lines may be a city abroad; they are no street.
    if let Some((at, (city, state, zip))) = city {
        (out.city, out.state, out.zip) = (Some(city), Some(state), Some(zip));
        out.street = some(&rest.get(..at).unwrap_or_default().join(between));
    }
    out
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An address in one line, with the help of one that is known: its name, street or city stand in it as well.
pub(super) fn from_joined(text: &str, known: &[Address]) -> Address {
    let mut out = Address::default();
    let Some((front, state, zip)) = address_line(text) else { return out };
    (out.state, out.zip) = (Some(state), Some(zip));
    let name = known.iter().filter_map(|k| k.name.as_deref()).find(|n| front.starts_with(*n));
    let city = known.iter().filter_map(|k| k.city.as_deref()).find(|c| front.ends_with(*c));
    let mut rest = front.as_str();
    if let Some(name) = name {
        out.name = some(name);
        rest = rest.get(name.len()..).unwrap_or_default();
    }
    if let Some(city) = city {
        out.city = some(city);
        rest = rest.strip_suffix(city).unwrap_or(rest);
    }
    if name.is_none() {
        let street = known.iter().filter_map(|k| k.street.as_deref());
        let at = street.filter_map(|s| same_tail(rest, s)).next().or_else(|| street_start(rest));
        let Some(at) = at else { return out };
        out.name = some(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
    }
    if city.is_none() {
        let Some(at) = city_start(rest) else { return out };
        out.city = some(rest.get(at..).unwrap_or_default());
        rest = rest.get(..at).unwrap_or_default();
    }
    out.street = some(rest);
    out
}

/// Where `text` ends with `tail`, punctuation and blanks aside.
fn same_tail(text: &str, tail: &str) -> Option<usize> {
    let mut left = text.char_indices().rev().filter(|(_, c)| c.is_alphanumeric());
    let mut at = None;
    for want in tail.chars().rev().filter(|c| c.is_alphanumeric()) {
        let (place, have) = left.next()?;
        if !have.eq_ignore_ascii_case(&want) {
            return None;
        }
        at = Some(place);
    }
    at
}

/// Where a street begins: `C/O`, a house number, `P.O.`
fn street_start(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in text.split(' ') {
        let upper = word.to_ascii_uppercase();
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        if at > 0 && (number || matches!(upper.as_str(), "C/O" | "P.O." | "PO" | "ONE" | "TWO")) {
            return Some(at);
        }
        at += word.len() + 1;
    }
    None
}

const STREET_ENDS: &[&str] = &[
    "STREET",
    "ST",
    "AVENUE",
    "AVE",
    "ROAD",
    "RD",
    "DRIVE",
    "DR",
    "COURT",
    "CT",
    "BOULEVARD",
    "BLVD",
    "LANE",
    "LN",
    "WAY",
    "PARKWAY",
    "PKWY",
    "PLACE",
    "PLAZA",
    "FLOOR",
    "FL",
    "SQUARE",
    "CIRCLE",
    "HIGHWAY",
    "TERRACE",
];

/// Where the city begins: behind the last word that ends a street or has a digit.
fn city_start(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    for word in text.split(' ') {
        at += word.len() + 1;
        let bare = word.trim_end_matches(['.', ',']).to_ascii_uppercase();
        if STREET_ENDS.contains(&bare.as_str()) || word.bytes().any(|b| b.is_ascii_digit()) {
            found = Some(at);
        }
    }
    let start = found?;
    let rest = text.get(start..)?.trim();
    let words = rest.split(' ').count();
    // "SUITE A" and the like would be read as a part of the city.
    ((1..=3).contains(&words) && !rest.is_empty() && rest.split(' ').all(|w| w.len() > 2 || w.ends_with('.')))
        .then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_line_ends_with_its_code() {
        let (city, _, zip) = city_line_before("BIG SUR,CA94043 X_Form filed by One 2 CA 94043").unwrap();
        assert_eq!((city.as_str(), zip.as_str()), ("BIG SUR", "94043"));
        assert_eq!(city_line_before("Form filed by One CA 940"), None);
    }

    #[test]
    fn a_city_line_has_a_state_and_a_code() {
        let of = |t| city_line(t).map(|(a, b, c)| format!("{a}|{b}|{c}"));
        assert_eq!(of("SAN FRANCISCO, CA 94103").as_deref(), Some("SAN FRANCISCO|CA|94103"));
        assert_eq!(of("MOUNTAIN VIEW CA 94043-1351").as_deref(), Some("MOUNTAIN VIEW|CA|94043-1351"));
        assert_eq!(of("TORONTO, A6 M5J 2T3").as_deref(), Some("TORONTO|A6|M5J 2T3"));
        assert_eq!(of("Houston, Texas 77002").as_deref(), Some("Houston|TX|77002"));
        assert_eq!(of("1555 BLAKE STREET, SUITE 250"), None);
        assert_eq!(of("Acme Fund, LP"), None);
        assert_eq!(of("Roe Fund II L.P. 4/5"), None);
        assert_eq!(of("BIG SUR,CA94043").as_deref(), Some("BIG SUR|CA|94043"));
        assert_eq!(of("BIG SUR,CA 94043-1351").as_deref(), Some("BIG SUR|CA|94043-1351"));
        assert_eq!(of("PO BOX94043"), None);
    }

    #[test]
    fn one_line_parts_by_what_is_known() {
        let known = [Address {
            name: Some("Roe Jane".into()),
            street: Some("C/O ACME INC., 7 ELM COURT".into()),
            city: Some("BIG SUR".into()),
            ..Address::default()
        }];
        let got = from_joined("Roe Family Trust C/O ACME INC. 7 ELM COURT BIG SUR, CA 94043", &known);
        assert_eq!(got.name.as_deref(), Some("Roe Family Trust"));
        assert_eq!(
            (got.street.as_deref(), got.city.as_deref()),
            (Some("C/O ACME INC. 7 ELM COURT"), Some("BIG SUR"))
        );
    }

    #[test]
    fn one_line_parts_by_the_words_of_a_street() {
        let got = from_joined("3G Fund LP 12 MAIN STREET, SUITE 3 NEW YORK, NY 10022", &[]);
        assert_eq!((got.name.as_deref(), got.city.as_deref()), (Some("3G Fund LP"), Some("NEW YORK")));
        let got = from_joined("Doe Fund LP 12 MAIN STREET, SUITE 3 NEW YORK, NY 10022", &[]);
        assert_eq!(got.name.as_deref(), Some("Doe Fund LP"));
        assert_eq!(
            (got.street.as_deref(), got.city.as_deref()),
            (Some("12 MAIN STREET, SUITE 3"), Some("NEW YORK"))
        );
        assert_eq!(from_joined("Doe Fund LP", &[]), Address::default());
    }
}
