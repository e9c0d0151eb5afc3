//! How often each word stands in a print that was cut or recognised in a picture.

use super::lines::Line;
use memchr::memmem;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::{Cell, OnceCell};

/// How many words are looked for one by one; from then on all words are counted.
const FEW: usize = 32;

/// The words of some lines. Most prints ask for none or a few of them, which are looked for in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary<'p> {
    lines: &'p [Line],
    looked_for: Cell<usize>,
    text: OnceCell<String>,
    counts: OnceCell<FxHashMap<&'p [u8], usize>>,
}

impl<'p> Vocabulary<'p> {
    /// The words of these lines.
    pub fn new(lines: &'p [Line]) -> Self {
        Self { lines, ..Self::default() }
    }

    /// Whether a word of letters, which has two bytes or more, stands there so many `times` at least.
    pub fn has(&self, word: &str, times: usize) -> bool {
        if self.looked_for.get() < FEW {
            self.looked_for.update(|n| n + 1);
            let text = self.text.get_or_init(|| joined(self.lines));
            word.len() > 1 && places(text, word).take(times).count() == times
        } else {
            let counts = self.counts.get_or_init(|| counted(self.lines));
            counts.get(word.as_bytes()).is_some_and(|count| *count >= times)
        }
    }
}

/// The texts of all cells that may hold a word, a line for each.
fn joined(lines: &[Line]) -> String {
    let texts = || lines.iter().flat_map(|line| &line.cells).map(|c| &c.text).filter(|text| text.len() > 1);
    let mut out = String::with_capacity(texts().map(|text| text.len() + 1).sum());
    for text in texts() {
        out.push_str(text);
        out.push('\n');
    }
    out
}

/// Where a word of letters stands in a text with no letter beside it.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let found = memmem::find_iter(text.as_bytes(), word.as_bytes());
    found.filter(move |&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        ![before, behind].into_iter().flatten().any(char::is_alphabetic)
    })
}

fn counted(lines: &[Line]) -> FxHashMap<&[u8], usize> {
    // In a form nearly every second cell has a word of its own.
    let cells = lines.iter().map(|line| line.cells.len()).sum::<usize>();
    let mut out = FxHashMap::with_capacity_and_hasher(cells / 2, FxBuildHasher);
    let mut count = |word| *out.entry(word).or_default() += 1;
    for text in lines.iter().flat_map(|line| &line.cells).map(|cell| &cell.text).filter(|text| text.len() > 1)
    {
        if text.is_ascii() {
            let words = text.as_bytes().split(|b| !b.is_ascii_alphabetic());
            words.filter(|word| word.len() > 1).for_each(&mut count);
        } else {
            let words = text.split(|c: char| !c.is_alphabetic()).map(str::as_bytes);
            words.filter(|word| word.len() > 1).for_each(&mut count);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_runs_of_letters() {
        let lines = lines("Elm-Fund (Elm)\tElms 2nd\nÉlan Élan élan2 I");
        let words = Vocabulary::new(&lines);
        // The same whether a word is looked for or counted.
        for _ in 0..FEW {
            let counts = ["Elm", "Elms", "nd", "Élan", "élan", "lan", "elm", "2"].map(|word| {
                let times = (1..9).find(|times| !words.has(word, *times));
                times.unwrap() - 1
            });
            assert_eq!(counts, [2, 1, 1, 2, 1, 0, 0, 0]);
        }
        assert!(!Vocabulary::default().has("Elm", 1));
    }

    proptest! {
        #[test]
        fn a_word_is_found_as_often_as_it_counts(text in "[aAé \t1]{0,40}", word in "[aAé]{1,3}", times in 1usize..4) {
            let lines = lines(&text);
            let words = Vocabulary::new(&lines);
            let counted = counted(&lines).get(word.as_bytes()).copied().unwrap_or_default();
            prop_assert_eq!(words.has(&word, times), counted >= times);
        }
    }
}
