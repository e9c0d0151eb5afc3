use super::*;
use crate::sink::Layout;
use crate::synth::{self, Container, generate};
use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;

fn archive(folder: &TempDir, container: Container) -> PathBuf {
    let output = folder.path().join("edgar");
    let options = synth::Options {
        filings: 60,
        issuers: 5,
        container,
        output: output.clone(),
        ..synth::Options::default()
    };
    generate(&options).unwrap();
    output
}

fn options(folder: &TempDir, threads: usize, rounds: u32) -> BenchOptions {
    let mut convert = ConvertOptions::default();
    convert.sink.layout = Layout::None;
    convert.read.threads = NonZeroUsize::new(threads);
    let work = folder.path().join("work");
    fs::create_dir_all(&work).unwrap();
    BenchOptions { convert, rounds: NonZeroU32::new(rounds).unwrap(), folder: Some(work) }
}

#[test]
fn every_stage_counts_the_whole_input_and_nothing_is_left() {
    for container in [Container::Gz, Container::NcTarGz] {
        let folder = tempfile::tempdir().unwrap();
        let (input, options) = (archive(&folder, container), options(&folder, 2, 1));
        let mut rounds = Vec::new();
        let report = bench(&[input], &options, &Monitor::new(), &mut |round| rounds.push(round)).unwrap();
        let BenchInput { files, bytes_read, bytes_decompressed, entries, filings, rows } = report.input;
        let counts: Vec<u64> = report.stages.iter().map(|stage| stage.count).collect();
        let all = [files, bytes_read, bytes_decompressed, entries, filings, rows, rows];
        assert_eq!(counts[..7], all, "{container}");
        assert!(filings >= 40 && rows > filings && report.files_written == 8, "{report:?}");
        assert!(report.stages.iter().all(|stage| stage.cost.wall < Cost::MAX.wall));
        assert_eq!(report.whole.iter().map(|whole| whole.threads.get()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(rounds, [0, 1]);
        assert_eq!(fs::read_dir(options.folder.unwrap()).unwrap().count(), 0);
    }
}

#[test]
fn one_thread_is_measured_once() {
    let folder = tempfile::tempdir().unwrap();
    let input = archive(&folder, Container::Zip);
    let report = bench(&[input], &options(&folder, 1, 1), &Monitor::new(), &mut |_| ()).unwrap();
    assert_eq!(report.whole.len(), 1);
    assert_eq!(report.whole[0].cost, report.stages[7].cost);
}

#[test]
fn data_sets_do_not_go_where_they_would_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let options = options(&folder, 1, 1);
    let error = bench(&[folder.path().to_owned()], &options, &Monitor::new(), &mut |_| ()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Option { name: "--work", .. }), "{error}");
    assert_eq!(fs::read_dir(options.folder.unwrap()).unwrap().count(), 0);
}

#[test]
fn a_monitor_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let input = archive(&folder, Container::Plain);
    for stop_at in 0..2 {
        let monitor = Monitor::new();
        let options = options(&folder, 2, 2);
        let stopped = bench(std::slice::from_ref(&input), &options, &monitor, &mut |round| {
            if round == stop_at {
                monitor.stop();
            }
        });
        assert!(matches!(stopped.unwrap_err().kind(), ErrorKind::Interrupted), "{stop_at}");
        assert_eq!(fs::read_dir(options.folder.unwrap()).unwrap().count(), 0);
    }
}
