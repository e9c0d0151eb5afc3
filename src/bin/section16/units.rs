//! Numbers, sizes and times as a person reads them.

use std::time::Duration;

/// A count with thousands separators: `12,345`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count and its noun: `1 filing`, `2,000 filings`.
pub fn counted(n: u64, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", count(n))
}

/// Bytes with three digits or so, in powers of 1000: `999 B`, `1.23 kB`, `45.6 MB`.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if n < 1000 {
        return format!("{n} B");
    }
    let mut value = n as f64 / 1000.0;
    let mut unit = UNITS[0];
    for &larger in &UNITS[1..] {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = larger;
    }
    format!("{} {unit}", three_digits(value))
}

/// A span of time: `0.04 s`, `12.3 s`, `3 min 05 s`, `2 h 07 min`.
pub fn time(span: Duration) -> String {
    let seconds = span.as_secs_f64();
    // Rounded first: 119.7 s is 2 min 00 s and not 1 min 60 s.
    let whole = seconds.round() as u64;
    if seconds < 9.995 {
        format!("{seconds:.2} s")
    } else if seconds < 59.95 {
        format!("{seconds:.1} s")
    } else if whole < 3600 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{} h {:02} min", whole / 3600, whole % 3600 / 60)
    }
}

/// A span of time in whole seconds, as an estimate deserves: `8 s`, `3 min 05 s`.
pub fn whole_seconds(span: Duration) -> String {
    let whole = span.as_secs_f64().round();
    if whole < 60.0 { format!("{whole} s") } else { time(Duration::from_secs(whole as u64)) }
}

/// How many a second: `n` over `span`, 0 where no time passed.
pub fn per_second(n: u64, span: Duration) -> f64 {
    let seconds = span.as_secs_f64();
    if seconds > 0.0 { n as f64 / seconds } else { 0.0 }
}

/// How many a second: `12,345`, below ten `3.2`.
pub fn rate(per_second: f64) -> String {
    if per_second > 0.0 && per_second < 9.95 {
        format!("{per_second:.1}")
    } else {
        count(per_second.round() as u64)
    }
}

/// A rate of bytes: `45.6 MB/s`.
pub fn byte_rate(per_second: f64) -> String {
    format!("{}/s", bytes(per_second.round() as u64))
}

/// A share of a whole in per cent, cut and not rounded: 100 % means all of it.
pub fn percent(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 100;
    }
    let percent = u128::from(part.min(whole)) * 100 / u128::from(whole);
    percent as u64
}

fn three_digits(value: f64) -> String {
    if value < 9.995 {
        format!("{value:.2}")
    } else if value < 99.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (100_000, "100,000")];
        for (n, text) in cases {
            assert_eq!(count(n), text);
        }
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(counted(1, "reject"), "1 reject");
        assert_eq!(counted(0, "reject"), "0 rejects");
    }

    #[test]
    fn sizes() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.00 kB"),
            (1234, "1.23 kB"),
            (9_999, "10.0 kB"),
            (45_600_000, "45.6 MB"),
            (999_400, "999 kB"),
            (999_600, "1.00 MB"),
            (1_500_000_000, "1.50 GB"),
            (u64::MAX, "18447 PB"),
        ];
        for (n, text) in cases {
            assert_eq!(bytes(n), text);
        }
    }

    #[test]
    fn times() {
        let cases = [
            (0, "0.00 s"),
            (44, "0.04 s"),
            (9_994, "9.99 s"),
            (12_340, "12.3 s"),
            (59_960, "1 min 00 s"),
            (119_700, "2 min 00 s"),
            (185_000, "3 min 05 s"),
            (3_599_900, "1 h 00 min"),
            (7_620_000, "2 h 07 min"),
        ];
        for (millis, text) in cases {
            assert_eq!(time(Duration::from_millis(millis)), text);
        }
    }

    #[test]
    fn estimates() {
        let cases = [(400, "0 s"), (8_300, "8 s"), (59_700, "1 min 00 s"), (185_000, "3 min 05 s")];
        for (millis, text) in cases {
            assert_eq!(whole_seconds(Duration::from_millis(millis)), text);
        }
    }

    #[test]
    fn rates() {
        assert_eq!(per_second(500, Duration::from_millis(250)), 2000.0);
        assert_eq!(per_second(500, Duration::ZERO), 0.0);
        assert_eq!(rate(0.0), "0");
        assert_eq!(rate(3.21), "3.2");
        assert_eq!(rate(12_345.4), "12,345");
        assert_eq!(byte_rate(45_600_000.0), "45.6 MB/s");
    }

    #[test]
    fn all_is_100_percent_and_nothing_less() {
        assert_eq!(percent(0, 0), 100);
        assert_eq!(percent(999, 1000), 99);
        assert_eq!(percent(1000, 1000), 100);
        assert_eq!(percent(1001, 1000), 100);
        assert_eq!(percent(u64::MAX, u64::MAX), 100);
    }
}
