//! A whole submission to a filing, for each format that filings come in: envelope, header, document, merge.
//!
//! Beside XML and HTML, what quick-xml takes for its events alone, which is nothing yet of a filing. Elements are filings.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "support/archive.rs"]
mod archive;
#[path = "support/cpu_time.rs"]
mod cpu_time;
#[path = "support/entries.rs"]
mod entries;

use cpu_time::{CpuTime, quick};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use section16::model::SourceFormat;
use section16::parse::envelope::pieces;
use section16::parse::submission::{Context, Outcome, read};
use section16::parse::{Filter, Limits};
use section16::source::Body;
use section16::synth::Container;
use std::hint::black_box;

const FILINGS: u64 = 1_000;

/// Reads the pieces of an entry and says of which format the filing in it is.
fn format(entry: &[u8], filter: &Filter) -> Option<SourceFormat> {
    let context = Context { path_accession: None, path_cik: None, filter, limits: Limits::default() };
    let formats = pieces(entry).filter_map(|piece| match black_box(read(&piece, &context)) {
        Outcome::Filing(filing) => Some(filing.source_format),
        _ => None,
    });
    formats.last()
}

/// Entries that hold a filing of this format.
fn submissions(of: SourceFormat) -> Vec<Vec<u8>> {
    let folder = archive::make(Container::TarGz, FILINGS, if of == SourceFormat::Xml { 0.0 } else { 1.0 });
    let mut entries = Vec::new();
    entries::show(folder.path(), &mut |body| {
        if let Body::Bytes(bytes) = body
            && format(bytes, &Filter::default()) == Some(of)
        {
            entries.push(bytes.to_vec());
        }
    });
    entries
}

fn quick_xml_events(document: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(document);
    let settings = reader.config_mut();
    settings.check_end_names = false;
    settings.allow_unmatched_ends = true;
    settings.allow_dangling_amp = true;
    let mut count = 0;
    while !matches!(reader.read_event(), Ok(quick_xml::events::Event::Eof) | Err(_)) {
        count += 1;
    }
    count
}

/// What stands between these two, as far as it is there.
fn between<'e>(entry: &'e [u8], begin: &[u8], end: &[u8]) -> &'e [u8] {
    let find = |text: &[u8], what: &[u8]| text.windows(what.len()).position(|window| window == what);
    let Some(start) = find(entry, begin) else { return entry };
    let rest = &entry[start..];
    &rest[..find(rest, end).map_or(rest.len(), |at| at + end.len())]
}

fn bench(criterion: &mut Criterion<CpuTime>) {
    let filter = Filter::default();
    let tags: [(SourceFormat, Option<[&[u8]; 2]>); 3] = [
        (SourceFormat::Xml, Some([b"<ownershipDocument", b"</ownershipDocument>"])),
        (SourceFormat::Html, Some([b"<HTML", b"</HTML>"])),
        (SourceFormat::Text, None),
    ];
    for (of, tags) in tags {
        let entries = submissions(of);
        let mut group = criterion.benchmark_group(of.as_str());
        let (elements, sum) = (entries.len() as u64, entries.iter().map(Vec::len).sum::<usize>());
        group.throughput(Throughput::ElementsAndBytes { elements, bytes: sum as u64 });
        group.bench_function("submission to filing", |b| {
            b.iter(|| entries.iter().filter_map(|entry| format(black_box(entry), &filter)).count());
        });
        if let Some([begin, end]) = tags {
            let documents: Vec<&[u8]> = entries.iter().map(|entry| between(entry, begin, end)).collect();
            let bytes = documents.iter().map(|document| document.len() as u64).sum();
            group.throughput(Throughput::ElementsAndBytes { elements, bytes });
            group.bench_function("quick-xml, events of the documents alone", |b| {
                b.iter(|| {
                    documents.iter().map(|document| quick_xml_events(black_box(document))).sum::<usize>()
                });
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = quick();
    targets = bench
}
criterion_main!(benches);
