//! How often each word stands in a print that was cut or recognised in a picture.

use super::lines::Line;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::OnceCell;

/// The words of some lines, counted when the first is asked for: most prints need none.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary<'p> {
    lines: &'p [Line],
    counts: OnceCell<FxHashMap<&'p [u8], usize>>,
}

impl<'p> Vocabulary<'p> {
    /// The words of these lines.
    pub fn new(lines: &'p [Line]) -> Self {
        Self { lines, counts: OnceCell::new() }
    }

    /// How often a word of letters stands there, which has two bytes or more.
    pub fn count(&self, word: &str) -> usize {
        let counts = self.counts.get_or_init(|| counted(self.lines));
        counts.get(word.as_bytes()).copied().unwrap_or_default()
    }
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

    #[test]
    fn words_are_runs_of_letters() {
        let lines = lines("Elm-Fund (Elm)\tElms 2nd\nÉlan Élan élan2 I");
        let words = Vocabulary::new(&lines);
        let counts = ["Elm", "Elms", "nd", "Élan", "élan", "lan", "elm", "2"].map(|word| words.count(word));
        assert_eq!(counts, [2, 1, 1, 2, 1, 0, 0, 0]);
        assert_eq!(Vocabulary::default().count("Elm"), 0);
    }
}
