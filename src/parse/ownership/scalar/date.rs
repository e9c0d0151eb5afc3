use super::Reading;
use crate::model::{Code, Date};

/// What a date is of, and with it which years make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse::ownership) enum Kind {
    /// Something that has happened.
    Event,
    /// A right that can be used from or until this day.
    Term,
}

/// The year of the Securities Exchange Act, before which nothing was to be reported.
const FIRST_YEAR: u16 = 1934;
/// An event is reported within days: a later year is a slip of the pen. It was chosen without a clock, so that a filing
/// reads the same on every day.
const LAST_YEAR_OF_EVENT: u16 = 2034;
/// Terms reach far ahead; a century is more than any.
const LAST_YEAR_OF_TERM: u16 = 2134;
/// Filers write this day where the form wants a date and there is none to give; the SEC told them so in 2003.
const PLACEHOLDER: (u16, u8, u8) = (1988, 8, 8);

const SHAPE: usize = "YYYY-MM-DD".len();

/// Reads a date: the first ten characters as `YYYY-MM-DD`; a zone or time behind them is legal.
///
/// One reading, with a doubt, have `YYYY/MM/DD`, `YYYYMMDD`, month or day of one digit, and a date that something else
/// follows than a digit. No value: what is no day of the calendar, and any other spelling.
pub(in crate::parse::ownership) fn date(text: &str, kind: Kind) -> Reading<Date> {
    let bytes = text.as_bytes();
    let usual = bytes.first_chunk::<SHAPE>().and_then(usual);
    let (found, repaired) = match usual {
        Some(found) => match bytes.get(SHAPE) {
            None => (Some(found), false),
            Some(next) if next.is_ascii_digit() => (None, false),
            Some(_) => (Some(found), !bytes.iter().skip(SHAPE).all(|b| is_of_time(*b))),
        },
        None => (unusual(text), true),
    };
    let Some((year, month, day)) = found else { return Reading::none(Code::DateUnreadable) };
    let Some(date) = Date::from_ymd(year, month, day) else { return Reading::none(Code::DateUnreadable) };
    if !makes_sense((year, month, day), kind) {
        Reading::doubtful(date, Code::DateImplausible)
    } else if repaired {
        Reading::doubtful(date, Code::DateRepaired)
    } else {
        Reading::clear(date)
    }
}

fn usual(text: &[u8; SHAPE]) -> Option<(u16, u8, u8)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let two = |tens: &u8, ones: &u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
    };
    let (century, year) = (two(y1, y2)?, two(y3, y4)?);
    Some((u16::from(century) * 100 + u16::from(year), two(m1, m2)?, two(d1, d2)?))
}

/// `2024/1/5`, `2024-1-5`, `20240105`.
fn unusual(text: &str) -> Option<(u16, u8, u8)> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if text.len() == 8 && digits(text) {
        return Some((
            text.get(..4)?.parse().ok()?,
            text.get(4..6)?.parse().ok()?,
            text.get(6..)?.parse().ok()?,
        ));
    }
    let separator = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| (1..=2).contains(&part.len()) && digits(part);
    let fits = year.len() == 4 && digits(year) && short(month) && short(day) && parts.next().is_none();
    if fits { Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)) } else { None }
}

/// Whether a byte may stand in a time of day or a zone.
fn is_of_time(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b':' | b'.' | b'+' | b'-' | b'T' | b't' | b'Z' | b'z' | b' ')
}

fn makes_sense(day: (u16, u8, u8), kind: Kind) -> bool {
    let last_year = match kind {
        Kind::Event => LAST_YEAR_OF_EVENT,
        Kind::Term => LAST_YEAR_OF_TERM,
    };
    (FIRST_YEAR..=last_year).contains(&day.0) && day != PLACEHOLDER
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, kind: Kind) -> (Option<String>, Option<Code>) {
        let reading = date(text, kind);
        (reading.value.map(|v| v.to_string()), reading.doubt)
    }

    #[test]
    fn the_first_ten_characters_count() {
        for text in [
            "2003-06-10",
            "2003-06-10-05:00",
            "2003-06-10Z",
            "2003-06-10+00:00",
            "2003-06-10T00:00:00.000-04:00",
            "2003-06-10 10:30",
        ] {
            assert_eq!(read(text, Kind::Event), (Some("2003-06-10".to_owned()), None), "{text}");
        }
    }

    #[test]
    fn one_reading_is_repaired() {
        for text in ["20030610", "2003/06/10", "2003-6-10", "2003/6/10", "2003-06-10.x", "2003-06-10 (est.)"]
        {
            assert_eq!(
                read(text, Kind::Event),
                (Some("2003-06-10".to_owned()), Some(Code::DateRepaired)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_or_has_no_single_reading_gives_none() {
        for text in [
            "",
            "2003-13-10",
            "2003-02-29",
            "2003-00-10",
            "2003-06-00",
            "06/10/2003",
            "10-JUN-2003",
            "2003-06",
            "03-06-10",
            "2003-06-101",
            "12003-06-10",
            "-2003-06-10",
            "2003-06-1\u{e9}",
            "200306100",
            "2003--06",
            "N/A",
        ] {
            assert_eq!(read(text, Kind::Event), (None, Some(Code::DateUnreadable)), "{text}");
        }
    }

    #[test]
    fn implausible_dates_are_kept() {
        for (text, kind) in [
            ("0015-03-02", Kind::Event),
            ("2035-01-01", Kind::Event),
            ("0000-01-01", Kind::Term),
            ("1933-12-31", Kind::Term),
            ("1988-08-08", Kind::Term),
            ("1988-08-08", Kind::Event),
            ("9999-12-31", Kind::Term),
        ] {
            assert_eq!(read(text, kind), (Some(text.to_owned()), Some(Code::DateImplausible)), "{text}");
        }
        for (text, kind) in
            [("1934-01-01", Kind::Event), ("2034-12-31", Kind::Event), ("2134-12-31", Kind::Term)]
        {
            assert_eq!(read(text, kind), (Some(text.to_owned()), None), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_comes_back_from_its_print(days in -719_528..2_932_896i32) {
            let day = Date::from_days(days);
            prop_assert_eq!(date(&day.to_string(), Kind::Term).value, Some(day));
        }

        #[test]
        fn any_text_gives_a_value_or_a_doubt(text in "[0-9/T:.\\-]{0,14}|\\PC{0,14}") {
            let reading = date(&text, Kind::Event);
            prop_assert!(reading.value.is_some() || reading.doubt.is_some());
        }
    }
}
