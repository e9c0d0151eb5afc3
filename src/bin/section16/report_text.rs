//! The report of a run as a person reads it.

use crate::grid::{Grid, Heading};
use crate::paint::Paint;
use crate::sums::{breakdown, folded, sorted, sum};
use crate::units::{byte_rate, bytes, count, counted, per_second, percent, rate, time};
use section16::model::FormType;
use section16::pipeline::{Report, TableReport};
use section16::sink::Layout;
use std::path::Path;

/// From this share of small files on, in per cent, buckets are advised.
const SMALL_SHARE: u64 = 50;
/// Fewer partitions than this are no burden, whatever their size.
const FEW_PARTITIONS: u64 = 500;
/// Issuers that a bucket of the advised number holds, or up to twice as many.
const ISSUERS_A_BUCKET: u64 = 100;

/// A finished run.
#[derive(Clone, Copy, Debug)]
pub struct Finished<'r> {
    /// What it did.
    pub report: &'r Report,
    /// Where it wrote to.
    pub output: &'r Path,
    /// How it split the tables.
    pub layout: Layout,
}

/// The report of a run, in lines of at most `width` columns where that can be.
pub fn report_text(run: Finished, width: usize, paint: Paint) -> String {
    let report = run.report;
    let sections = [
        entries(report, paint),
        breakdown(
            "Filings by form",
            &sorted(report.document_types.iter().map(|(f, n)| (form_name(*f), *n))),
            paint,
        ),
        breakdown("Rejects", &sorted(report.rejects.iter().map(|(reason, n)| (reason.as_str(), *n))), paint),
        breakdown(
            "Diagnostics",
            &sorted(report.diagnostics.iter().map(|(code, n)| (code.as_str(), *n))),
            paint,
        ),
        breakdown("Other forms", &folded(sorted(report.other_forms.iter().map(|(f, n)| (f, *n)))), paint),
        tables(report, paint),
        rates(run),
        advice(run, width, paint),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

fn form_name(form: Option<FormType>) -> &'static str {
    form.map_or("of no known type", FormType::as_str)
}

/// The sum: every entry of the input is one of these.
fn entries(report: &Report, paint: Paint) -> String {
    let lines = [
        ("", "entries", report.entries, "submissions, bare documents, and what is neither"),
        ("=", "filings", report.filings, "Forms 3, 4 and 5 and their amendments, in the tables"),
        ("+", "duplicates", report.duplicates, "further copies of those filings"),
        ("+", "held", report.held, "in the data set before"),
        ("+", "filtered", report.filtered, "filings that the options left out"),
        ("+", "other forms", report.others(), "passed over"),
        ("+", "corrections", report.corrections, "of headers, without a filing"),
        ("+", "rejects", report.rejected(), "gave no filing although they should have"),
    ];
    let lines: Vec<_> = lines.into_iter().filter(|line| line.1 != "held" || line.2 > 0).collect();
    sum("Entries", &lines, paint)
}

fn tables(report: &Report, paint: Paint) -> String {
    if report.tables.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(&[
        Heading::left("Table"),
        Heading::right("rows"),
        Heading::right("files"),
        Heading::right("size"),
    ]);
    for table in &report.tables {
        let numbers = [count(table.rows), count(table.files), bytes(table.bytes)];
        grid.row([&[table.table.as_str().to_owned()], numbers.as_slice()].concat());
    }
    let sum = |value: fn(&TableReport) -> u64| report.tables.iter().map(value).sum::<u64>();
    grid.row(["total", &count(sum(|t| t.rows)), &count(sum(|t| t.files)), &bytes(report.bytes_written())]);
    grid.render(usize::MAX, 0, paint)
}

fn rates(run: Finished) -> String {
    let Finished { report, output, .. } = run;
    let mut grid = Grid::new(&[Heading::left(""), Heading::left("")]);
    let files = counted(report.files_read, "file");
    grid.row([
        "read".to_owned(),
        format!("{files}, {} ({} decompressed)", bytes(report.bytes_read), bytes(report.bytes_decompressed)),
    ]);
    let spilled = match report.bytes_spilled {
        0 => String::new(),
        n => format!(" ({} spilled to disk on the way)", bytes(n)),
    };
    grid.row([
        "wrote".to_owned(),
        format!("{} to {}{spilled}", bytes(report.bytes_written()), output.display()),
    ]);
    let writing = report.elapsed.saturating_sub(report.reading);
    grid.row([
        "time".to_owned(),
        format!("{} (reading {}, writing {})", time(report.elapsed), time(report.reading), time(writing)),
    ]);
    let per_second = |n| per_second(n, report.elapsed);
    grid.row([
        "rate".to_owned(),
        format!(
            "{} filings/s, {} read, {} decompressed",
            rate(per_second(report.filings)),
            byte_rate(per_second(report.bytes_read)),
            byte_rate(per_second(report.bytes_decompressed)),
        ),
    ]);
    grid.render(usize::MAX, 0, Paint::new(false))
}

/// What a person may want to do next.
fn advice(run: Finished, width: usize, paint: Paint) -> String {
    let Finished { report, output, layout } = run;
    let mut grid = Grid::new(&[Heading::left(""), Heading::text("")]);
    if let Some(buckets) = buckets_advised(report, layout) {
        grid.row([
            "advice".to_owned(),
            format!(
                "{} of {} files are so small that opening them takes longer than reading them: the input has {} \
                 issuers, and each has a folder in every table. With --partition issuer-bucket={buckets} they share \
                 {buckets} folders, and a query for one issuer is still fast.",
                count(report.small_files),
                count(files(report)),
                count(report.partitions),
            ),
        ]);
    }
    if report.unknown_issuers > 0 {
        let filings = counted(report.unknown_issuers, "filing");
        let folder = if layout == Layout::Issuer { ", and they lie in issuer=unknown" } else { "" };
        let text = format!("{filings} without a known issuer: issuer_cik is null{folder}.");
        grid.row(["note".to_owned(), text]);
    }
    if report.rejected() > 0 {
        let folder = output.join("rejects");
        grid.row(["note".to_owned(), format!("{} names each reject and its reason.", folder.display())]);
    }
    grid.render(width, 0, paint)
}

fn files(report: &Report) -> u64 {
    report.tables.iter().map(|table| table.files).sum()
}

/// The number of buckets to advise, a power of two.
fn buckets_advised(report: &Report, layout: Layout) -> Option<u64> {
    let many = layout == Layout::Issuer && report.partitions >= FEW_PARTITIONS;
    let small = percent(report.small_files, files(report)) >= SMALL_SHARE;
    (many && small).then(|| (report.partitions / ISSUERS_A_BUCKET).next_power_of_two().clamp(4, 256))
}

#[cfg(test)]
mod tests {
    use super::*;
    use section16::Reason;
    use section16::model::{Code, Table};
    use std::time::Duration;

    fn report() -> Report {
        let table = |table, rows, files, bytes| TableReport { table, rows, files, bytes };
        Report {
            entries: 12_345,
            filings: 10_000,
            duplicates: 60,
            held: 40,
            other_forms: [("10-K".into(), 1200), ("8-K".into(), 1000)].into(),
            corrections: 5,
            rejects: [(Reason::HtmlForm, 30), (Reason::MalformedXml, 10)].into(),
            diagnostics: [(Code::HardWrapRejoined, 7)].into(),
            document_types: [(Some(FormType::Four), 9998), (None, 2)].into(),
            tables: vec![table(Table::Filings, 10_000, 12, 1_234_567), table(Table::Rejects, 40, 1, 9_000)],
            files_read: 3,
            bytes_read: 45_600_000,
            bytes_decompressed: 321_000_000,
            partitions: 12,
            elapsed: Duration::from_millis(2500),
            reading: Duration::from_millis(2000),
            ..Report::default()
        }
    }

    fn text(report: &Report) -> String {
        let run = Finished { report, output: Path::new("out"), layout: Layout::Issuer };
        report_text(run, 80, Paint::new(false))
    }

    #[test]
    fn golden() {
        assert!(report().adds_up());
        let golden = "\
Entries
     entries      12,345  submissions, bare documents, and what is neither
  =  filings      10,000  Forms 3, 4 and 5 and their amendments, in the tables
  +  duplicates       60  further copies of those filings
  +  held             40  in the data set before
  +  filtered          0  filings that the options left out
  +  other forms   2,200  passed over
  +  corrections       5  of headers, without a filing
  +  rejects          40  gave no filing although they should have

Filings by form (10,000)
  4                 9,998
  of no known type      2

Rejects (40)
  html-form      30
  malformed-xml  10

Diagnostics (7)
  hard-wrap-rejoined  7

Other forms (2,200)
  10-K  1,200
  8-K   1,000

Table      rows  files     size
filings  10,000     12  1.23 MB
rejects      40      1  9.00 kB
total    10,040     13  1.24 MB

read   3 files, 45.6 MB (321 MB decompressed)
wrote  1.24 MB to out
time   2.50 s (reading 2.00 s, writing 0.50 s)
rate   4,000 filings/s, 18.2 MB/s read, 128 MB/s decompressed

note  out/rejects names each reject and its reason.
";
        assert_eq!(text(&report()), golden);
    }

    #[test]
    fn advises_buckets_where_many_issuers_have_small_files() {
        let with = |partitions, small_files| Report { partitions, small_files, ..report() };
        let advised = |report: &Report| buckets_advised(report, Layout::Issuer);
        assert_eq!(advised(&with(12, 13)), None);
        assert_eq!(advised(&with(5000, 6)), None);
        assert_eq!(advised(&with(5000, 7)), Some(64));
        assert_eq!(advised(&with(1_000_000, 13)), Some(256));
        assert_eq!(buckets_advised(&with(5000, 13), Layout::IssuerBucket(5000)), None);
    }

    #[test]
    fn advice_gives_the_reason() {
        let report = Report { partitions: 5000, small_files: 12, unknown_issuers: 1, ..report() };
        let text = text(&report);
        assert!(text.contains("advice  12 of 13 files are so small"), "{text}");
        assert!(text.contains("--partition issuer-bucket=64"), "{text}");
        assert!(text.contains("note    1 filing without a known issuer"), "{text}");
    }

    #[test]
    fn nothing_to_say_says_nothing() {
        let text = text(&Report { rejects: [].into(), ..Report::default() });
        assert!(!text.contains("Rejects (") && !text.contains("note"), "{text}");
    }
}
