//! Which inputs a run finds, and which of them the run that it resumes has read.

use super::Report;
use crate::error::{ErrorKind, Result};
use crate::source::{Found, path_text};
use serde_json::{Value, json};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// How far a run has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Covered {
    /// Inputs found: the first so many, in the order of the search.
    pub inputs: u64,
    /// Those of them that are not read yet.
    pub waiting: Vec<String>,
    /// Numbers of copies that were given out.
    pub copies: u64,
    /// What became of the entries of the others.
    pub read: Report,
}

/// Notes inputs as they are found, and holds those that an earlier run has found against its journal.
pub(super) struct Ledger {
    /// What the earlier run has done.
    pub covered: Covered,
    /// The inputs that it found, from the first.
    past: Box<dyn Iterator<Item = Result<Stamp>> + Send>,
    output: PathBuf,
    found: u64,
    noted: Vec<Value>,
}

/// What is to be done with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admitted {
    /// It is read.
    New,
    /// It is read at the end, with the large archives.
    Waiting,
    /// It has been read.
    Read,
}

/// What an input looked like: its path, size, and time of modification in nanoseconds, or of an object its version. These are
/// not known of what is no file or cannot be looked at.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    path: String,
    size: Option<u64>,
    modified: Option<u64>,
    version: Option<String>,
}

impl Covered {
    pub fn to_json(&self) -> Value {
        json!({
            "inputs": self.inputs,
            "waiting": self.waiting,
            "copies": self.copies,
            "read": self.read.to_json(),
        })
    }

    /// Reads what [`Covered::to_json`] gave.
    pub fn from_json(value: &Value) -> Option<Self> {
        let waiting = value["waiting"].as_array()?.iter().map(|path| path.as_str().map(str::to_owned));
        Some(Self {
            inputs: value["inputs"].as_u64()?,
            waiting: waiting.collect::<Option<_>>()?,
            copies: value["copies"].as_u64()?,
            read: Report::of_reading(&value["read"])?,
        })
    }
}

impl Ledger {
    /// A ledger of a run that resumes none.
    pub fn new() -> Self {
        Self::resumed(Covered::default(), Path::new(""), std::iter::empty())
    }

    /// A ledger of a run that goes on where `covered` ends. `records` are those of its journal, from the first.
    pub fn resumed(
        covered: Covered,
        output: &Path,
        records: impl Iterator<Item = Result<Value>> + Send + 'static,
    ) -> Self {
        let past = records.flat_map(|record| match record {
            Ok(record) => inputs_in(&record).into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        });
        Self { covered, past: Box::new(past), output: output.to_owned(), found: 0, noted: Vec::new() }
    }

    /// Takes the next input that was found and says what is to be done with it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Changed`] where the earlier run found another one in its place.
    pub fn admit(&mut self, found: &Found) -> Result<Admitted> {
        let stamp = Stamp::of(found);
        self.found += 1;
        if self.found > self.covered.inputs {
            self.noted.push(stamp.to_json());
            return Ok(Admitted::New);
        }
        if let Some(then) = self.next_past()?.filter(|then| *then != stamp) {
            return Err(self.changed(then.difference(&stamp)));
        }
        let is_waiting = self.covered.waiting.contains(&stamp.path);
        Ok(if is_waiting { Admitted::Waiting } else { Admitted::Read })
    }

    /// All inputs were found.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Changed`] where the earlier run found more.
    pub fn close(&mut self) -> Result<()> {
        if self.found >= self.covered.inputs {
            return Ok(());
        }
        match self.next_past()? {
            Some(then) => Err(self.changed(format!("the input {} is gone", then.path))),
            None => Ok(()),
        }
    }

    /// How many inputs were found.
    pub fn found(&self) -> u64 {
        self.found.max(self.covered.inputs)
    }

    /// A record of the new inputs since the last one.
    pub fn take_record(&mut self) -> Option<Value> {
        let inputs = std::mem::take(&mut self.noted);
        (!inputs.is_empty()).then(|| json!({ "inputs": inputs }))
    }

    fn next_past(&mut self) -> Result<Option<Stamp>> {
        self.past.next().transpose()
    }

    fn changed(&self, what: String) -> crate::Error {
        let difference =
            format!("{what}; bring back what the run began with, or start anew with --overwrite");
        ErrorKind::Changed { path: self.output.clone(), difference }.into()
    }
}

fn inputs_in(record: &Value) -> Vec<Stamp> {
    record["inputs"].as_array().into_iter().flatten().filter_map(Stamp::from_json).collect()
}

impl Stamp {
    fn of(found: &Found) -> Self {
        let (path, data) = match found {
            Found::File { path, size, version: Some(version) } => {
                let (path, version) = (path_text(path).into_owned(), Some(version.clone()));
                return Self { path, size: *size, modified: None, version };
            }
            Found::File { path, .. } => (path, fs::metadata(path).ok().filter(Metadata::is_file)),
            Found::Lost { path, .. } => (path, None),
        };
        let modified = data.as_ref().and_then(|data| data.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        Self {
            path: path_text(path).into_owned(),
            size: data.as_ref().map(Metadata::len),
            modified: modified.and_then(|time| u64::try_from(time.as_nanos()).ok()),
            version: None,
        }
    }

    fn to_json(&self) -> Value {
        match &self.version {
            Some(version) => json!([self.path, self.size, version]),
            None => json!([self.path, self.size, self.modified]),
        }
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            path: value[0].as_str()?.to_owned(),
            size: value[1].as_u64(),
            modified: value[2].as_u64(),
            version: value[2].as_str().map(str::to_owned),
        })
    }

    fn difference(&self, now: &Self) -> String {
        if self.path != now.path {
            return format!("where the input {} was found, there is now {}", self.path, now.path);
        }
        let bytes = |size: Option<u64>| size.map_or("no known size".to_owned(), |n| format!("{n} bytes"));
        match (self.size, now.size) {
            (then, size) if then != size => {
                format!("the input {} had {} and now has {}", self.path, bytes(then), bytes(size))
            }
            _ => format!("the input {} was modified", self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    fn file(folder: &Path, name: &str, bytes: &[u8]) -> Found {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        Found::File { path, size: None, version: None }
    }

    fn past(found: &[Found], inputs: u64, waiting: &[&Found]) -> Ledger {
        let mut ledger = Ledger::new();
        let mut records = Vec::new();
        for found in found {
            assert_eq!(ledger.admit(found).unwrap(), Admitted::New);
            records.extend(ledger.take_record().map(Ok));
        }
        records.push(Ok(json!({"seal": {}})));
        let waiting = waiting.iter().map(|found| Stamp::of(found).path).collect();
        let covered = Covered { inputs, waiting, ..Covered::default() };
        Ledger::resumed(covered, Path::new("out"), records.into_iter())
    }

    fn difference(error: &crate::Error) -> &str {
        match error.kind() {
            ErrorKind::Changed { difference, .. } => difference,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_covered_is_not_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a", "b", "c"].map(|name| file(folder.path(), name, b"x"));
        let mut ledger = past(&[a.clone(), b.clone()], 2, &[&b]);
        assert_eq!(ledger.admit(&a).unwrap(), Admitted::Read);
        assert_eq!(ledger.admit(&b).unwrap(), Admitted::Waiting);
        assert_eq!(ledger.take_record(), None);
        assert_eq!(ledger.admit(&c).unwrap(), Admitted::New);
        assert!(ledger.take_record().is_some());
        ledger.close().unwrap();
        assert_eq!(ledger.found(), 3);
    }

    #[test]
    fn changes_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| file(folder.path(), name, b"x"));
        let both = [a.clone(), b.clone()];

        let error = past(&both, 2, &[]).admit(&b).unwrap_err();
        assert!(difference(&error).contains("b; bring back"), "{error}");

        let mut ledger = past(&both, 2, &[]);
        ledger.admit(&a).unwrap();
        let error = ledger.close().unwrap_err();
        assert!(difference(&error).contains("b is gone"), "{error}");

        let mut ledger = past(&both, 2, &[]);
        let longer = file(folder.path(), "a", b"xyz");
        let error = ledger.admit(&longer).unwrap_err();
        assert!(difference(&error).contains("had 1 bytes and now has 3 bytes"), "{error}");

        let mut ledger = past(std::slice::from_ref(&a), 1, &[]);
        let later = SystemTime::now() + Duration::from_secs(60);
        fs::File::options().write(true).open(folder.path().join("a")).unwrap().set_modified(later).unwrap();
        let error = ledger.admit(&a).unwrap_err();
        assert!(difference(&error).contains("a was modified"), "{error}");
    }

    #[test]
    fn objects_are_known_by_size_and_version() {
        let object = |version: &str| Found::File {
            path: "s3://bucket/a".into(),
            size: Some(3),
            version: Some(version.to_owned()),
        };
        assert_eq!(past(&[object("1")], 1, &[]).admit(&object("1")).unwrap(), Admitted::Read);
        let error = past(&[object("1")], 1, &[]).admit(&object("2")).unwrap_err();
        assert!(difference(&error).contains("s3://bucket/a was modified"), "{error}");
    }

    #[test]
    fn covered_is_read_as_it_was_written() {
        let mut read = Report { entries: 9, filings: 3, filtered: 1, ..Report::default() };
        read.other_forms.insert("10-K".into(), 5);
        let covered = Covered { inputs: 3, waiting: vec!["a\"b".into()], copies: 4, read };
        assert_eq!(Covered::from_json(&covered.to_json()), Some(covered));
    }
}
