//! Numbers and texts as the page shows them.

/// The text with what HTML would take for markup as entities, and without control characters.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// At most so many characters, the last of them an ellipsis where some were left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// `1,234,567`.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 filing`, `2 filings`.
pub(super) fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

/// Dollars with two or three digits that count: `$950`, `$12.3 thousand`, `$4.6 million`.
pub(super) fn dollars(cents: u128) -> String {
    const UNITS: [&str; 5] = ["", " thousand", " million", " billion", " trillion"];
    let (mut value, mut unit) = (cents as f64 / 100.0, 0);
    // What is rounded to a thousand is one of the next unit.
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let decimals = usize::from(unit > 0 && value < 99.95);
    format!("${value:.decimals$}{}", UNITS.get(unit).copied().unwrap_or_default())
}

/// A share in percent; one that is neither nothing nor all never looks like it.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let share = part as f64 / whole.max(1) as f64 * 100.0;
    match part {
        0 => "0 %".to_owned(),
        _ if part >= whole => "100 %".to_owned(),
        _ if share < 0.1 => "< 0.1 %".to_owned(),
        _ if share > 99.9 => "> 99.9 %".to_owned(),
        _ => format!("{share:.1} %"),
    }
}

/// A coordinate with at most two decimals.
pub(super) fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_filing_is_markup() {
        assert_eq!(escape("<b>R&D \"x\"</b>\u{1b}"), "&lt;b&gt;R&amp;D &quot;x&quot;&lt;/b&gt; ");
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!([0, 999, 1000, 1234567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!((counted(1, "filing"), counted(2, "filing")), ("1 filing".into(), "2 filings".into()));
        let cents = [95_000, 1_234_500, 45_600_000_000, 12_340_000_000_000, 100_000_000_000_000];
        let expected = ["$950", "$12.3 thousand", "$456 million", "$123 billion", "$1.0 trillion"];
        assert_eq!(cents.map(dollars), expected);
        let round = [99_949, 99_950, 99_999_350, 9_996_000, 100_000_000_000_000_000];
        let expected = ["$999", "$1.0 thousand", "$1.0 million", "$100 thousand", "$1000 trillion"];
        assert_eq!(round.map(dollars), expected);
        assert_eq!([(0, 9), (9, 9), (1, 8)].map(|(a, b)| percent(a, b)), ["0 %", "100 %", "12.5 %"]);
        assert_eq!(percent(1, 10_000), "< 0.1 %");
        assert_eq!(percent(9_999, 10_000), "> 99.9 %");
        assert_eq!([1.0, 0.125, 100.0].map(coordinate), ["1", "0.12", "100"]);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(cut("Société", 7), "Société");
        assert_eq!(cut("Société", 4), "Soc…");
    }
}
