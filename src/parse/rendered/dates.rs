//! Printed dates.

use super::level::Reading;
use crate::model::Date;

/// Reads a date: `MM/DD/YYYY` as printed since 2003, the shorter forms of earlier years (`2/7/00`), a month by its name
/// (`March 13, 2000`, `13 March 2000`); one border read as a digit before it or behind it is dropped.
pub(super) fn date(text: &str) -> Option<Reading<Date>> {
    if let Some((month, day, year)) = whole(text) {
        return Date::from_ymd(year, month, day).filter(|_| is_year(year)).map(Reading::read);
    }
    let text = text.trim();
    numeric(text).or_else(|| bordered(text)).or_else(|| named(text).map(Reading::read))
}

/// Month, day and year of ten characters `MM/DD/YYYY`, as nearly all dates are printed.
fn whole(text: &str) -> Option<(u8, u8, u16)> {
    let [a, b, b'/', c, d, b'/', year @ ..] = text.as_bytes() else { return None };
    let [e, f, g, h] = year else { return None };
    let digit = |b: &u8| b.is_ascii_digit().then(|| b - b'0');
    let two = |a, b| Some(digit(a)? * 10 + digit(b)?);
    Some((two(a, b)?, two(c, d)?, u16::from(two(e, f)?) * 100 + u16::from(two(g, h)?)))
}

/// Whether the year of a date like `2/7/00` has two digits.
pub(super) fn is_short(text: &str) -> bool {
    if text.bytes().rev().take_while(u8::is_ascii_digit).count() > 2 {
        return false;
    }
    text.rsplit('/').next().is_some_and(|year| year.trim().len() == 2)
}

/// `M/D/Y`, also with blanks around the strokes.
fn numeric(text: &str) -> Option<Reading<Date>> {
    let mut parts = text.split('/').map(str::trim);
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !short(month) || !short(day) {
        return None;
    }
    let date = Date::from_ymd(full_year(year)?, month.parse().ok()?, day.parse().ok()?)?;
    Some(Reading::read(date))
}

fn short(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Four digits from 1930 to 2099, or two: 70 to 99 are of the last century, as in EDGAR's first filings.
fn full_year(text: &str) -> Option<u16> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: u16 = text.parse().ok()?;
    match text.len() {
        4 => is_year(year).then_some(year),
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn is_year(year: u16) -> bool {
    (1930..2100).contains(&year)
}

/// `101/19/2011`, `I01/19/2011`, `01/19/2011|`: ten characters with a ruling line read as one more.
fn bordered(text: &str) -> Option<Reading<Date>> {
    if !text.is_ascii() || text.len() != 11 {
        return None;
    }
    let border = |b: u8| matches!(b, b'1' | b'I' | b'l' | b'|' | b'[' | b']' | b'{' | b'}' | b'(' | b')');
    let whole = |t: &str| t.as_bytes().get(2) == Some(&b'/') && t.as_bytes().get(5) == Some(&b'/');
    let (head, tail) = (text.get(1..)?, text.get(..10)?);
    let first = text.bytes().next().filter(|&b| border(b)).and(whole(head).then_some(head));
    let last = text.bytes().last().filter(|&b| border(b)).and(whole(tail).then_some(tail));
    let reading = first.or(last)?;
    numeric(reading).map(|r| Reading::repaired(r.value))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `March 13, 2000`, `Feb. 29,2000`, `13 March 2000`.
pub(super) fn named(text: &str) -> Option<Date> {
    let mut parts = text.split([',', ' ']).flat_map(|p| p.split_inclusive('.')).filter(|p| !p.is_empty());
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (name, day) = if short(first) { (second, first) } else { (first, second) };
    if parts.next().is_some() || !short(day) || year.len() != 4 {
        return None;
    }
    Date::from_ymd(full_year(year)?, month(name)?, day.parse().ok()?)
}

/// The number of a month by its name, whole or shortened to three letters, and `Sept.`.
fn month(name: &str) -> Option<u8> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let initial = name.bytes().next()?.to_ascii_lowercase();
    let is = |full: &str| {
        full.bytes().next() == Some(initial)
            && (name.len() == 3 || name.len() == full.len() || name.eq_ignore_ascii_case("sept"))
            && full.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
    };
    let at = MONTHS.iter().position(|full| is(full))?;
    u8::try_from(at + 1).ok()
}

/// Whether a month's name begins with this letter.
pub(super) fn begins_month(letter: u8) -> bool {
    matches!(letter.to_ascii_lowercase(), b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd')
}

/// Whether a word is the name of a month.
pub(super) fn begins_with_month(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    word.get(..end).and_then(month).is_some()
}

/// Whether `text` is a month of a year: `July / 2002`, `July 2002`, `7/2002`, `7/02`.
pub(super) fn is_month(text: &str) -> bool {
    let mut parts = text.split([' ', '/', ',', '.', '-']).filter(|part| !part.is_empty());
    let (Some(name), Some(year), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_month = month(name).is_some()
        || short(name) && name.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m)) && !text.contains(' ');
    is_month && full_year(year.trim_start_matches('\'')).is_some()
}

/// Whether the word stands for a time that is no date: `Immed.`, `Currently`.
pub(super) fn is_time_in_words(word: &str) -> bool {
    const WORDS: [&str; 8] =
        ["immed", "immediate", "immediately", "current", "currently", "presently", "vested", "various"];
    let word = word.trim_end_matches('.');
    WORDS.iter().any(|time| word.eq_ignore_ascii_case(time))
}

/// Whether `text` looks like a date that lost characters: `11/01/202`, `12/21/`.
pub(super) fn is_damaged(text: &str) -> bool {
    if text.bytes().all(|b| b != b'/') {
        return false;
    }
    let strokes = text.bytes().filter(|&b| b == b'/').count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (1..=3).contains(&strokes)
        && digits >= 3
        && digits + strokes + 2 >= text.chars().count()
        && (date(text).is_none() || is_short(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::level::Level;

    fn iso(text: &str) -> Option<String> {
        date(text).map(|r| r.value.to_string())
    }

    #[test]
    fn a_time_in_words_is_no_date() {
        assert!(is_time_in_words("Immed.") && is_time_in_words("CURRENTLY"));
        assert!(!is_time_in_words("Immediacy") && !is_time_in_words("May"));
    }

    #[test]
    fn printed_forms_of_a_date() {
        assert_eq!(iso("05/06/2013").as_deref(), Some("2013-05-06"));
        assert_eq!(iso("2/7/00").as_deref(), Some("2000-02-07"));
        assert_eq!(iso("02/29/96").as_deref(), Some("1996-02-29"));
        assert_eq!(iso("March 13, 2000").as_deref(), Some("2000-03-13"));
        assert_eq!(iso("Feb. 29,2000").as_deref(), Some("2000-02-29"));
        assert_eq!(iso("Sept.5, 2001").as_deref(), Some("2001-09-05"));
        assert_eq!(iso("5 SEPTEMBER 2001").as_deref(), Some("2001-09-05"));
        for text in ["Marble 13, 2000", "March 13", "March 13, 00", "March 131, 2000", "Marc 1, 2000"] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_no_date() {
        for text in ["July / 2002", "Jul. 2002", "July, 2002", "7/2002", "12/98", "June '99"] {
            assert!(is_month(text) && date(text).is_none(), "{text}");
        }
        for text in ["", "2/7/00", "Feb. 29,2000", "13/98", "Acme 2002", "12", "7 2002"] {
            assert!(!is_month(text), "{text}");
        }
    }

    #[test]
    fn a_border_read_as_a_digit_is_dropped() {
        let got = date("101/19/2011").unwrap();
        assert_eq!((got.value.to_string().as_str(), got.level), ("2011-01-19", Level::Repaired));
        assert_eq!(iso("01/19/2011|").as_deref(), Some("2011-01-19"));
        assert_eq!(iso("301/19/2011"), None);
    }

    #[test]
    fn a_date_that_lost_a_digit_is_none() {
        for text in ["11/01/202", "12/21/", "13/01/2011", "02/30/2011", "1/2/3/2011", "11/01/20222", ""] {
            assert_eq!(iso(text), None, "{text}");
        }
        assert!(is_damaged("11/01/202"));
        assert!(!is_damaged("11/01/2022"));
        assert!(!is_damaged("c/o Acme"));
    }

    #[test]
    fn a_date_of_ten_characters_is_read_as_any_other() {
        let days = (0..=13).flat_map(|month| [0, 1, 28, 29, 30, 31, 32].map(|day| (month, day)));
        for (month, day) in days {
            for year in [1929, 1930, 2000, 2023, 2099, 2100] {
                let text = format!("{month:02}/{day:02}/{year}");
                assert_eq!(date(&text), numeric(&text), "{text}");
            }
        }
        assert_eq!(whole("1/02/2003 "), None);
        assert!(is_short("2/7/00") && is_short("1/1/ 00 ") && !is_short("1/1/2000") && !is_short("1/1/200"));
    }

    #[test]
    fn a_month_is_told_by_its_first_letter() {
        for letter in 0..=u8::MAX {
            let begins = MONTHS.iter().any(|name| name.as_bytes()[0] == letter.to_ascii_lowercase());
            assert_eq!(begins_month(letter), begins);
        }
    }
}
