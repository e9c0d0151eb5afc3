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

/// The columns whose values can begin with a word: spares the search most of its ways.
pub(super) struct Begins(u32);

impl Begins {
    const TEXTS: u32 = bits(&[Col::Title, Col::UnderlyingTitle, Col::Nature]);
    const DATES: u32 = bits(&[Col::Date, Col::Deemed, Col::Exercise, Col::Expiration]);
    const LETTERS: u32 = bits(&[Col::Code, Col::Timeliness, Col::AcquiredDisposed, Col::Ownership]);
    const NUMBERS: u32 = bits(&[Col::Amount, Col::Owned, Col::UnderlyingAmount, Col::Price, Col::Conversion]);

    /// Those that can begin with `word`.
    pub fn new(word: &Word) -> Self {
        if word.is_marks() {
            return Self(u32::MAX);
        }
        let set = |holds: bool, columns: u32| if holds { columns } else { 0 };
        let text = word.text.as_str();
        let number = word.number.is_some() || matches!(text, "$" | ",") || is_lost_number(word);
        Self(
            Self::TEXTS
                | set(text.contains('/') || word.lost || is_time(word), Self::DATES)
                | set(word.letter.is_some(), Self::LETTERS)
                | set(is_stroke(text), bits(&[Col::Ownership]))
                | set(number, Self::NUMBERS),
        )
    }

    /// Whether a value of this column can.
    pub fn may(&self, col: Col) -> bool {
        self.0 & bits(&[col]) != 0
    }
}

/// A bit for each column.
const fn bits(columns: &[Col]) -> u32 {
    let (mut bits, mut rest) = (0, columns);
    while let [col, others @ ..] = rest {
        bits |= 1 << *col as u32;
        rest = others;
    }
    bits
}

/// The score of a run of words in a typed column; `None` where it is no value of that type.
pub(super) fn typed(col: Col, run: &[Word]) -> Option<i32> {
    let mut score = None;
    values(col, run, |length, found| score = (length == run.len()).then_some(found).or(score));
    score
}

/// The values of a typed column that begin with the first of `words`, by how many words they have and their scores: a core
/// of one word or two and, one longer than the other, the marks behind it; or marks alone.
pub(super) fn values(col: Col, words: &[Word], mut value: impl FnMut(usize, i32)) {
    let Some((first, behind)) = words.split_first() else { return };
    let mut marked = |core: usize, score: i32, marks: fn(i32) -> i32| {
        let crossed = |word: &Word| 2 * i32::from(word.gap == Break::Cell);
        let mut score = score - behind.iter().take(core - 1).map(crossed).sum::<i32>();
        value(core, score);
        let behind = behind.iter().skip(core - 1).take_while(|w| w.is_marks());
        for ((word, length), n) in behind.zip(core + 1..).zip(1..) {
            score -= crossed(word);
            value(length, score + marks(n));
        }
    };
    if first.is_marks() {
        marks_only(col).into_iter().for_each(|score| marked(1, score, |n| -n));
        return;
    }
    for core in
        [words.get(..1), words.get(..2).filter(|w| !w.iter().any(Word::is_marks))].into_iter().flatten()
    {
        core_score(col, core).into_iter().for_each(|score| marked(core.len(), score, |n| n.min(2)));
    }
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

/// What the words of a row are worth as text: for each place between two of them the sum of those before it, less what the
/// borders among them cost.
pub(super) struct Texts(Vec<i32>);

impl Texts {
    /// Prepares the sums.
    pub fn new(words: &[Word]) -> Self {
        let mut sums = Vec::with_capacity(words.len() + 1);
        let mut sum = 0;
        sums.push(sum);
        for (n, word) in words.iter().enumerate() {
            let worth = if is_par_value(word, words.get(n + 1)) { 4 } else { text_word(word) };
            sum += worth - crossing(word);
            sums.push(sum);
        }
        Self(sums)
    }

    /// The scores of the texts that begin with word `start`, which is `first`: of that word alone, of two words and so on,
    /// until it is no text any more.
    pub fn scores(&self, start: usize, first: &Word) -> impl Iterator<Item = i32> + '_ {
        let spoken = first.has_letters() && first.letter.is_none() || first.is_marks();
        let (before, ends) = self.0.get(start..).and_then(<[i32]>::split_first).unwrap_or((&0, &[]));
        let before = before - crossing(first) - 2;
        let ends = if spoken { ends } else { &[] };
        ends.iter().map(move |end| end - before).take_while(|score| *score > -30)
    }
}

/// `$0.0001` before `par value` or `per share` is a part of a title.
fn is_par_value(word: &Word, next: Option<&Word>) -> bool {
    let text = |w: &Word| w.gap != Break::Cell && w.text.len() > 1 && w.text.starts_with(char::is_lowercase);
    word.number.is_some_and(|n| n.decimals > 0) && next.is_some_and(text)
}

/// What the border before a word costs a text that crosses it.
fn crossing(word: &Word) -> i32 {
    match (word.gap, word.is_marks(), word.hint) {
        (Break::Blank | Break::Line, ..) => 0,
        (Break::Cell, true, _) => 1,
        (Break::Cell, false, Some(_)) => 12,
        (Break::Cell, false, None) => 6,
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

    /// The same as [`typed`] by the last words, which are marks, and those before them.
    fn plain(col: Col, run: &[Word]) -> Option<i32> {
        let marks = run.iter().rev().take_while(|w| w.is_marks()).count();
        let (core, marks) = run.split_at(run.len() - marks);
        let crossed = run.iter().skip(1).filter(|w| w.gap == Break::Cell).count();
        let (penalty, extra) = (2 * i32::try_from(crossed).unwrap(), i32::try_from(marks.len()).unwrap());
        match core {
            [] => marks_only(col).map(|score| score - penalty - (extra - 1)),
            core => core_score(col, core).map(|score| score + extra.min(2) - penalty),
        }
    }

    #[test]
    fn a_value_is_a_core_and_the_marks_behind_it() {
        const WORDS: [&str; 10] =
            ["(1)", "$", "30.77", "11,733", ",", "D", "|", "05/06/2013", "Immed.", "Stock"];
        const COLUMNS: [Col; 5] = [Col::Date, Col::Expiration, Col::Ownership, Col::Owned, Col::Price];
        for n in 0..WORDS.len().pow(4) {
            let picks = (0..4).map(|at| WORDS[n / WORDS.len().pow(at) % WORDS.len()]);
            let gap = |at: usize| if (n + at).is_multiple_of(3) { Break::Cell } else { Break::Blank };
            let run: Vec<Word> = picks.enumerate().map(|(at, raw)| Word::new(raw, gap(at), 0, 1)).collect();
            for (col, run) in COLUMNS.iter().flat_map(|col| (1..=4).map(|len| (*col, &run[..len]))) {
                assert_eq!(typed(col, run), plain(col, run), "{col:?} {run:?}");
            }
        }
    }

    #[test]
    fn a_text_scores_its_words_and_the_borders_among_them() {
        let scores = |text: &str, start: usize| {
            let words = words(text);
            Texts::new(&words).scores(start, &words[start]).collect::<Vec<_>>()
        };
        assert_eq!(scores("Class A Stock", 0), [4 + 2, 4 + 2 - 2 - 6, 4 + 2 - 2 + 4 - 12]);
        assert_eq!(scores("Class A Stock", 2), [4 + 2]);
        assert!(scores("Class A Stock", 1).is_empty());
        assert_eq!(scores("See (1) 05/06/2013 Note", 0), [4 + 2, 4 + 2 + 1 - 1]);
    }
}
