//! A run that replaces a data set into which another was publishing when it died.

use crate::crash::{Failing, failing, inputs_of, on, put};
use crate::runs::{bytes, make, options, run, temporary_folder};
use section16::ErrorKind;
use section16::pipeline::{Monitor, compact, verify};
use section16::sink::{self, Disk, Mode};
use section16::synth::Container;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;

/// Lets `work` die at each effect of publishing, and holds that the data set is that of `work` where the run that was
/// to replace it fails, and the new one where it does not. Gives the number of deaths.
fn replace_after_each_death(
    inputs: &[PathBuf],
    out: &Path,
    work: &dyn Fn(Disk) -> section16::Result<()>,
) -> usize {
    let before = bytes(out);
    let seen = failing(Failing::Never);
    work(seen.disk).unwrap();
    let ended = bytes(out);
    let mut refusing = options(Mode::Overwrite);
    refusing.read.max_rejects = Some(0);
    // It keeps nothing of its own.
    refusing.sink.seal_bytes = usize::MAX;
    put(&before, out);
    run(inputs, out, &options(Mode::Overwrite)).unwrap();
    let replaced = bytes(out);
    let mut deaths = 0;
    for number in (0..seen.count.load(Relaxed)).rev() {
        put(&before, out);
        assert!(work(failing(Failing::From(number)).disk).is_err());
        // Once all is published, the journal is removed with the rest of the run.
        let Ok(journal) = fs::read_to_string(out.join("_section16/run/journal")) else { continue };
        if !journal.contains("\"publish\"") {
            break;
        }
        deaths += 1;
        let error = run(inputs, out, &refusing).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::TooManyRejects { limit: 0 }), "{number}: {error}");
        assert_eq!(verify(out, None, &Monitor::new()).unwrap().problems, [], "{number}");
        assert!(bytes(out) == ended, "{number}");
        // Where even what is left of publishing fails, whoever comes next can still do it.
        put(&before, out);
        assert!(work(failing(Failing::From(number)).disk).is_err());
        let dead = on(failing(Failing::From(3)).disk, false, &options(Mode::Overwrite));
        assert!(run(inputs, out, &dead).is_err());
        run(inputs, out, &options(Mode::Overwrite)).unwrap();
        assert!(bytes(out) == replaced, "{number}");
    }
    deaths
}

#[test]
fn of_rows_that_were_added() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 12);
    let inputs = inputs_of(&folder.path().join("edgar"));
    let out = folder.path().join("out");
    run(&inputs[..6], &out, &options(Mode::New)).unwrap();
    let work = |disk| run(&inputs, &out, &on(disk, false, &options(Mode::Append))).map(drop);
    let deaths = replace_after_each_death(&inputs, &out, &work);
    assert!(deaths > 10, "{deaths} deaths");
}

#[test]
fn of_files_that_were_merged() {
    let folder = temporary_folder();
    make(folder.path(), Container::Plain, 12);
    let inputs = inputs_of(&folder.path().join("edgar"));
    let out = folder.path().join("out");
    inputs.chunks(6).for_each(|day| drop(run(day, &out, &options(Mode::Append)).unwrap()));
    let work = |disk| {
        let options = sink::Options { disk, ..sink::Options::default() };
        compact(&out, NonZeroUsize::new(1), &options, &Monitor::new()).map(drop)
    };
    let deaths = replace_after_each_death(&inputs, &out, &work);
    assert!(deaths > 10, "{deaths} deaths");
}
