//! Joins what a column border cut in two.
//!
//! A converter that lays one grid over a page of several cuts numbers and dates: `7 | ,072,285`, `20,8 | 823,993` (the
//! character on the border stands on both sides), `02 | /06/2024`. Two neighbouring cells are joined where at least one of
//! them is no value by itself and just one way of joining gives one.

use super::dates;
use super::numbers;
use super::rows::Print;
use super::words::{Break, Word};

/// Joins the cut values of a row; the joined word takes the place of the larger part.
pub(super) fn mend(words: &mut Vec<Word>, print: &Print) {
    for at in 0..words.len() {
        if let Some((number, letter)) = words.get(at).and_then(|w| bordered(w, print)) {
            words.insert(at + 1, letter);
            if let Some(slot) = words.get_mut(at) {
                *slot = number;
            }
        }
    }
    let mut at = 1;
    while at < words.len() {
        let joined = match (words.get(at - 1), words.get(at)) {
            (Some(a), Some(b)) if b.gap == Break::Cell && b.x == a.x + 1 && a.marks.is_empty() => {
                let more = words.iter().skip(at + 1).any(|w| w.number.is_some());
                join(a, b)
                    .or_else(|| fraction(a, b, print).filter(|_| more))
                    .or_else(|| suspect(a, b, print))
                    .or_else(|| super::seams::join(a, b, print))
            }
            _ => None,
        };
        match joined {
            Some(word) => {
                words.remove(at);
                if let Some(slot) = words.get_mut(at - 1) {
                    *slot = word;
                }
            }
            None => at += 1,
        }
    }
}

/// `110.0001A`: a number and the letter behind it with the borders around them read as 1 and the comma as a stop; one way to
/// read it gives a number that stands elsewhere too.
fn bordered(word: &Word, print: &Print) -> Option<(Word, Word)> {
    let letter = word.text.chars().last().filter(|c| matches!(c, 'A' | 'D'))?;
    let body = word.text.strip_suffix(letter)?;
    if !body.bytes().all(|b| b.is_ascii_digit() || b == b'.') || !body.contains('.') {
        return None;
    }
    let head = body.strip_prefix('1').unwrap_or(body);
    let ways = [body, head, body.strip_suffix('1').unwrap_or(body), head.strip_suffix('1').unwrap_or(head)];
    let found: std::collections::BTreeSet<String> =
        ways.iter().map(|w| w.replace('.', ",")).filter(|w| print.has_number(w)).collect();
    let mut found = found.into_iter();
    let (Some(text), None) = (found.next(), found.next()) else { return None };
    let mut number = Word::new(&text, word.gap, word.x, word.end);
    number.mended = true;
    let mut letter = Word::new(&letter.to_string(), Break::Blank, word.x, word.end);
    letter.mended = true;
    letter.marks.clone_from(&word.marks);
    Some((number, letter))
}

fn join(a: &Word, b: &Word) -> Option<Word> {
    if a.letter.is_some() || b.letter.is_some() {
        return None;
    }
    if a.text.contains('/') && dates::is_short(&format!("{}{}", a.text, b.text)) {
        return None;
    }
    let part = |t: &str| {
        !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/' | '$'))
    };
    if !part(&a.text) || !part(&b.text) || a.text == "$" {
        return None;
    }
    let overlapped = overlap(&a.text, &b.text);
    let ways = [Some(format!("{}{}", a.text, b.text)), overlapped];
    let good: Vec<&String> = ways.iter().flatten().filter(|w| is_value(w, a, b)).collect();
    let [text] = good.as_slice() else { return None };
    let place = if a.text.len() > b.text.len() { a } else { b };
    let mut word = Word::new(text, a.gap, place.x, place.end);
    word.marks.clone_from(&b.marks);
    word.mended = true;
    Some(word)
}

/// In a print that was cut, the digits beside a price are its last, if one way of joining gives the four decimals that a form
/// prints at most. The caller knows that other numbers follow, so that they are no value of their own.
fn fraction(a: &Word, b: &Word, print: &Print) -> Option<Word> {
    let digits = (1..=4).contains(&b.text.len()) && b.text.bytes().all(|c| c.is_ascii_digit());
    let priced = a.number.is_some_and(|n| n.decimals > 0);
    if !print.cut || !digits || !priced {
        return None;
    }
    let whole = |t: &String| numbers::number(t).is_some_and(|n| n.decimals <= 4);
    let ways = [Some(format!("{}{}", a.text, b.text)), overlap(&a.text, &b.text)];
    let good: Vec<&String> = ways.iter().flatten().filter(|w| whole(w)).collect();
    let [text] = good.as_slice() else { return None };
    let mut word = Word::new(text, a.gap, a.x, b.end);
    word.marks.clone_from(&b.marks);
    word.mended = true;
    Some(word)
}

/// In a print that was cut, a few digits beside a number may belong to it: joined where that number stands elsewhere too,
/// else both are lost.
fn suspect(a: &Word, b: &Word, print: &Print) -> Option<Word> {
    let digits = |t: &str| (1..=4).contains(&t.len()) && t.bytes().all(|c| c.is_ascii_digit());
    let (first, second) = (a.number?, b.number?);
    let left = digits(&a.text) && second.grouped && !second.dollar;
    // The digit on the border may stand on both sides: `4,169 | 9,733`.
    let both = first.grouped
        && second.grouped
        && overlap(&a.text, &b.text).is_some_and(|t| numbers::number(&t).is_some());
    let right = first.decimals > 0 && digits(&b.text) && !a.text.contains(',');
    if !print.cut || !left && !right && !both {
        return None;
    }
    let joined = [Some(format!("{}{}", a.text, b.text)), overlap(&a.text, &b.text).filter(|t| *t != b.text)];
    let known: Vec<&String> = joined.iter().flatten().filter(|t| left && print.has_number(t)).collect();
    let text = match known.as_slice() {
        [one] => (*one).clone(),
        _ => format!("{}|{}", a.text, b.text),
    };
    let mut word = Word::new(&text, a.gap, b.x, b.end);
    word.marks.clone_from(&b.marks);
    word.mended = word.number.is_some();
    Some(word)
}

/// The parts joined over the character that stands on both sides of the border.
fn overlap(a: &str, b: &str) -> Option<String> {
    let (last, first) = (a.chars().last()?, b.chars().next()?);
    (last == first && last.is_ascii()).then(|| format!("{a}{}", b.get(1..).unwrap_or_default()))
}

/// Whether the joined text is a number with commas or a full date, and one of its parts is neither.
fn is_value(joined: &str, a: &Word, b: &Word) -> bool {
    if joined.contains('/') {
        let strokes = |w: &Word| w.text.contains('/') && w.date.is_none();
        return joined.len() == 10 && dates::date(joined).is_some() && (strokes(a) || strokes(b));
    }
    let broken = |w: &Word| w.number.is_none();
    numbers::number(joined).is_some_and(|n| n.grouped) && (broken(a) || broken(b))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn mended(cells: &[&str]) -> Vec<String> {
        let mut words: Vec<Word> =
            cells.iter().enumerate().map(|(x, c)| Word::new(c, Break::Cell, x, x + 1)).collect();
        mend(&mut words, &Print::default());
        words.into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn parts_of_one_value_are_joined() {
        assert_eq!(mended(&["7", ",072,285(1)"]), ["7,072,285"]);
        assert_eq!(mended(&["20,8", "823,993"]), ["20,823,993"]);
        assert_eq!(mended(&["33,", "639"]), ["33,639"]);
        assert_eq!(mended(&["02", "/06/2024"]), ["02/06/2024"]);
        assert_eq!(mended(&["06/28/20", "2021"]), ["06/28/20", "2021"]);
    }

    #[test]
    fn a_cut_print_needs_a_second_place_or_one_way() {
        let cut = |cells: &[&str], known: &[&str]| {
            let known = lines(&known.join("  "));
            let print = Print { cut: true, tables: [&known, &[]], ..Print::default() };
            let mut words: Vec<Word> =
                cells.iter().enumerate().map(|(x, c)| Word::new(c, Break::Cell, x, x + 1)).collect();
            mend(&mut words, &print);
            words.into_iter().map(|w| w.text).collect::<Vec<_>>()
        };
        assert_eq!(cut(&["73", "3,634"], &["73,634"]), ["73,634"]);
        assert_eq!(cut(&["73", "3,634"], &[]), ["73|3,634"]);
        assert_eq!(cut(&["$174.04", "487(6)", "", "500"], &[]), ["$174.0487", "", "500"]);
        assert_eq!(cut(&["$174.04", "487(6)"], &[]), ["$174.04|487"]);
    }

    #[test]
    fn whole_values_stay_apart() {
        for cells in [["11,733", "639"], ["12.5", "1,000"], ["3", "639"], ["$", "1,000"], ["05/06/2013", "2"]]
        {
            assert_eq!(mended(&cells), cells);
        }
    }
}
