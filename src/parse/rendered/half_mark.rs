//! A number that runs on into what is left of a raised footnote mark: `25,1897)`, `6.71162)`.

use super::numbers::number;

/// How a mark is written that is there but cannot be read: no footnote has the number 0.
pub(super) const UNREADABLE: &str = "(0)";
/// EDGAR keeps so many decimals of a price.
const DECIMALS: usize = 4;

/// The number before the digits of a mark whose first bracket is lost. A group of more than three digits and a fifth
/// decimal can only be the mark's; whether a third decimal is one, cannot be told, and it stays. `None` where the word
/// is no such number.
pub(super) fn part(raw: &str) -> Option<String> {
    let text = raw.strip_suffix(')').filter(|t| t.ends_with(|c: char| c.is_ascii_digit()))?;
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '$' | ',' | '.');
    if !text.chars().all(plain) {
        return None;
    }
    let value = match text.rsplit_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text,
        Some((whole, decimals)) if decimals.len() > DECIMALS => text.get(..whole.len() + 1 + DECIMALS)?,
        Some(_) => return None,
        None => {
            let (head, group) = text.rsplit_once(',')?;
            text.get(..head.len() + 4).filter(|_| matches!(group.len(), 4 | 5))?
        }
    };
    number(value).map(|_| format!("{value}{UNREADABLE}"))
}

/// A number of shares behind which a speck stands: `83,334.`
pub(super) fn without_speck(raw: &str) -> &str {
    let shares = |t: &&str| number(t).is_some_and(|n| n.grouped && n.decimals == 0);
    raw.strip_suffix(['.', ',']).filter(shares).unwrap_or(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_a_mark_are_none_of_the_number() {
        for (raw, value) in [
            ("25,1897)", "25,189(0)"),
            ("1,225,18912)", "1,225,189(0)"),
            ("6.71162)", "6.7116(0)"),
            ("$6.711612)", "$6.7116(0)"),
            ("62.779)", "62.779(0)"),
        ] {
            assert_eq!(part(raw).as_deref(), Some(value), "{raw}");
        }
    }

    #[test]
    fn other_words_stay() {
        for raw in ["25,189)", "25,1897", "6.71)", "6.7116)", "7580)", "2,51,8971)", "a5,1897)", ")", "(3)"] {
            assert_eq!(part(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_speck_is_no_part_of_a_number() {
        assert_eq!(without_speck("83,334."), "83,334");
        assert_eq!(without_speck("Co."), "Co.");
        assert_eq!(without_speck("83."), "83.");
    }
}
