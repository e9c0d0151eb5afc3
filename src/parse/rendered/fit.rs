//! How well words fit a column.

use super::level::Level;
use super::schema::Col;
use super::words::{Break, Word};

/// The letters of the SEC's list of transaction codes.
pub(super) const CODES: &str = "PSVADFIMCEHOXGLWZJKU";

const CLEAN: i32 = 20;
const REPAIRED: i32 = 10;
const LOST: i32 = 8;
const MARKS_ONLY: i32 = 6;

/// What a column costs that stays empty.
pub(super) fn absent(col: Col) -> i32 {
    match col {
        Col::Title => -8,
        Col::Date => -8,
        Col::Owned | Col::Ownership => -6,
        Col::Code | Col::AcquiredDisposed | Col::UnderlyingTitle | Col::UnderlyingAmount => -3,
        Col::Exercise | Col::Expiration => -2,
        Col::Conversion | Col::Price => -1,
        Col::Amount | Col::Deemed | Col::Timeliness | Col::Nature => 0,
    }
}

/// The kinds of values that can begin with a word: spares the search most of its ways.
pub(super) struct Begins {
    marks: bool,
    date: bool,
    letter: bool,
    stroke: bool,
    number: bool,
}

impl Begins {
    /// What can begin with `word`.
    pub fn new(word: &Word) -> Self {
        Self {
            marks: word.is_marks(),
            date: word.text.contains('/') || word.lost || is_time(word),
            letter: word.letter.is_some(),
            stroke: is_stroke(&word.text),
            number: word.number.is_some() || word.text == "$" || word.text == "," || is_lost_number(word),
        }
    }

    /// Whether a value of this column can.
    pub fn may(&self, col: Col) -> bool {
        self.marks
            || match col {
                Col::Title | Col::UnderlyingTitle | Col::Nature => true,
                Col::Date | Col::Deemed | Col::Exercise | Col::Expiration => self.date,
                Col::Code | Col::Timeliness | Col::AcquiredDisposed => self.letter,
                Col::Ownership => self.letter || self.stroke,
                Col::Amount | Col::Owned | Col::UnderlyingAmount | Col::Price | Col::Conversion => {
                    self.number
                }
            }
    }
}

/// The score of a run of words in a typed column; `None` where it is no value of that type.
pub(super) fn typed(col: Col, run: &[Word]) -> Option<i32> {
    let marks = run.iter().rev().take_while(|w| w.is_marks()).count();
    let (core, marks) = run.split_at(run.len() - marks);
    let crossed = run.iter().skip(1).filter(|w| w.gap == Break::Cell).count();
    let penalty = 2 * i32::try_from(crossed).unwrap_or(0);
    let extra = i32::try_from(marks.len()).unwrap_or(0);
    if core.is_empty() {
        return marks_only(col).map(|s| s - penalty - (extra - 1));
    }
    core_score(col, core).map(|s| s + extra.min(2) - penalty)
}

/// Footnote marks where a value is missing: usual for prices and dates, hardly ever for what is owned.
fn marks_only(col: Col) -> Option<i32> {
    match col {
        Col::Timeliness | Col::AcquiredDisposed | Col::Code | Col::Ownership => None,
        Col::Amount | Col::Owned => Some(-10),
        Col::UnderlyingAmount => Some(0),
        Col::Date | Col::Deemed => Some(-4),
        _ => Some(MARKS_ONLY),
    }
}

fn core_score(col: Col, core: &[Word]) -> Option<i32> {
    match (col, core) {
        (Col::Exercise | Col::Expiration, [word]) if is_time(word) => Some(LOST),
        (Col::Date | Col::Deemed | Col::Exercise | Col::Expiration, [word]) => date(word),
        (Col::Code | Col::Timeliness | Col::AcquiredDisposed | Col::Ownership, [word]) => letter(col, word),
        (Col::Amount | Col::Owned | Col::UnderlyingAmount, [word]) => shares(word),
        // The digits between the commas are gone.
        (Col::Amount | Col::Owned | Col::UnderlyingAmount, [a, b]) if a.text == "," && b.text == "," => {
            Some(LOST)
        }
        // Instead of a number of shares their value in dollars.
        (Col::Amount | Col::Owned | Col::UnderlyingAmount, [a, b]) if a.text == "$" => {
            b.number.map(|_| CLEAN - 6)
        }
        (Col::Price | Col::Conversion, [sign, word]) => price(sign, word),
        (Col::Price | Col::Conversion, [word]) => money(word),
        _ => None,
    }
}

fn date(word: &Word) -> Option<i32> {
    let lost =
        || super::dates::is_damaged(&word.text) || word.lost && super::restore::is_lost_date(&word.text);
    word.date.map(|d| level(d.level)).or_else(|| lost().then_some(LOST))
}

/// Whether a cell that begins with this word tells a time in words where other rows have a date: `Immed.`.
fn is_time(word: &Word) -> bool {
    word.gap == Break::Cell && super::dates::is_time_in_words(&word.text)
}

fn level(level: Level) -> i32 {
    if level == Level::Read { CLEAN } else { REPAIRED }
}

fn letter(col: Col, word: &Word) -> Option<i32> {
    let allowed = match col {
        Col::Code => CODES,
        Col::Timeliness => "VEL",
        Col::AcquiredDisposed => "AD",
        _ => "DI",
    };
    let read = word.letter.filter(|l| allowed.contains(l.value)).map(|l| level(l.level));
    // An upright stroke in the column of ownership can be nothing but I.
    read.or_else(|| (col == Col::Ownership && is_stroke(&word.text)).then_some(REPAIRED))
}

/// Whether the word is what an `I` becomes in a bad copy.
pub(super) fn is_stroke(text: &str) -> bool {
    matches!(text, "|" | "l" | "1" | "!" | "[" | "]")
}

fn shares(word: &Word) -> Option<i32> {
    if let Some(number) = word.number {
        return Some(if number.dollar {
            CLEAN - 8
        } else if number.grouped || number.decimals == 0 {
            CLEAN
        } else {
            CLEAN - 6
        });
    }
    is_lost_number(word).then_some(LOST)
}

/// A word that stands for a number but cannot be read: it takes the column, so that no other word does.
pub(super) fn is_lost_number(word: &Word) -> bool {
    word.lost || super::numbers::is_damaged(&word.text) && !word.text.contains('/')
}

fn money(word: &Word) -> Option<i32> {
    let number = word.number?;
    Some(match (number.dollar, number.decimals > 0) {
        (true, _) => CLEAN,
        (false, true) => CLEAN - 2,
        (false, false) if word.hint.is_some() => CLEAN - 5,
        // Without a place and a sign of money it is no price.
        (false, false) => return None,
    })
}

fn price(sign: &Word, word: &Word) -> Option<i32> {
    if sign.text == "$" {
        return word.number.filter(|n| !n.dollar).map(|_| CLEAN + 4);
    }
    (word.text == "$" && sign.number.is_some_and(|n| !n.grouped || n.decimals > 0)).then_some(REPAIRED)
}

/// Whether more words cannot make a value of the run: its core is complete and followed by something else than marks.
pub(super) fn is_complete(col: Col, run: &[Word]) -> bool {
    let most = if matches!(col, Col::Price | Col::Conversion) { 2 } else { 1 };
    run.iter().filter(|w| !w.is_marks()).count() > most
}

/// What it costs that a word stands under the headings of another column; a run costs what its worst word does.
pub(super) fn place(word: &Word, col: usize) -> i32 {
    match word.hint {
        // The column before may have been merged into this one: a date alone is that of the transaction.
        Some((low, _)) if word.date.is_some() && col + 1 == low => 0,
        Some((low, _)) if col < low => -7 * i32::try_from(low - col).unwrap_or(3).min(3),
        Some((_, high)) if col > high => -7 * i32::try_from(col - high).unwrap_or(3).min(3),
        _ => 0,
    }
}

/// A run that does not begin at a border is a little less likely.
pub(super) fn opening(first: &Word) -> i32 {
    match first.gap {
        Break::Blank => -4,
        Break::Line => -1,
        Break::Cell => 0,
    }
}

/// Sums over the words of a row, to score texts at once.
pub(super) struct Texts {
    sums: Vec<i32>,
    crossings: Vec<i32>,
    /// How many words of at least two letters come before.
    spoken: Vec<u32>,
}

impl Texts {
    /// Prepares the sums.
    pub fn new(words: &[Word]) -> Self {
        let (mut sums, mut crossings, mut spoken) = (vec![0], vec![0], vec![0]);
        let (mut sum, mut crossed, mut said) = (0, 0, 0);
        for (n, word) in words.iter().enumerate() {
            sum += if is_par_value(word, words.get(n + 1)) { 4 } else { text_word(word) };
            sums.push(sum);
            crossed += if word.gap == Break::Cell { crossing(word) } else { 0 };
            crossings.push(crossed);
            said += u32::from(word.has_letters() && word.letter.is_none() || word.is_marks());
            spoken.push(said);
        }
        Self { sums, crossings, spoken }
    }

    /// The score of the words `start..end` as one text.
    pub fn score(&self, start: usize, end: usize) -> Option<i32> {
        if self.spoken.get(end) == self.spoken.get(start) {
            return None;
        }
        let words = self.sums.get(end)? - self.sums.get(start)?;
        let crossed = self.crossings.get(end)? - self.crossings.get(start + 1)?;
        let score = words - crossed + 2;
        (score > -30).then_some(score)
    }
}

/// `$0.0001` before `par value` or `per share` is a part of a title.
fn is_par_value(word: &Word, next: Option<&Word>) -> bool {
    let text = |w: &Word| w.gap != Break::Cell && w.text.len() > 1 && w.text.starts_with(char::is_lowercase);
    word.number.is_some_and(|n| n.decimals > 0) && next.is_some_and(text)
}

fn crossing(word: &Word) -> i32 {
    match (word.is_marks(), word.hint.is_some()) {
        (true, _) => 1,
        (false, true) => 12,
        (false, false) => 6,
    }
}

fn text_word(word: &Word) -> i32 {
    if word.is_marks() {
        return 1;
    }
    if word.bound {
        return 2;
    }
    if word.date.is_some() {
        return -40;
    }
    if let Some(number) = word.number {
        return if word.text.starts_with("$.") {
            1
        } else if number.grouped || number.dollar {
            -18
        } else {
            -4
        };
    }
    if is_lost_number(word) {
        return -6;
    }
    if word.letter.is_some() {
        return -2;
    }
    if word.has_letters() { 4 } else { -4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        text.split_whitespace().map(|w| Word::new(w, Break::Cell, 0, 1)).collect()
    }

    #[test]
    fn values_fit_their_columns_only() {
        assert_eq!(typed(Col::Date, &words("05/06/2013 (1)")), Some(CLEAN + 1 - 2));
        assert_eq!(typed(Col::Date, &words("11,733")), None);
        assert_eq!(typed(Col::Price, &words("$ 30.77")), Some(CLEAN + 4 - 2));
        assert_eq!(typed(Col::Amount, &words("$30.77")), Some(CLEAN - 8));
        assert_eq!(typed(Col::Code, &words("B")), None);
        assert_eq!(typed(Col::Ownership, &words("|")), Some(REPAIRED));
        assert_eq!(typed(Col::Owned, &words("462,88")), Some(LOST));
    }
}
