//! Which column of a form each drawn column is, by the words of its headings.

use super::lines::Line;
use super::schema::{Col, Side, Which};
use super::squeeze::squeeze;

/// A drawn column: what it holds, and the side that its place stands for.
pub(super) type Place = Option<(Col, Option<Side>)>;

/// What leaving out a column costs that every edition prints.
const MISSING: i32 = -1;
/// What a column costs that is none of the form's.
const STRANGE: i32 = -2;

/// The columns of every edition in their order; an edition prints the number acquired or disposed of with a letter beside
/// it or as two columns.
const ONE: &[(Col, Option<Side>)] = &[
    (Col::Title, None),
    (Col::Date, None),
    (Col::Deemed, None),
    (Col::Code, None),
    (Col::Timeliness, None),
    (Col::Amount, None),
    (Col::AcquiredDisposed, None),
    (Col::Price, None),
    (Col::Owned, None),
    (Col::Ownership, None),
    (Col::Nature, None),
];

const TWO: &[(Col, Option<Side>)] = &[
    (Col::Title, None),
    (Col::Conversion, None),
    (Col::Date, None),
    (Col::Deemed, None),
    (Col::Code, None),
    (Col::Timeliness, None),
    (Col::Amount, Some(Side::Acquired)),
    (Col::Amount, Some(Side::Disposed)),
    (Col::Amount, None),
    (Col::AcquiredDisposed, None),
    (Col::Exercise, None),
    (Col::Expiration, None),
    (Col::UnderlyingTitle, None),
    (Col::UnderlyingAmount, None),
    (Col::Price, None),
    (Col::Owned, None),
    (Col::Ownership, None),
    (Col::Nature, None),
];

const THREE_ONE: &[(Col, Option<Side>)] =
    &[(Col::Title, None), (Col::Owned, None), (Col::Ownership, None), (Col::Nature, None)];

const THREE_TWO: &[(Col, Option<Side>)] = &[
    (Col::Title, None),
    (Col::Exercise, None),
    (Col::Expiration, None),
    (Col::UnderlyingTitle, None),
    (Col::UnderlyingAmount, None),
    (Col::Conversion, None),
    (Col::Ownership, None),
    (Col::Nature, None),
];

/// The columns under a line of headings; `None` where fewer than half of them can be told.
pub(super) fn places(heads: &Line, which: Which, initial: bool) -> Option<Vec<Place>> {
    let slots = match (which, initial) {
        (Which::One, false) => ONE,
        (Which::Two, false) => TWO,
        (Which::One, true) => THREE_ONE,
        (Which::Two, true) => THREE_TWO,
    };
    let mut texts = vec![Heading::default(); heads.width];
    for cell in &heads.cells {
        if let Some(text) = texts.get_mut(cell.x) {
            *text = Heading::new(&cell.text);
        }
    }
    let chosen = align(&texts, slots);
    let told =
        texts.iter().zip(&chosen).filter(|(text, slot)| slot.is_some_and(|s| text.fits(s) > 0)).count();
    (told * 2 > texts.len()).then_some(chosen)
}

/// The words of a heading, squeezed, and its last line.
#[derive(Clone, Default)]
struct Heading {
    whole: String,
    last: String,
}

impl Heading {
    fn new(text: &str) -> Self {
        let mut lines = text.lines().map(squeeze).filter(|line| !line.is_empty());
        Self { whole: squeeze(text), last: lines.next_back().unwrap_or_default() }
    }

    /// How well the words speak for a column. Words may be cut at the edges of the column.
    fn fits(&self, (col, side): (Col, Option<Side>)) -> i32 {
        let has = |words: &[&str]| words.iter().any(|word| self.whole.contains(word));
        let ends = |words: &[&str]| words.contains(&self.last.as_str());
        let letter = self.whole.ends_with("ad") || self.whole.ends_with("aord");
        let fits = match (col, side) {
            (Col::Title, _) => has(&["titleof"]),
            (Col::Conversion, _) => has(&["conver", "exerciseprice"]),
            (Col::Date, _) => (ends(&["date"]) || has(&["date"])) && !has(&["exer", "expir", "deem"]),
            (Col::Deemed, _) => has(&["deem"]),
            (Col::Code, _) => has(&["code"]),
            (Col::Timeliness, _) => ends(&["v"]),
            (Col::Amount, Some(Side::Acquired)) => ends(&["a"]) && !letter,
            (Col::Amount, Some(Side::Disposed)) => ends(&["d"]) && !letter,
            (Col::Amount, None) => has(&["amount", "number"]) && !has(&["owned", "endof", "underlying"]),
            (Col::AcquiredDisposed, _) => letter,
            (Col::Exercise, _) => has(&["exercis", "exerc"]),
            (Col::Expiration, _) => has(&["expir", "ation"]),
            (Col::UnderlyingTitle, _) => has(&["title"]),
            (Col::UnderlyingAmount, _) => has(&["amount", "number", "shares"]),
            (Col::Price, _) => has(&["price"]),
            (Col::Owned, _) => has(&["owned", "endof", "benef", "following"]) && !has(&["nature", "form"]),
            (Col::Ownership, _) => has(&["direct", "ownershipform", "indir", "dori"]),
            (Col::Nature, _) => has(&["nature"]),
        };
        i32::from(fits) * 3
    }
}

/// The best way to give the headings columns in the order of the form.
fn align(texts: &[Heading], slots: &[(Col, Option<Side>)]) -> Vec<Place> {
    let wide = slots.len() + 1;
    // Best score of the first headings with the first columns, and whether the last heading took the last column.
    let mut best = vec![(i32::MIN / 2, false); (texts.len() + 1) * wide];
    for at in 0..=texts.len() {
        for slot in 0..wide {
            let score = |a: usize, s: usize| best.get(a * wide + s).map_or(i32::MIN / 2, |b| b.0);
            let mut found = if at == 0 && slot == 0 { (0, false) } else { (i32::MIN / 2, false) };
            if let Some((col, side)) = slot.checked_sub(1).and_then(|s| slots.get(s)) {
                found.0 = score(at, slot - 1) + absent(*col, *side);
                if let Some(text) = at.checked_sub(1).and_then(|a| texts.get(a)) {
                    let taken = score(at - 1, slot - 1) + text.fits((*col, *side));
                    found = if taken >= found.0 { (taken, true) } else { found };
                }
            }
            if at > 0 {
                let strange = score(at - 1, slot) + STRANGE;
                found = if strange > found.0 { (strange, false) } else { found };
            }
            if let Some(cell) = best.get_mut(at * wide + slot) {
                *cell = found;
            }
        }
    }
    trace(texts, slots, &best)
}

fn trace(texts: &[Heading], slots: &[(Col, Option<Side>)], best: &[(i32, bool)]) -> Vec<Place> {
    let wide = slots.len() + 1;
    let mut out = vec![None; texts.len()];
    let (mut at, mut slot) = (texts.len(), slots.len());
    while at > 0 {
        let (score, taken) = best.get(at * wide + slot).copied().unwrap_or_default();
        let strange = best.get((at - 1) * wide + slot).is_some_and(|b| b.0 + STRANGE == score);
        if taken && slot > 0 {
            (at, slot) = (at - 1, slot - 1);
            if let Some(place) = out.get_mut(at) {
                *place = slots.get(slot).copied();
            }
        } else if strange || slot == 0 {
            at -= 1;
        } else {
            slot -= 1;
        }
    }
    out
}

fn absent(col: Col, side: Option<Side>) -> i32 {
    let optional = matches!(col, Col::Deemed | Col::Timeliness | Col::Amount | Col::AcquiredDisposed);
    if optional || side.is_some() { 0 } else { MISSING }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::{Cell, Ruling};
    use crate::parse::rendered::signs::Signs;

    fn columns(texts: &[&str], which: Which, initial: bool) -> Vec<Col> {
        let cells = texts.iter().enumerate().map(|(x, t)| Cell { text: (*t).to_owned(), x, end: x + 1 });
        let heads =
            Line { cells: cells.collect(), ruling: Ruling::Heads, width: texts.len(), signs: Signs::ALL };
        places(&heads, which, initial).unwrap().into_iter().map(|place| place.unwrap().0).collect()
    }

    #[test]
    fn headings_that_are_cut_are_told_by_their_order() {
        let heads = [
            "1. Title of Security",
            "2.\nTrans\nDate",
            "3.\naction\nCode",
            "V",
            "4.Securities Acquired\nAmount",
            "A/\nD",
            "Price",
            "5.Amount of\nSecurities\nOwned at\nEnd of Month",
            "6.Dir\nect\n(D)or\nIndir\nect(I)",
            "7.Nature of",
        ];
        use Col::*;
        let want = [Title, Date, Code, Timeliness, Amount, AcquiredDisposed, Price, Owned, Ownership, Nature];
        assert_eq!(columns(&heads, Which::One, false), want);
    }

    #[test]
    fn the_sides_of_table_two_may_be_columns() {
        let heads = [
            "1. Title of Derivative Security",
            "2. Conversion",
            "3. Transaction Date",
            "4. Code",
            "V",
            "(A)",
            "(D)",
            "Date Exercisable",
            "Expiration Date",
            "Title",
            "Amount or Number of Shares",
            "8. Price",
            "9. Number Owned",
            "10. Ownership Form: Direct",
            "11. Nature",
        ];
        let cells = heads.iter().enumerate().map(|(x, t)| Cell { text: (*t).to_owned(), x, end: x + 1 });
        let line =
            Line { cells: cells.collect(), ruling: Ruling::Heads, width: heads.len(), signs: Signs::ALL };
        let places = places(&line, Which::Two, false).unwrap();
        assert_eq!(places[5], Some((Col::Amount, Some(Side::Acquired))));
        assert_eq!(places[6], Some((Col::Amount, Some(Side::Disposed))));
        assert_eq!(places[9], Some((Col::UnderlyingTitle, None)));
    }

    #[test]
    fn form_three_has_its_own_columns() {
        use Col::*;
        let heads = [
            "1. Title of Security",
            "2. Amount of Securities Beneficially Owned",
            "3. Ownership Form: Direct (D)",
            "4. Nature of",
        ];
        assert_eq!(columns(&heads, Which::One, true), [Title, Owned, Ownership, Nature]);
    }
}
