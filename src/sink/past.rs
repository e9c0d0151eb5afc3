use super::finished::{self, Finished};
use super::journal::Records;
use super::publish::How;
use super::seal::Seal;
use crate::error::Result;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the journal of a run that did not end tells.
#[derive(Default)]
pub(super) struct Past {
    /// What the run was asked for.
    begun: Value,
    /// What was sealed, one seal after another.
    pub(super) seals: Vec<Seal>,
    /// What was written since the last of them.
    pub(super) finished: Finished,
    /// How the files were being published, and the outcome of the run, if it came that far.
    pub(super) publish: Option<(How, Value)>,
    /// Whether the files of an earlier data set are gone.
    pub(super) is_cleared: bool,
    /// Files that an object store has, by key, and their versions.
    pub(super) sent: BTreeMap<String, String>,
    /// Where the last record ends that counts: what was noted after a seal is noted again.
    pub(super) end: u64,
}

impl Past {
    pub(super) fn read(mut records: Records) -> Result<Self> {
        let mut past = Self::default();
        while let Some(record) = records.next().transpose()? {
            if past.take(record) {
                past.end = records.end();
            }
        }
        Ok(past)
    }

    /// Takes a record; whether it is one that counts.
    fn take(&mut self, mut record: Value) -> bool {
        if record == "cleared" {
            self.is_cleared = true;
        } else if let Some(begun) = record.get_mut("begun") {
            self.begun = begun.take();
        } else if let Some(seal) = record.get("seal").and_then(Seal::from_json) {
            self.seals.push(seal);
            // There are more rows now.
            self.finished.clear();
        } else if let Some((task, tally)) = finished::from_record(&record) {
            self.finished.insert(task, tally);
        } else if let Some(how) = record["publish"].as_str().and_then(How::parse) {
            self.publish = Some((how, record["outcome"].take()));
        } else if let (Some(key), Some(version)) = (record["sent"].as_str(), record["version"].as_str()) {
            self.sent.insert(key.to_owned(), version.to_owned());
        } else {
            return false;
        }
        true
    }

    /// Whether there is more than a beginning.
    pub(super) fn is_worth_resuming(&self) -> bool {
        !self.seals.is_empty() || self.publish.is_some()
    }

    /// Whether it was no run that converts.
    pub(super) fn is_compacting(&self) -> bool {
        self.begun["command"] == "compact"
    }

    /// What was sealed last beside the rows.
    pub(super) fn note(&self) -> Option<&Value> {
        self.seals.last().map(|seal| &seal.note)
    }

    /// In what the run was asked for something else than `begun`.
    pub(super) fn difference(&self, begun: &Value) -> Option<String> {
        let (then, now) = (self.begun.as_object()?, begun.as_object()?);
        let mut names = then.keys().chain(now.keys().filter(|name| !then.contains_key(*name)));
        let name = names.find(|name| then.get(*name) != now.get(*name))?;
        let text = |value: Option<&Value>| match value {
            Some(Value::String(text)) if !text.is_empty() => text.clone(),
            Some(Value::String(_)) | None => "nothing".to_owned(),
            Some(other) => other.to_string(),
        };
        let (then, now) = (text(then.get(name)), text(now.get(name)));
        Some(format!(
            "{name} was {then} and is now {now}; resume with what it was, or start anew with --overwrite"
        ))
    }

    /// How far the run came, and with it what is kept.
    pub(super) fn stage(&self) -> String {
        match (&self.publish, self.note().and_then(|note| note["inputs"].as_u64())) {
            (Some(_), _) => "it was giving its files their names".to_owned(),
            (None, Some(inputs)) => format!("what it read of the first {inputs} input files is kept"),
            (None, None) => "a part of what it read is kept".to_owned(),
        }
    }

    /// What is there, and which command goes on.
    pub(super) fn advice(&self) -> String {
        let stage = self.stage();
        match self.begun["command"].as_str().unwrap_or("convert") {
            "compact" => format!("{stage}; run `section16 compact` again, which goes on"),
            command => format!(
                "{stage}; go on with the same `section16 {command}` and --resume, or start anew with --overwrite"
            ),
        }
    }
}
