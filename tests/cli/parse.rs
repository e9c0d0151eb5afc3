use crate::program::{command, form4, input, section16, stderr, stdout, submission};
use arrow::array::AsArray;
use arrow::datatypes::{DataType, TimestampMicrosecondType};
use arrow::ipc::reader::StreamReader;
use arrow::json::LineDelimitedWriter;
use arrow::json::writer::{LineDelimited, WriterBuilder};
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use section16::model::Table;
use section16::schema::{arrow_schema, entry_schema};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

fn parse(folder: &Path, args: &[&str]) -> Output {
    command(&[&["parse", "in"], args].concat()).current_dir(folder).output().unwrap()
}

fn as_value(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap()
}

fn lines(text: &str) -> BTreeSet<String> {
    text.lines().map(str::to_owned).collect()
}

/// The same rows, with UTC as the offset that arrow's writer knows.
fn with_offset(batch: &RecordBatch) -> RecordBatch {
    let columns = batch.columns().iter().map(|column| match column.data_type() {
        DataType::Timestamp(..) => {
            let times = column.as_primitive::<TimestampMicrosecondType>().clone();
            Arc::new(times.with_timezone("+00:00"))
        }
        _ => column.clone(),
    });
    let schema = batch.schema();
    let named = schema.fields().iter().zip(columns).map(|(field, column)| (field.name(), column, true));
    RecordBatch::try_from_iter_with_nullable(named).unwrap()
}

fn json(batches: &[RecordBatch]) -> BTreeSet<String> {
    let mut text = Vec::new();
    let mut writer: LineDelimitedWriter<_> =
        WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(&mut text);
    batches.iter().for_each(|batch| writer.write(&with_offset(batch)).unwrap());
    drop(writer);
    lines(&String::from_utf8(text).unwrap())
}

/// The rows of a table that `convert` writes of the same input.
fn converted(folder: &Path, table: Table) -> Vec<RecordBatch> {
    let files = walkdir::WalkDir::new(folder.join("out").join(table.as_str()));
    let files = files.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let reader = |path: &Path| {
        ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap()
    };
    files.flat_map(|file| reader(file.path())).map(Result::unwrap).collect()
}

#[test]
fn every_table_has_the_rows_and_types_of_convert_in_every_format() {
    let folder = input();
    let folder = folder.path();
    let convert = command(&["convert", "in", "-o", "out", "--progress", "none"]).current_dir(folder).output();
    assert_eq!(convert.unwrap().status.code(), Some(3));
    for table in Table::ALL {
        // The copy of the first filing comes twice in a stream, at two places.
        let mut expected = json(&converted(folder, table));
        let own = |lines: BTreeSet<String>| -> BTreeSet<String> {
            lines.into_iter().filter(|line| !line.contains("in/copy/")).collect()
        };
        expected = own(expected);
        let name = table.as_str();
        let arrow = parse(folder, &["--table", name, "--format", "arrow-stream"]);
        assert_eq!(arrow.status.code(), Some(3), "{}", stderr(&arrow));
        let reader = StreamReader::try_new(&arrow.stdout[..], None).unwrap();
        assert_eq!(reader.schema(), arrow_schema(table));
        let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
        assert_eq!(own(json(&batches)), expected, "{name}");
        let text = stdout(&parse(folder, &["--table", name]));
        assert_eq!(own(lines(&text)), expected, "{name}");
        let csv = stdout(&parse(folder, &["--table", name, "--format", "csv"]));
        let names: Vec<_> = arrow_schema(table).fields().iter().map(|field| field.name().clone()).collect();
        assert_eq!(csv.lines().next(), Some(&*names.join(",")));
        assert_eq!(csv.lines().count(), text.lines().count() + 1, "{name}");
    }
}

#[test]
fn all_tables_come_together_an_entry_a_row() {
    let folder = input();
    let folder = folder.path();
    let arrow = parse(folder, &["--table", "all", "--format", "arrow-stream"]);
    assert_eq!(arrow.status.code(), Some(3), "{}", stderr(&arrow));
    let reader = StreamReader::try_new(&arrow.stdout[..], None).unwrap();
    assert_eq!(reader.schema(), entry_schema());
    let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    let text = stdout(&parse(folder, &["--table", "all"]));
    let entries: Vec<serde_json::Value> = text.lines().map(as_value).collect();
    assert_eq!(entries.len(), batches.iter().map(RecordBatch::num_rows).sum::<usize>());
    for table in Table::ALL {
        let name = table.as_str();
        let expected = lines(&stdout(&parse(folder, &["--table", name])));
        assert_eq!(expected.is_empty(), table == Table::Holdings, "{name}");
        let lists = batches.iter().map(|batch| batch[name].as_list::<i32>().values().as_struct().into());
        assert_eq!(json(&lists.collect::<Vec<RecordBatch>>()), expected, "{name}");
        let rows = entries.iter().flat_map(|entry| entry[name].as_array().unwrap());
        let expected: BTreeSet<_> = expected.iter().map(|line| as_value(line).to_string()).collect();
        assert_eq!(rows.map(ToString::to_string).collect::<BTreeSet<_>>(), expected, "{name}");
    }
    for entry in &entries {
        let rows = |name: &str| entry[name].as_array().unwrap().len();
        assert_eq!(rows("filings") + rows("rejects"), 1, "{entry}");
        let filing = &entry["filings"][0];
        for (table, count) in [("reporting_owners", "owner_count"), ("transactions", "transaction_count")] {
            assert_eq!(filing[count].as_u64().unwrap_or(0), rows(table) as u64, "{entry}");
        }
        let owners = entry["reporting_owners"].as_array().unwrap();
        assert!(owners.iter().all(|owner| owner["filing_id"] == filing["filing_id"]), "{entry}");
    }
}

#[test]
fn csv_has_exact_numbers_and_lists_as_json() {
    let folder = input();
    let csv =
        stdout(&parse(folder.path(), &["--table", "transactions", "--format", "csv", "--issuer", "9900012"]));
    let row = csv.lines().nth(1).unwrap();
    let start = "0009900001-24-000002,0009900001-24-000002,0009900012,0,false,Common Stock,,2024-02-27,,4,S,,,300.000000,,12.500000,D,";
    assert!(row.starts_with(start), "{row}");
    let marks =
        r#","[{""field"":""transaction_shares"",""footnote_id"":""F1""}]",4/A,2024-02-28,2024-02-27,EXMP,,"#;
    assert!(row.contains(marks), "{row}");
    let filings =
        stdout(&parse(folder.path(), &["--table", "filings", "--format", "csv", "--issuer", "9900012"]));
    assert!(filings.lines().nth(1).unwrap().contains(",2024-02-28T21:00:00Z,"), "{filings}");
}

#[test]
fn rejects_are_counted_on_standard_error() {
    let folder = input();
    let output = parse(folder.path(), &["--table", "rejects"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        stderr(&output),
        "section16: 1 entry was rejected: no-document 1; `--table rejects` names each\n"
    );
    let row: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((&row["source_path"], &row["code"]), (&"in/d.txt".into(), &"no-document".into()));
}

#[test]
fn a_file_gets_its_name_when_it_is_whole() {
    let folder = input();
    let args = ["--table", "footnotes", "--format", "csv", "-o", "notes.csv"];
    let output = parse(folder.path(), &args);
    assert_eq!((output.status.code(), stdout(&output)), (Some(3), String::new()));
    let text = std::fs::read_to_string(folder.path().join("notes.csv")).unwrap();
    assert_eq!(text.lines().count(), 1 + 3, "{text}");
    let args = ["--table", "footnotes", "--max-rejects", "0", "-o", "other.csv"];
    assert_eq!(parse(folder.path(), &args).status.code(), Some(1));
    let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<BTreeSet<_>>(), ["in", "notes.csv"].map(Into::into).into());
}

#[test]
fn what_cannot_be_printed_is_a_usage_error() {
    for (args, message) in [
        (&["parse", "in"][..], "--table <TABLE>"),
        (&["parse", "in", "--table", "sales"], "the tables are filings,"),
        (&["parse", "in", "--table", "all", "--format", "csv"], "choose ndjson or arrow-stream"),
        (&["parse", "in", "--table", "filings", "--format", "xml"], "arrow-stream, ndjson, csv"),
        (&["parse", "--table", "filings"], "<INPUT>"),
    ] {
        let output = section16(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[cfg(unix)]
mod pipes {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_reader_that_has_seen_enough_is_success() {
        let folder = input();
        for format in ["arrow-stream", "ndjson", "csv"] {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let args = ["parse", "in", "--table", "filings", "--format", format];
            let run =
                command(&args).current_dir(&folder).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
            let output = run.wait_with_output().unwrap();
            assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()), "{format}");
        }
    }

    /// Rows come out while the input is still being written, and no more is read than the reader takes.
    #[test]
    fn rows_come_while_the_input_goes_on() {
        const ENOUGH: usize = 40_000;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let args = ["parse", "pipe", "--table", "transactions", "--threads", "1"];
        let mut run = command(&args).current_dir(&folder).stdout(Stdio::piped()).spawn().unwrap();
        let is_all_read = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut pipe = File::options().write(true).open(&path).unwrap();
                let is_taken = (0..ENOUGH).all(|number| {
                    let text = submission(&format!("0009900001-24-{number:06}"), "4", &form4("9900011", "5"));
                    pipe.write_all(text.as_bytes()).is_ok()
                });
                is_all_read.store(is_taken, Ordering::SeqCst);
            });
            let mut rows = BufReader::new(run.stdout.take().unwrap());
            let mut row = String::new();
            rows.read_line(&mut row).unwrap();
            assert!(row.starts_with(r#"{"filing_id":"0009900001-24-000000","#), "{row}");
            assert!(!is_all_read.load(Ordering::SeqCst));
            drop(rows);
            assert_eq!(run.wait().unwrap().code(), Some(0));
        });
        assert!(!is_all_read.into_inner(), "the program did not stop reading when its reader had gone");
    }
}
