//! What a made archive holds, as a person reads it.

use crate::grid::{Grid, Heading};
use crate::paint::Paint;
use crate::sums::{breakdown, folded, sorted, sum};
use crate::units::{bytes, counted};
use section16::synth::{Options, Summary};

/// The counts of the archive and where it lies.
pub fn synth_text(summary: &Summary, options: &Options, paint: Paint) -> String {
    let others: u64 = summary.other_forms.values().sum();
    let lines = [
        ("", "entries", summary.entries, "submissions, bare documents, and what is neither"),
        ("=", "filings", summary.filings, "Forms 3, 4 and 5 and their amendments, each counted once"),
        ("+", "duplicates", summary.duplicates, "further copies of those filings"),
        ("+", "other forms", others, "to be passed over"),
        ("+", "corrections", summary.corrections, "of headers, without a filing"),
        ("+", "rejects", summary.rejects.values().sum(), "broken or unreadable on purpose"),
    ];
    let sections = [
        sum("Entries", &lines, paint),
        breakdown("Filings", &sorted(pairs(&summary.forms)), paint),
        breakdown("Rejects", &sorted(pairs(&summary.rejects)), paint),
        breakdown("Other forms", &folded(sorted(pairs(&summary.other_forms).map(other_name))), paint),
        places(summary, options),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

fn pairs<S: AsRef<str>>(counts: &std::collections::BTreeMap<S, u64>) -> impl Iterator<Item = (&S, u64)> {
    counts.iter().map(|(name, n)| (name, *n))
}

/// Files that are no submissions have no form type.
fn other_name((form, n): (&String, u64)) -> (&str, u64) {
    (if form.is_empty() { "(no submission)" } else { form.as_str() }, n)
}

fn places(summary: &Summary, options: &Options) -> String {
    let mut grid = Grid::new(&[Heading::left(""), Heading::left("")]);
    let files = counted(summary.files, "file");
    let size = bytes(summary.bytes);
    grid.row(["wrote", &format!("{files} ({size} before compression) to {}", options.output.display())]);
    if let Some(truth) = &options.truth {
        grid.row(["truth", &truth.display().to_string()]);
    }
    grid.render(usize::MAX, 0, Paint::new(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden() {
        let summary = Summary {
            entries: 1111,
            filings: 1000,
            duplicates: 50,
            other_forms: [("8-K".to_owned(), 49), (String::new(), 2)].into(),
            corrections: 3,
            rejects: [("no-document", 7)].into(),
            forms: [("4", 900), ("3", 100)].into(),
            bytes: 12_345_678,
            files: 42,
            ..Summary::default()
        };
        let options =
            Options { output: "made".into(), truth: Some("truth.jsonl".into()), ..Options::default() };
        let golden = "\
Entries
     entries      1,111  submissions, bare documents, and what is neither
  =  filings      1,000  Forms 3, 4 and 5 and their amendments, each counted once
  +  duplicates      50  further copies of those filings
  +  other forms     51  to be passed over
  +  corrections      3  of headers, without a filing
  +  rejects          7  broken or unreadable on purpose

Filings (1,000)
  4  900
  3  100

Rejects (7)
  no-document  7

Other forms (51)
  8-K              49
  (no submission)   2

wrote  42 files (12.3 MB before compression) to made
truth  truth.jsonl
";
        assert_eq!(synth_text(&summary, &options, Paint::new(false)), golden);
    }
}
