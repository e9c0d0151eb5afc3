//! What remains of the cells of a box that were cut through words, once its caption was taken off.

use super::dates;
use crate::model::Date;

/// What remains of the cells of a box, piece by piece; no piece is empty.
pub(super) type Pieces = Vec<String>;

/// The pieces as one text. A letter on a border stands once; where a capital follows a small letter a blank was lost.
pub(super) fn text(pieces: &[String]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (Some(last), Some(first)) = (out.chars().last(), piece.chars().next()) else {
            out.push_str(piece);
            continue;
        };
        if last == first && last.is_alphabetic() {
            out.push_str(piece.get(first.len_utf8()..).unwrap_or_default());
            continue;
        }
        let word = first.is_uppercase() && !last.is_uppercase() && last != '/' && last != '[';
        let number = first.is_ascii_digit() && last.is_alphabetic();
        if word || number && piece.len() > 1 || first == '[' {
            out.push(' ');
        }
        out.push_str(piece);
    }
    out
}

/// Whether a border may double a letter of the text: the same letter stands on both sides.
pub(super) fn is_doubled(pieces: &[String]) -> bool {
    pieces.windows(2).any(|w| match w {
        [a, b] => a.chars().last().is_some_and(|c| c.is_alphanumeric() && b.starts_with(c)),
        _ => false,
    })
}

/// The only date in pieces: joined as they are or with a digit on a border counted once, ten characters.
pub(super) fn date(pieces: &[String]) -> Option<Date> {
    const MOST: usize = 64;
    let mut ways = vec![String::new()];
    for piece in pieces {
        let mut next = Vec::with_capacity(ways.len());
        for way in &ways {
            next.push(format!("{way}{piece}"));
            let last = way.chars().last().filter(|c| c.is_ascii_digit() || *c == '/');
            if let Some(rest) = last.and_then(|c| piece.strip_prefix(c)) {
                next.push(format!("{way}{rest}"));
            }
        }
        ways = next;
        ways.truncate(MOST);
    }
    let whole =
        |w: &&str| w.len() == 10 && w.as_bytes().get(2) == Some(&b'/') && w.as_bytes().get(5) == Some(&b'/');
    let words = ways.iter().flat_map(|w| w.split_whitespace()).filter(whole);
    let mut found: Vec<Date> = words.filter_map(|w| dates::date(w).map(|r| r.value)).collect();
    found.dedup();
    match found.as_slice() {
        [date] => Some(*date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(pieces: &[&str]) -> Pieces {
        pieces.iter().map(|p| (*p).to_owned()).collect()
    }

    #[test]
    fn pieces_make_one_text() {
        assert_eq!(text(&owned(&["DOE JAN", "NE"])), "DOE JANE");
        assert_eq!(text(&owned(&["C/OACME CORPO", "RATION,2029", "ELM"])), "C/OACME CORPORATION,2029 ELM");
        assert_eq!(text(&owned(&["BIG SUR,CA9", "4043"])), "BIG SUR,CA94043");
        assert!(is_doubled(&owned(&["[AC", "CW]"])) && !is_doubled(&owned(&["[AC", "W]"])));
    }

    #[test]
    fn a_date_of_pieces_has_one_reading() {
        assert_eq!(date(&owned(&["T 03/18/2013"])).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(date(&owned(&["03/18/20", "13"])).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(date(&owned(&["03/1", "1/2013"])).map(|d| d.to_string()).as_deref(), Some("2013-03-11"));
        assert_eq!(date(&owned(&["03/18/201"])), None);
    }
}
