//! What a small Parquet file costs: 22 rows of 34 columns, written to memory by each interface of the parquet crate, from the
//! highest to the lowest; and what the file system takes to make it a file.
//!
//! Elements are files. The last case of each group is the least that can be had.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/cpu_time.rs"]
mod cpu_time;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int32Array, RecordBatch, StringArray,
};
use cpu_time::{CpuTime, quick};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::TypePtr;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const ROWS: usize = 22;
/// Files of one measurement of the file system, each in a folder of its own.
const FILES: usize = 500;

/// Rows as those of one issuer: keys that repeat, text, decimals, dates and flags, a third of them null.
fn rows() -> RecordBatch {
    let some = |column: usize, row: usize| column < 4 || !(row + column).is_multiple_of(3);
    let value = |column: usize, row: usize| if column < 4 { column } else { 31 * row + column };
    let text = |c: usize| {
        let text = |r: usize| some(c, r).then(|| format!("Invented text {:010}", value(c, r)));
        Arc::new((0..ROWS).map(text).collect::<StringArray>()) as ArrayRef
    };
    let decimal = |c: usize| {
        let values = (0..ROWS).map(|r| some(c, r).then(|| value(c, r) as i128 * 1_250_000));
        Arc::new(values.collect::<Decimal128Array>().with_precision_and_scale(18, 6).unwrap()) as ArrayRef
    };
    let date = |c: usize| {
        Arc::new((0..ROWS).map(|r| some(c, r).then(|| 19_000 + value(c, r) as i32)).collect::<Date32Array>())
            as ArrayRef
    };
    let flag = |c: usize| {
        Arc::new((0..ROWS).map(|r| some(c, r).then_some(r % 2 == 0)).collect::<BooleanArray>()) as ArrayRef
    };
    let number = |c: usize| {
        Arc::new((0..ROWS).map(|r| some(c, r).then_some(r as i32)).collect::<Int32Array>()) as ArrayRef
    };
    let columns = (0..34).map(|c| match c {
        0..14 => text(c),
        14..22 => decimal(c),
        22..28 => date(c),
        28..32 => flag(c),
        _ => number(c),
    });
    RecordBatch::try_from_iter_with_nullable(
        columns.enumerate().map(|(n, c)| (format!("column_{n}"), c, true)),
    )
    .unwrap()
}

/// Few bytes around the values: no dictionary, no index.
fn lean(codec: Compression, statistics: EnabledStatistics) -> WriterPropertiesPtr {
    let properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(codec)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(statistics)
        .set_offset_index_disabled(true);
    properties.build().into()
}

/// The highest interface: one call a batch.
fn arrow_writer(rows: &RecordBatch, options: ArrowWriterOptions, out: &mut Vec<u8>) {
    out.clear();
    let mut writer = ArrowWriter::try_new_with_options(out, rows.schema(), options).unwrap();
    writer.write(rows).unwrap();
    writer.close().unwrap();
}

/// What is made once for all files.
struct Format {
    schema: TypePtr,
    properties: WriterPropertiesPtr,
    columns: ArrowRowGroupWriterFactory,
}

impl Format {
    fn new(rows: &RecordBatch, properties: WriterPropertiesPtr) -> Self {
        let schema = ArrowSchemaConverter::new().convert(&rows.schema()).unwrap().root_schema_ptr();
        let writer = SerializedFileWriter::new(std::io::sink(), schema.clone(), properties.clone()).unwrap();
        let columns = ArrowRowGroupWriterFactory::new(&writer, rows.schema());
        Self { schema, properties, columns }
    }
}

/// The middle: a file writer, and a writer of Arrow arrays for each column. So does section16.
fn column_writers(rows: &RecordBatch, format: &Format, out: &mut Vec<u8>) {
    out.clear();
    let mut file = SerializedFileWriter::new(out, format.schema.clone(), format.properties.clone()).unwrap();
    let mut columns = format.columns.create_column_writers(0).unwrap();
    for ((field, array), column) in rows.schema_ref().fields().iter().zip(rows.columns()).zip(&mut columns) {
        for leaf in compute_leaves(field, array).unwrap() {
            column.write(&leaf).unwrap();
        }
    }
    let mut group = file.next_row_group().unwrap();
    for column in columns {
        column.close().unwrap().append_to_row_group(&mut group).unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
}

/// The values of a column as Parquet's own types, and which rows have one.
struct Plain {
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Long(Vec<i64>),
    Int(Vec<i32>),
    Flag(Vec<bool>),
}

fn plain(array: &ArrayRef) -> Plain {
    let any = array.as_any();
    let values = if let Some(array) = any.downcast_ref::<StringArray>() {
        Values::Text(array.iter().flatten().map(ByteArray::from).collect())
    } else if let Some(array) = any.downcast_ref::<Decimal128Array>() {
        Values::Long(array.iter().flatten().map(|value| value as i64).collect())
    } else if let Some(array) = any.downcast_ref::<Date32Array>() {
        Values::Int(array.iter().flatten().collect())
    } else if let Some(array) = any.downcast_ref::<BooleanArray>() {
        Values::Flag(array.iter().flatten().collect())
    } else {
        Values::Int(any.downcast_ref::<Int32Array>().unwrap().iter().flatten().collect())
    };
    Plain { levels: (0..array.len()).map(|row| i16::from(array.is_valid(row))).collect(), values }
}

/// The lowest: values and levels, ready made, straight to the writers of Parquet's types.
fn typed_writers(columns: &[Plain], format: &Format, out: &mut Vec<u8>) {
    out.clear();
    let mut file = SerializedFileWriter::new(out, format.schema.clone(), format.properties.clone()).unwrap();
    let mut group = file.next_row_group().unwrap();
    for column in columns {
        let mut writer = group.next_column().unwrap().unwrap();
        let levels = Some(column.levels.as_slice());
        match (writer.untyped(), &column.values) {
            (ColumnWriter::ByteArrayColumnWriter(w), Values::Text(values)) => {
                w.write_batch(values, levels, None)
            }
            (ColumnWriter::Int64ColumnWriter(w), Values::Long(values)) => w.write_batch(values, levels, None),
            (ColumnWriter::Int32ColumnWriter(w), Values::Int(values)) => w.write_batch(values, levels, None),
            (ColumnWriter::BoolColumnWriter(w), Values::Flag(values)) => w.write_batch(values, levels, None),
            _ => unreachable!("the columns are those of the schema"),
        }
        .unwrap();
        writer.close().unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
}

fn writers(criterion: &mut Criterion<CpuTime>) {
    let rows = rows();
    let plain: Vec<Plain> = rows.columns().iter().map(plain).collect();
    let zstd = Compression::ZSTD(ZstdLevel::try_new(1).unwrap());
    let (chunk, none) = (EnabledStatistics::Chunk, EnabledStatistics::None);
    let mut out = Vec::new();
    let mut group = criterion.benchmark_group("a file");
    group.throughput(Throughput::Elements(1));
    for (name, codec) in [("zstd 1", zstd), ("snappy", Compression::SNAPPY)] {
        let defaults = WriterProperties::builder().set_compression(codec).build();
        let options = ArrowWriterOptions::new().with_properties(defaults);
        group.bench_function(format!("ArrowWriter, defaults, {name}"), |b| {
            b.iter(|| arrow_writer(black_box(&rows), options.clone(), &mut out));
        });
        println!("{} bytes", out.len());
    }
    let cases = [
        ("snappy, statistics", Compression::SNAPPY, chunk),
        ("snappy", Compression::SNAPPY, none),
        ("plain", Compression::UNCOMPRESSED, none),
    ];
    for (name, codec, statistics) in cases {
        let properties = lean(codec, statistics);
        let options =
            ArrowWriterOptions::new().with_properties((*properties).clone()).with_skip_arrow_metadata(true);
        group.bench_function(format!("ArrowWriter, lean, {name}"), |b| {
            b.iter(|| arrow_writer(black_box(&rows), options.clone(), &mut out));
        });
        let format = Format::new(&rows, properties);
        group.bench_function(format!("column writers, {name}"), |b| {
            b.iter(|| column_writers(black_box(&rows), &format, &mut out));
        });
        group.bench_function(format!("typed writers, {name}"), |b| {
            b.iter(|| typed_writers(black_box(&plain), &format, &mut out));
        });
        println!("{} bytes", out.len());
    }
    group.finish();
}

/// Something done to all files of a folder.
type Step = fn(&Path);

/// Names of files, each in a folder of its own.
fn names(folder: &Path) -> Vec<PathBuf> {
    (0..FILES).map(|n| folder.join(format!("issuer={n:010}")).join("part-0.parquet")).collect()
}

fn make_folders(folder: &Path) {
    names(folder).iter().for_each(|name| fs::create_dir(name.parent().unwrap()).unwrap());
}

fn make_files(folder: &Path) {
    names(folder).iter().for_each(|name| File::create(name).unwrap().write_all(&[7; 6_000]).unwrap());
}

fn rename(folder: &Path) {
    names(folder).iter().for_each(|name| fs::rename(name, name.with_extension("")).unwrap());
}

/// CPU of the calls alone: what a disk takes afterwards is not in it.
fn file_system(criterion: &mut Criterion<CpuTime>) {
    for (place, parent) in [("memory", PathBuf::from("/dev/shm")), ("temporary folder", std::env::temp_dir())]
    {
        if !parent.is_dir() {
            continue;
        }
        let mut group = criterion.benchmark_group(place);
        group.throughput(Throughput::Elements(FILES as u64));
        let steps: [(&str, Step); 3] =
            [("make a folder", make_folders), ("make a file of 6 kB", make_files), ("rename it", rename)];
        for (number, (name, step)) in steps.into_iter().enumerate() {
            let fresh = || {
                let folder = tempfile::tempdir_in(&parent).unwrap();
                steps[..number].iter().for_each(|(_, before)| before(folder.path()));
                folder
            };
            let measured = |folder: TempDir| {
                step(folder.path());
                folder
            };
            group.bench_function(name, |b| b.iter_batched(fresh, measured, BatchSize::PerIteration));
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = quick();
    targets = writers, file_system
}
criterion_main!(benches);
