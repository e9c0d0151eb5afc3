//! Counts that add up, and what they are made of.

use crate::grid::{Grid, Heading};
use crate::paint::Paint;
use crate::units::{count, counted};

/// One line of a sum: its sign, its name, the count, and what it means.
pub type Line = (&'static str, &'static str, u64, &'static str);

/// Counts by name.
pub type Counts = Vec<(String, u64)>;

/// Names beyond these are told as one sum where there may be many.
const SHOWN: usize = 12;

/// A whole and its parts, each with its sign, so that a person sees that they add up.
pub fn sum(title: &str, lines: &[Line], paint: Paint) -> String {
    let mut grid = Grid::new(&[Heading::right(""), Heading::left(""), Heading::right(""), Heading::text("")]);
    for (sign, name, n, meaning) in lines {
        grid.row([sign, name, count(*n).as_str(), meaning]);
    }
    format!("{}\n{}", paint.bold(title), grid.render(usize::MAX, 2, paint))
}

/// The counts, largest first; equal ones by name.
pub fn sorted<S: AsRef<str>>(counts: impl IntoIterator<Item = (S, u64)>) -> Counts {
    let mut counts: Counts = counts.into_iter().map(|(name, n)| (name.as_ref().to_owned(), n)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// The same with the small ones told as one sum, where there are many.
pub fn folded(mut counts: Counts) -> Counts {
    if counts.len() > SHOWN + 1 {
        let rest = counts.split_off(SHOWN);
        counts.push((counted(rest.len() as u64, "other type"), rest.iter().map(|(_, n)| n).sum()));
    }
    counts
}

/// What a count is made of; nothing where there is nothing.
pub fn breakdown(title: &str, counts: &Counts, paint: Paint) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let total = counts.iter().map(|(_, n)| n).sum();
    let mut grid = Grid::new(&[Heading::left(""), Heading::right("")]);
    for (name, n) in counts {
        grid.row([name.as_str(), &count(*n)]);
    }
    format!("{} ({})\n{}", paint.bold(title), count(total), grid.render(usize::MAX, 2, paint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_aligned() {
        let lines = [("", "all", 1200, "of it"), ("=", "one", 1000, "first"), ("+", "other", 200, "second")];
        let golden = "\
Sum
     all    1,200  of it
  =  one    1,000  first
  +  other    200  second
";
        assert_eq!(sum("Sum", &lines, Paint::new(false)), golden);
    }

    #[test]
    fn largest_first_then_by_name() {
        let counts = sorted([("b", 1), ("a", 1), ("c", 2)]);
        assert_eq!(counts, [("c".to_owned(), 2), ("a".to_owned(), 1), ("b".to_owned(), 1)]);
        let golden = "Letters (4)\n  c  2\n  a  1\n  b  1\n";
        assert_eq!(breakdown("Letters", &counts, Paint::new(false)), golden);
        assert_eq!(breakdown("Letters", &Vec::new(), Paint::new(false)), "");
    }

    #[test]
    fn many_names_are_folded_without_losing_any() {
        let folded = folded(sorted((1..=20).map(|n| (format!("F-{n:02}"), n))));
        assert_eq!(folded.len(), SHOWN + 1);
        assert_eq!(folded[0], ("F-20".to_owned(), 20));
        assert_eq!(folded[SHOWN], ("8 other types".to_owned(), 36));
        assert_eq!(folded.iter().map(|(_, n)| n).sum::<u64>(), 210);
    }

    #[test]
    fn a_single_name_too_many_is_not_folded() {
        let folded = folded(sorted((0..=SHOWN).map(|n| (format!("F-{n:02}"), 1))));
        assert_eq!(folded.last().map(|(name, n)| (name.as_str(), *n)), Some(("F-12", 1)));
    }
}
