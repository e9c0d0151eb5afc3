//! Joins words, letters and marks that a column border cut or doubled.

use super::rows::Print;
use super::words::Word;

/// The one word that `a`, the last of a cell, and `b`, the first of the next, are; `None` where they are two or cannot be
/// told.
pub(super) fn join(a: &Word, b: &Word, print: &Print) -> Option<Word> {
    if !print.cut || !a.marks.is_empty() {
        return None;
    }
    let text = mark(a, b).or_else(|| doubled_letter(a, b)).or_else(|| word(a, b, print))?;
    let mut joined = Word::new(&text, a.gap, a.x, b.end);
    joined.marks.extend(b.marks.iter().copied());
    joined.odd_mark |= b.odd_mark;
    joined.mended = true;
    Some(joined)
}

/// `footnote( | 4)`
fn mark(a: &Word, b: &Word) -> Option<String> {
    let digits = b.text.strip_suffix(')')?;
    let cut = a.text.ends_with('(')
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|c| c.is_ascii_digit());
    cut.then(|| format!("{}{}", a.text, b.text))
}

/// `S | S(1)`: no two neighbouring columns hold the same letter.
fn doubled_letter(a: &Word, b: &Word) -> Option<String> {
    let single =
        |w: &Word| w.letter.map(|l| l.value).filter(|_| w.text.chars().count() == 1 && w.has_letters());
    (single(a)? == single(b)?).then(|| b.text.clone())
}

/// `Common Stoc | k`, `Stock | k`: joined where just one way of joining gives a word that is known.
fn word(a: &Word, b: &Word, print: &Print) -> Option<String> {
    let letters = |t: &str| !t.is_empty() && t.chars().all(char::is_alphabetic);
    if !letters(&a.text) || !letters(&b.text) || !b.text.starts_with(char::is_lowercase) {
        return None;
    }
    let last = a.text.chars().last()?;
    let overlapped = b.text.strip_prefix(last).map(|rest| format!("{}{rest}", a.text));
    let ways = [Some(format!("{}{}", a.text, b.text)), overlapped];
    let known =
        |w: &&String| super::lexicon::is_word(w) || print.words.has(w, 1 + usize::from(**w == a.text));
    let good: Vec<&String> = ways.iter().flatten().filter(known).collect();
    match good.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::super::vocabulary::Vocabulary;
    use super::super::words::Break;
    use super::*;

    fn joined(a: &str, b: &str) -> Option<(String, Vec<u8>)> {
        let twice = lines("footnote footnote");
        let print = Print { cut: true, words: Vocabulary::new(&twice), ..Print::default() };
        let word = |t: &str, x: usize| Word::new(t, Break::Cell, x, x + 1);
        join(&word(a, 0), &word(b, 1), &print).map(|w| (w.text, w.marks))
    }

    #[test]
    fn what_a_border_cut_is_one_word() {
        assert_eq!(joined("Stoc", "k"), Some(("Stock".into(), vec![])));
        assert_eq!(joined("Stock", "k"), Some(("Stock".into(), vec![])));
        assert_eq!(joined("footnote", "e(2)"), Some(("footnote".into(), vec![2])));
        assert_eq!(joined("footnote(", "4)"), Some(("footnote".into(), vec![4])));
        assert_eq!(joined("s", "S(5)"), Some(("S".into(), vec![5])));
    }

    #[test]
    fn two_words_stay_two() {
        for (a, b) in [("Stock", "Option"), ("Widget", "plan"), ("A", "D"), ("12", "k")] {
            assert_eq!(joined(a, b), None, "{a} {b}");
        }
    }
}
