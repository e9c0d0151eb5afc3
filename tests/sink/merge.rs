//! Whatever the budget, the threads and the order of arrival: the same bytes, and the rows that a slow version gives.

use crate::expected::{self, Copy, Rejected};
use crate::{read, sample};
use proptest::prelude::*;
use section16::batch::Builders;
use section16::model::{Code, Date, Diagnostic, FilingId, FormType, OriginBuf, SourceFormat, Table};
use section16::sink::{Layout, Options, Sink, Written};
use section16::{Reason, Reject};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// How rows come to the sink.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    pub memory: usize,
    pub threads: usize,
    /// Filings of a batch.
    pub batch: usize,
    pub reversed: bool,
}

pub const AT_ONCE: Arrival = Arrival { memory: 128 << 20, threads: 1, batch: usize::MAX, reversed: false };

pub fn write(out: &Path, copies: &[Copy], rejects: &[Rejected], layout: Layout, arrival: Arrival) -> Written {
    let options = Options { layout, memory: arrival.memory, ..Options::default() };
    let sink = Sink::create(out, options).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arrival.threads).build().unwrap();
    let mut numbers: Vec<usize> = (0..copies.len().max(rejects.len())).collect();
    if arrival.reversed {
        numbers.reverse();
    }
    pool.scope(|scope| {
        for part in numbers.chunks(arrival.batch) {
            let sink = &sink;
            scope.spawn(move |_| {
                let mut builders = Builders::new();
                for &number in part {
                    if let Some((filing, origin)) = copies.get(number) {
                        builders.append(filing, &origin.as_origin(), number as u64).unwrap();
                    }
                    if let Some((reject, origin)) = rejects.get(number) {
                        builders.append_reject(reject, &origin.as_origin());
                    }
                }
                sink.append(builders.finish().unwrap()).unwrap();
            });
        }
    });
    let told = AtomicU64::new(0);
    let watch = |rows| {
        told.fetch_add(rows, Ordering::Relaxed);
        ControlFlow::Continue(())
    };
    let written = sink.finish(&pool, &watch).unwrap();
    assert_eq!(told.into_inner(), written.tables.iter().map(|t| t.rows).sum::<u64>());
    written
}

fn origin(path: u8, entry: u64, offset: u64) -> OriginBuf {
    let member = path.is_multiple_of(2).then(|| format!("member-{entry}.txt"));
    OriginBuf { path: format!("in/{path:02}.tar.gz"), entry, member, offset, bytes: 1000 }
}

/// A diagnostic on a date.
fn diagnostic(raw: String) -> Diagnostic<'static> {
    Diagnostic::new(Code::DateUnreadable, "the text is no date")
        .on(Table::Transactions, Some(0), "transaction_date")
        .raw(raw)
}

prop_compose! {
    fn copy()(
        number in 0u64..12, is_digest: bool, issuer in prop::option::of(0u64..4),
        date in prop::option::of(0u16..3), format in 0usize..4, rows in 0usize..4, text in 0usize..40,
        diagnostics in 0usize..3, path in 0u8..3, entry in 0u64..4, offset in 0u64..1000,
    ) -> Copy {
        let mut filing = sample::form4(number, issuer.unwrap_or(0));
        if is_digest {
            (filing.id, filing.accession_number) = (FilingId::Digest(number << 60 | number), None);
        }
        filing.issuer_cik = issuer.map(|n| sample::cik(1_000_000_007 * n + 1));
        filing.filing_date = date.and_then(|year| Date::from_ymd(2000 + year, 6, 30));
        filing.source_format =
            [SourceFormat::Xml, SourceFormat::Xml2003, SourceFormat::Html, SourceFormat::Text][format];
        filing.rows.truncate(rows);
        filing.remarks = (text > 0).then(|| "é".repeat(text).into());
        filing.footnotes.truncate(rows);
        filing.diagnostics = (0..diagnostics).map(|n| diagnostic(format!("{n}-{text}"))).collect();
        (filing, origin(path, entry, offset))
    }
}

prop_compose! {
    fn rejected()(
        path in 0u8..3, entry in 0u64..3, offset in 0u64..3, inner in 0u64..3,
        reason in 0..Reason::ALL.len(), message in 0u8..2,
    ) -> Rejected {
        let reject = Reject::new(Reason::ALL[reason], format!("message {message}")).at(inner);
        (reject, origin(path, entry, offset))
    }
}

fn layouts() -> impl Strategy<Value = Layout> {
    prop_oneof![Just(Layout::Issuer), Just(Layout::IssuerBucket(3)), Just(Layout::Year), Just(Layout::None)]
}

prop_compose! {
    fn arrivals()(
        memory in prop_oneof![Just(0usize), Just(64 << 10), Just(1 << 30)], threads in 1usize..=4,
        batch in 1usize..20, reversed: bool,
    ) -> Arrival {
        Arrival { memory, threads, batch, reversed }
    }
}

/// No two copies come from one place.
fn places_differ(copies: &mut [Copy]) {
    for (number, (_, origin)) in copies.iter_mut().enumerate() {
        origin.offset = origin.offset * 1000 + number as u64;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn the_files_are_those_of_a_slow_version(
        mut copies in prop::collection::vec(copy(), 0..40),
        rejects in prop::collection::vec(rejected(), 0..12),
        layout in layouts(),
        arrival in arrivals(),
    ) {
        places_differ(&mut copies);
        let folder = read::temporary_folder();
        let (plain, other) = (folder.path().join("plain"), folder.path().join("other"));
        let written = write(&plain, &copies, &rejects, layout, AT_ONCE);
        let expected = expected::data_set(&copies, &rejects, layout);
        prop_assert_eq!(&read::data_set(&plain), &expected);
        check_written(&written, &expected, copies.len(), &plain)?;

        let other_written = write(&other, &copies, &rejects, layout, arrival);
        prop_assert_eq!(written, other_written);
        prop_assert!(read::bytes(&plain) == read::bytes(&other), "{:?} gave other bytes", arrival);
    }
}

fn check_written(
    written: &Written,
    expected: &read::DataSet,
    copies: usize,
    out: &Path,
) -> Result<(), TestCaseError> {
    let bytes = read::bytes(out);
    for table in Table::ALL {
        let of_table = written.table(table).unwrap();
        let files: Vec<_> = expected.iter().filter(|((t, _), _)| *t == table).collect();
        prop_assert_eq!(of_table.files, files.len() as u64);
        prop_assert_eq!(of_table.rows, files.iter().map(|(_, rows)| rows.num_rows() as u64).sum::<u64>());
        let prefix = format!("{}/", table.as_str());
        let size = bytes.iter().filter(|(path, _)| path.starts_with(&prefix)).map(|(_, b)| b.len() as u64);
        prop_assert_eq!(of_table.bytes, size.sum::<u64>());
    }
    let filings = written.table(Table::Filings).unwrap();
    prop_assert_eq!(written.duplicates, copies as u64 - filings.rows);
    prop_assert_eq!(written.partitions, if filings.rows == 0 { 0 } else { filings.files });
    prop_assert_eq!(written.filings_by_form.get(&Some(FormType::Four)).copied().unwrap_or(0), filings.rows);
    let sum = |counts: u64, table| (counts, written.table(table).unwrap().rows);
    let (codes, rows) = sum(written.diagnostics_by_code.values().sum(), Table::Diagnostics);
    prop_assert_eq!(codes, rows);
    let (reasons, rows) = sum(written.rejects_by_code.values().sum(), Table::Rejects);
    prop_assert_eq!(reasons, rows);
    prop_assert_eq!(written.files(), bytes.len() as u64 - 3);
    Ok(())
}

#[test]
fn many_runs_of_many_blocks_are_merged() {
    let copies: Vec<Copy> = (0..2_600)
        .map(|n| (sample::form4(n * 7919 % 2_600, n % 3), origin(0, n, 0)))
        .chain((0..260).map(|n| (sample::form4(n * 10, 5), origin(1, n, 0))))
        .collect();
    let folder = read::temporary_folder();
    let (plain, other) = (folder.path().join("plain"), folder.path().join("other"));
    let written = write(&plain, &copies, &[], Layout::None, AT_ONCE);
    assert_eq!(written.duplicates, 260);
    assert_eq!(read::data_set(&plain), expected::data_set(&copies, &[], Layout::None));
    let arrival = Arrival { memory: 512 << 10, threads: 3, batch: 100, reversed: true };
    assert_eq!(write(&other, &copies, &[], Layout::None, arrival), written);
    assert!(read::bytes(&plain) == read::bytes(&other));
}

/// The copies of one filing differ in their rank, their place and their issuer.
#[test]
fn one_copy_of_a_filing_is_kept_with_all_its_rows() {
    let copy = |format, issuer, path, entry, offset| {
        let mut filing = sample::form4(1, issuer);
        filing.source_format = format;
        filing.diagnostics.push(diagnostic(issuer.to_string()));
        (filing, origin(path, entry, offset))
    };
    use SourceFormat::{Html, Text, Xml, Xml2003};
    let cases: [(Vec<Copy>, &str); 4] = [
        (vec![copy(Text, 1, 0, 0, 0), copy(Html, 2, 1, 0, 0), copy(Xml, 3, 2, 9, 9)], "0000000003"),
        (vec![copy(Xml, 1, 2, 0, 0), copy(Xml2003, 2, 1, 7, 7), copy(Html, 3, 0, 0, 0)], "0000000002"),
        (vec![copy(Html, 1, 1, 2, 0), copy(Html, 2, 1, 1, 5), copy(Text, 3, 0, 0, 0)], "0000000002"),
        (vec![copy(Text, 1, 1, 1, 4), copy(Text, 2, 1, 1, 5), copy(Text, 3, 1, 2, 0)], "0000000001"),
    ];
    for (copies, kept) in cases {
        let folder = read::temporary_folder();
        let arrival = Arrival { memory: 0, batch: 1, ..AT_ONCE };
        let written = write(folder.path(), &copies, &[], Layout::Issuer, arrival);
        assert_eq!((written.duplicates, written.partitions), (2, 1));
        let partitions: BTreeMap<_, _> = read::data_set(folder.path())
            .into_iter()
            .filter(|(_, rows)| rows.num_rows() > 0)
            .map(|((table, partition), rows)| (table, (partition, rows.num_rows())))
            .collect();
        let issuer = Some(format!("issuer={kept}"));
        assert_eq!(partitions[&Table::Filings], (issuer.clone(), 1));
        assert_eq!(partitions[&Table::Transactions], (issuer, 2));
        assert_eq!(partitions[&Table::Diagnostics], (None, 1));
    }
}
