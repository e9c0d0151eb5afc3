//! Printed numbers.

use super::level::Reading;
use crate::model::Decimal;

/// What a word says as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The value.
    pub value: Decimal,
    /// A dollar sign stands before it.
    pub dollar: bool,
    /// It has a thousands comma.
    pub grouped: bool,
    /// Digits behind the point.
    pub decimals: usize,
}

/// Reads `11,733`, `$30.7696`, `.5`, `-0-`, `12 1/2`: digits in groups of three where there are commas. `None` for anything else,
/// also for a group of two digits (`462,88`): a digit is lost.
pub(super) fn number(text: &str) -> Option<Number> {
    let text = if text.bytes().all(|b| b.is_ascii_graphic()) { text } else { text.trim() };
    if text == "-0-" || text == "$-0-" {
        return Some(Number {
            value: Decimal::from_millionths(0)?,
            dollar: text.starts_with('$'),
            grouped: false,
            decimals: 0,
        });
    }
    let dollar = text.starts_with('$');
    let body = text.strip_prefix('$').unwrap_or(text).trim_start();
    let stop = body.bytes().position(|b| b == b'.').unwrap_or(body.len());
    let (whole, fraction) = (body.get(..stop)?, body.get(stop + 1..).unwrap_or_default());
    let grouped = whole.bytes().any(|b| b == b',');
    if grouped && !well_grouped(whole) {
        return None;
    }
    if body.ends_with('.') || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    let (whole, eighths) = with_fraction(whole)?;
    let value = decimal(whole, fraction)?;
    let value = match eighths {
        Some(part) if fraction.is_empty() => Decimal::from_millionths(value.millionths().checked_add(part)?)?,
        Some(_) => return None,
        None => value,
    };
    let decimals = if eighths.is_some() { 3 } else { fraction.len() };
    Some(Number { value, dollar, grouped, decimals })
}

/// `12 1/2`, `12-1/2`: the whole number and the fraction in millionths. Before 2001 prices were printed so, in halves down
/// to 64ths.
fn with_fraction(text: &str) -> Option<(&str, Option<i64>)> {
    if text.bytes().all(|b| b != b'/') {
        return Some((text, None));
    }
    let (head, below) = text.split_once('/')?;
    let (whole, above) = head.split_once([' ', '-'])?;
    let (above, below): (i64, i64) = (above.trim().parse().ok()?, below.parse().ok()?);
    let proper = matches!(below, 2 | 4 | 8 | 16 | 32 | 64) && (1..below).contains(&above);
    proper.then(|| (whole.trim_end(), Some(above * 1_000_000 / below)))
}

fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.as_bytes().split(|b| *b == b',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3)
}

fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    if fraction.len() > 6 || whole.len() > 16 {
        return None;
    }
    let digit = |n: i64, b: u8| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0'));
    let n = whole.bytes().filter(|&b| b != b',').try_fold(0i64, digit)?;
    let f = fraction.bytes().try_fold(0i64, digit)?;
    let millionths = (fraction.len()..6).fold(f, |f, _| f * 10);
    Decimal::from_millionths(n.checked_mul(1_000_000)?.checked_add(millionths)?)
}

/// A number of shares whose comma was read as a full stop: `10.000`, `1.640.803`. A form prints no trailing zeros, but it
/// may print `57.130` for a fraction of a share; so the caller needs a second place that says the same.
pub(super) fn comma_as_stop(text: &str) -> Option<Reading<Decimal>> {
    if !text.contains('.') || text.contains(',') && text.find('.') < text.find(',') {
        return None;
    }
    let swapped = text.replace('.', ",");
    let number = number(&swapped)?;
    (!number.dollar).then(|| Reading::repaired(number.value))
}

/// Whether `text` looks like a number that lost characters: `, ,`, `462,88`, `1,64O,803`.
pub(super) fn is_damaged(text: &str) -> bool {
    if !text.bytes().any(|b| b == b',' || b.is_ascii_digit()) {
        return false;
    }
    let body = text.trim_start_matches('$').trim();
    if number(body).is_some() {
        return false;
    }
    let odd = body.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, ',' | '.' | ' ')).count();
    odd <= body.chars().count() / 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<String> {
        number(text).map(|n| n.value.to_string())
    }

    #[test]
    fn numbers_as_forms_print_them() {
        for (text, want) in [
            ("11,733", "11733"),
            ("$30.7696", "30.7696"),
            ("$ 0", "0"),
            (".5", "0.5"),
            ("-0-", "0"),
            ("1,640,803", "1640803"),
            ("600", "600"),
            ("12345", "12345"),
            ("$12 1/2", "12.5"),
            ("103-5/64", "103.078125"),
        ] {
            assert_eq!(value(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn a_number_that_lost_a_digit_is_none() {
        for text in [
            "025",
            "462,88",
            "3,888,28",
            ",",
            ", ,",
            "1,64O,803",
            "",
            "$",
            "1.2.3",
            "1234,567",
            "12 1/3",
            "12 9/8",
            "1.5 1/2",
            "2/7/00",
            "99999999999999999999",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        assert!(is_damaged("462,88") && is_damaged(", ,") && !is_damaged("Common") && !is_damaged("600"));
    }

    #[test]
    fn a_comma_read_as_a_stop() {
        assert_eq!(comma_as_stop("10.000").unwrap().value.to_string(), "10000");
        assert_eq!(comma_as_stop("1,640.803").unwrap().value.to_string(), "1640803");
        assert_eq!(comma_as_stop("30.7696"), None);
        assert_eq!(comma_as_stop("10,000"), None);
    }

    /// The number without commas, if it has the form of one: the same as [`number`] for what has no fraction above a line.
    fn plain(text: &str) -> Option<(i64, bool, bool, usize)> {
        let body = text.trim().trim_start_matches('$').trim_start();
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let groups: Vec<&str> = whole.split(',').collect();
        let grouped = groups.len() > 1;
        let fits = |(n, group): (usize, &&str)| {
            if n == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 }
        };
        let digits = whole.replace(',', "") + fraction;
        let odd = digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || whole.len() > 16;
        let zero = whole.len() > 1 && whole.starts_with('0');
        if odd
            || zero
            || fraction.len() > 6
            || body.ends_with('.')
            || grouped && !groups.iter().enumerate().all(fits)
        {
            return None;
        }
        let millionths = format!("{digits}{}", "0".repeat(6 - fraction.len())).parse().ok()?;
        Some((millionths, text.trim().starts_with('$'), grouped, fraction.len()))
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_its_digits_are(text in " ?[$]?[0-9]{0,4}(,[0-9]{2,4}){0,2}([.,][0-9x]{0,4}){0,2}\u{a0}?") {
            let read = number(&text).map(|n| (n.value.millionths(), n.dollar, n.grouped, n.decimals));
            prop_assert_eq!(read, plain(&text));
        }
    }
}
