use super::Reading;
use crate::model::{Code, Decimal};

/// Digits that a [`Decimal`] holds, before and after the point.
const DIGITS: i64 = Decimal::PRECISION as i64;
const DECIMALS: i64 = Decimal::SCALE as i64;
const LIMIT: u64 = 10u64.pow(Decimal::PRECISION as u32);

/// Reads a number of shares or dollars, exactly.
///
/// Digits with at most one point and digits on both sides of it are plain. One reading, with a doubt, have: a sign, a
/// `$` before the number, commas between groups of three, `.5`, `5.`, and an exponent. Beyond six decimals it is
/// rounded half to even. More than 12 integer digits, leading zeros aside, and everything else give no value.
pub(in crate::parse::ownership) fn number(text: &str) -> Reading<Decimal> {
    match plain(text.as_bytes()) {
        Some(value) => Reading::clear(value),
        None => careful(text),
    }
}

/// The value of a plain decimal of the usual length.
fn plain(text: &[u8]) -> Option<Decimal> {
    // No more digits than these can overflow or carry the value beyond the limit.
    if text.len() > DIGITS as usize {
        return None;
    }
    let mut total = 0i64;
    let mut decimals = None;
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                total = total * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|n| n + 1);
            }
            b'.' if decimals.is_none() && text.first() != Some(&b'.') => decimals = Some(0),
            _ => return None,
        }
    }
    const SCALES: [i64; 7] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    let scale = match decimals {
        None if text.is_empty() => return None,
        None => SCALES[0],
        Some(0) => return None,
        Some(n) => *SCALES.get(n)?,
    };
    total.checked_mul(scale).and_then(Decimal::from_millionths)
}

/// The parts of a number that is not plain.
struct Parts<'a> {
    negative: bool,
    repaired: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: i64,
}

fn careful(text: &str) -> Reading<Decimal> {
    let Some(parts) = split(text) else { return Reading::none(Code::NumberUnreadable) };
    let Some((millionths, rounded)) = parts.millionths() else { return Reading::none(Code::NumberTooLarge) };
    let value = if parts.negative { -(millionths as i64) } else { millionths as i64 };
    let doubt = match () {
        () if rounded => Some(Code::NumberRounded),
        () if parts.negative => Some(Code::NumberNegative),
        () if parts.repaired => Some(Code::NumberRepaired),
        () => None,
    };
    Reading { value: Decimal::from_millionths(value), doubt }
}

fn split(text: &str) -> Option<Parts<'_>> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let bare = unsigned.strip_prefix('$').map_or(unsigned, str::trim_start);
    let (mantissa, exponent) = match bare.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, small_integer(exponent)?),
        None => (bare, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let grouped = whole.contains(',');
    if !(if grouped { in_groups(whole) } else { digits(whole) }) || !digits(fraction) {
        return None;
    }
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let odd_point = mantissa.contains('.') && (whole.is_empty() || fraction.is_empty());
    let repaired = bare.len() != text.len() || mantissa.len() != bare.len() || grouped || odd_point;
    Some(Parts { negative, repaired, whole, fraction, exponent })
}

/// `1,234,567`: one to three digits, then groups of three.
fn in_groups(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len()) && digits(first) && groups.all(|group| group.len() == 3 && digits(group))
}

/// An exponent of at most three digits.
fn small_integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let short = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if short { text.parse().ok() } else { None }
}

impl Parts<'_> {
    /// The magnitude in millionths and whether it was rounded; `None` where it has more than 12 integer digits.
    fn millionths(&self) -> Option<(u64, bool)> {
        let whole = self.whole.bytes().filter(u8::is_ascii_digit);
        let before_point = whole.clone().count() as i64 + self.exponent;
        // So many digits count; the next one and whether anything follows it decide how to round.
        let kept = before_point + DECIMALS;
        let (mut total, mut read, mut next, mut more) = (0u64, 0i64, 0u8, false);
        for digit in whole.chain(self.fraction.bytes()).map(|b| b - b'0') {
            if read < kept {
                total = total * 10 + u64::from(digit);
                if total >= LIMIT {
                    return None;
                }
            } else if read == kept {
                next = digit;
            } else {
                more |= digit != 0;
            }
            read += 1;
        }
        while read < kept && total != 0 {
            total *= 10;
            if total >= LIMIT {
                return None;
            }
            read += 1;
        }
        let up = next > 5 || (next == 5 && (more || total % 2 == 1));
        total += u64::from(up);
        (total < LIMIT).then_some((total, next != 0 || more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<String>, Option<Code>) {
        let reading = number(text);
        (reading.value.map(|v| v.to_string()), reading.doubt)
    }

    fn value(text: &str) -> Option<String> {
        read(text).0
    }

    #[test]
    fn plain_numbers_are_exact() {
        for (text, expected) in [
            ("0", "0"),
            ("0.00", "0"),
            ("106150.00", "106150"),
            ("650.0274", "650.0274"),
            ("0.000001", "0.000001"),
            ("000042", "42"),
            ("999999999999.9999", "999999999999.9999"),
            ("999999999999.999999", "999999999999.999999"),
            ("00000000000000000000000012.5", "12.5"),
            ("1.50000000000000000000000", "1.5"),
        ] {
            assert_eq!(read(text), (Some(expected.to_owned()), None), "{text}");
        }
    }

    #[test]
    fn one_reading_is_repaired() {
        for (text, expected) in [
            ("3,090", "3090"),
            ("1,234,567.89", "1234567.89"),
            ("$5", "5"),
            ("$ 5.25", "5.25"),
            ("1.5e3", "1500"),
            ("15E-1", "1.5"),
            ("1e11", "100000000000"),
            ("+7", "7"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(read(text), (Some(expected.to_owned()), Some(Code::NumberRepaired)), "{text}");
        }
        assert_eq!(read("-2.5"), (Some("-2.5".to_owned()), Some(Code::NumberNegative)));
    }

    #[test]
    fn no_single_reading_gives_none() {
        for text in [
            "", ".", "-", "$", "N/A", "1 000", "1,23", "12,3456", ",123", "1,234,", "1.2.3", "1.234,5",
            "(5)", "5%", "0x1F", "1e", "1e1.5", "1e1000", "--5", "5-", "\u{ff15}", "e3", "$-5", "5\u{0}",
        ] {
            assert_eq!(read(text), (None, Some(Code::NumberUnreadable)), "{text}");
        }
    }

    #[test]
    fn rounding_is_half_to_even() {
        for (text, expected) in [
            ("0.0000005", "0"),
            ("0.0000015", "0.000002"),
            ("0.0000025", "0.000002"),
            ("0.00000250000000000000000001", "0.000003"),
            ("0.0000024999999", "0.000002"),
            ("1e-9", "0"),
            ("0.9999999", "1"),
        ] {
            assert_eq!(read(text), (Some(expected.to_owned()), Some(Code::NumberRounded)), "{text}");
        }
    }

    #[test]
    fn thirteen_integer_digits_are_too_many() {
        for text in [
            "1000000000000",
            "1,000,000,000,000",
            "1e12",
            "9e999",
            "999999999999.9999999",
            "99999999999999999999",
        ] {
            assert_eq!(read(text), (None, Some(Code::NumberTooLarge)), "{text}");
        }
    }

    /// The slow and obvious way: digits as a vector, the point moved by inserting zeros, rounding by carrying.
    fn slow(whole: &str, fraction: &str, exponent: i32) -> Option<String> {
        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|b| b - b'0').collect();
        let mut point = whole.len() as i32 + exponent;
        while point < 1 {
            digits.insert(0, 0);
            point += 1;
        }
        while (digits.len() as i32) < point + 8 {
            digits.push(0);
        }
        let dropped = digits.split_off(point as usize + 6);
        let half: Vec<u8> = [5].into_iter().chain(std::iter::repeat_n(0, dropped.len() - 1)).collect();
        if dropped > half || (dropped == half && digits.last().unwrap() % 2 == 1) {
            digits.insert(0, 0);
            point += 1;
            let mut i = digits.len() - 1;
            while digits[i] == 9 {
                digits[i] = 0;
                i -= 1;
            }
            digits[i] += 1;
        }
        let text: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
        let (whole, fraction) = text.split_at(point as usize);
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let whole = if whole.is_empty() { "0" } else { whole };
        (whole.len() <= 12)
            .then(|| if fraction.is_empty() { whole.into() } else { format!("{whole}.{fraction}") })
    }

    proptest! {
        #[test]
        fn numbers_agree_with_the_slow_way(whole in "[0-9]{1,16}", fraction in "[0-9]{1,12}", tail in "0{0,9}[0-9]{0,2}") {
            let fraction = fraction + &tail;
            prop_assert_eq!(value(&format!("{whole}.{fraction}")), slow(&whole, &fraction, 0));
        }

        #[test]
        fn exponents_agree_with_the_slow_way(whole in "[0-9]{1,8}", fraction in "[0-9]{1,8}", exponent in -12..12i32) {
            prop_assert_eq!(value(&format!("{whole}.{fraction}e{exponent}")), slow(&whole, &fraction, exponent));
        }

        #[test]
        fn every_value_comes_back_from_its_print(millionths in 0..1_000_000_000_000_000_000i64) {
            let value = Decimal::from_millionths(millionths).unwrap();
            prop_assert_eq!(number(&value.to_string()), Reading::clear(value));
        }

        #[test]
        fn any_text_gives_a_value_or_a_doubt(text in any::<String>()) {
            let reading = number(&text);
            prop_assert!(reading.value.is_some() || reading.doubt.is_some());
        }
    }
}
