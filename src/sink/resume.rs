use super::collector::{Sink, State, lock};
use super::disk::is_there;
use super::folder::{Folder, Purpose, begun, past_in};
use super::held::Base;
use super::listing::Listing;
use super::memory::SHARDS;
use super::runs::Run;
use super::seal::Seal;
use super::spill::SpillFile;
use super::{Options, Written};
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::Path;

/// What [`Sink::open`] found.
pub enum Opened {
    /// Nothing, or a run that had not read everything: it goes on.
    Collecting(Box<Sink>),
    /// A run that had written everything. Its files have their names now, and nothing is left to do.
    Published {
        /// What it wrote.
        written: Written,
        /// What [`Sink::finish_with`] was told.
        note: Value,
    },
}

/// What a run that did not end has left in the output folder for the one that resumes it, in words (`what it read of the first
/// 3 input files is kept`); `None` where it has left nothing.
///
/// # Errors
///
/// Where the folder cannot be read.
pub fn kept_in(folder: &Path) -> Result<Option<String>> {
    Ok(past_in(folder)?.map(|past| past.stage()))
}

impl Sink {
    /// Does what [`Sink::create`] does, and where `options.resume` is set goes on with a run that did not end: what it has
    /// sealed is there again ([`Sink::sealed`]), and one that was publishing is brought to its end.
    ///
    /// # Errors
    ///
    /// Beside those of [`Sink::create`], [`Changed`](ErrorKind::Changed) where the run was asked for something else, and
    /// [`NothingToResume`](ErrorKind::NothingToResume) where no run is left and the data set is whole.
    pub fn open(folder: &Path, options: Options) -> Result<Opened> {
        Self::open_for(folder, options.mode.into(), options)
    }

    pub(super) fn open_for(folder: &Path, purpose: Purpose, options: Options) -> Result<Opened> {
        let (folder, past) = Folder::open(folder, &options, purpose)?;
        let Some(past) = past else {
            let journal = folder.create_journal(&begun(&options, purpose))?;
            let file = SpillFile::create(folder.disk(), folder.run())?;
            let base = Base::read(&folder, purpose, options.layout)?;
            let mut sink = Self::new(options, folder, journal, file, base);
            sink.is_compacting = purpose == Purpose::Compact;
            sink.claim_held()?;
            return Ok(Opened::Collecting(sink.into()));
        };
        let mut journal = folder.open_journal(&past)?;
        if let Some((how, mut outcome)) = past.publish {
            let written = Written::from_json(&outcome["written"]);
            folder.roll_forward(&mut journal, how, past.is_cleared, &|_| ControlFlow::Continue(()))?;
            let written =
                written.ok_or_else(|| ErrorKind::Defect("an outcome cannot be read again".to_owned()))?;
            return Ok(Opened::Published { written, note: outcome["note"].take() });
        }
        let length = past.seals.last().map_or(0, |seal| seal.spilled);
        let file = SpillFile::open(folder.disk(), folder.run(), length)?;
        let base = Base::read(&folder, purpose, options.layout)?;
        let sink = Self::new(options, folder, journal, file, base);
        sink.restore(past.seals);
        *lock(&sink.finished) = past.finished;
        Ok(Opened::Collecting(sink.into()))
    }

    /// Claims what the data set holds already.
    fn claim_held(&self) -> Result<()> {
        let Some(base) = self.base.as_ref().filter(|_| !self.is_compacting) else { return Ok(()) };
        let root = lock(&self.folder).root().to_owned();
        base.each_id(&root, |id| {
            let mut claims = lock(&self.claims);
            claims.add_held(id);
            self.spill_claims_if_many(&mut claims)
        })
    }

    /// Takes what an earlier run has sealed.
    fn restore(&self, seals: Vec<Seal>) {
        let mut state = lock(&self.state);
        for seal in seals {
            for (table, shard, run) in seal.runs {
                state.runs[table as usize][shard].push(run);
                state.sealed_runs[table as usize][shard] += 1;
            }
            lock(&self.claims).restore(&seal.claims);
            if let Some(base) = &self.base {
                base.set_held_rejects(seal.held);
            }
            *lock(&self.note) = Some(seal.note);
        }
    }

    /// What the data set that grows holds.
    pub(super) fn listing(&self) -> Option<&Listing> {
        self.base.as_ref().map(Base::listing)
    }

    /// What [`Sink::seal`] was told last, by this run or by the one that it resumes.
    pub fn sealed(&self) -> Option<Value> {
        lock(&self.note).clone()
    }

    /// Appends a record of what the run is about to do to the journal. It is there for a run that resumes this one, at
    /// [`Sink::noted`], if a seal follows.
    pub fn note(&self, record: &Value) -> Result<()> {
        lock(&self.journal).append(record)
    }

    /// The records of the journal from its first, those of the sink itself among them.
    pub fn noted(&self) -> Result<impl Iterator<Item = Result<Value>> + Send + use<>> {
        lock(&self.folder).records()
    }

    /// Whether so many rows came in since the last seal that it is time for another.
    pub fn is_seal_due(&self) -> bool {
        lock(&self.state).unsealed_bytes >= self.options.seal_bytes
    }

    /// Brings all rows that were appended so far to the disk, so that a run that resumes this one has them again, and with
    /// them `note` and all that was noted. No other thread may be in a call to the sink.
    pub fn seal(&self, note: Value) -> Result<()> {
        lock(&self.finished).clear();
        self.try_seal(&note).inspect_err(|_| lock(&self.state).is_broken = true)?;
        *lock(&self.note) = Some(note);
        Ok(())
    }

    fn try_seal(&self, note: &Value) -> Result<()> {
        let pending = {
            let mut state = lock(&self.state);
            (state.pending_bytes, state.unsealed_bytes) = (0, 0);
            std::mem::take(&mut state.pending)
        };
        let spilled = self.spill(pending)?;
        let claims = lock(&self.claims).seal(&self.file)?;
        let mut folder = lock(&self.folder);
        if is_there(&folder.rejects())? {
            folder.disk().sync_all_in(folder.run())?;
        }
        folder.sync_names()?;
        self.file.sync()?;
        let mut state = lock(&self.state);
        for (table, shard, run) in spilled {
            state.runs[table as usize][shard].push(run);
        }
        let held = self.base.as_ref().map_or(0, Base::held_rejects);
        let seal = state.seal(Seal {
            spilled: self.file.len(),
            claims,
            held,
            note: note.clone(),
            ..Seal::default()
        });
        let mut journal = lock(&self.journal);
        journal.append(&json!({ "seal": seal }))?;
        journal.sync()?;
        folder.keep_sealed();
        Ok(())
    }
}

impl State {
    /// Whether there are rows, and a seal covers all of them.
    pub(super) fn is_sealed(&self) -> bool {
        let all = || self.runs.iter().zip(&self.sealed_runs);
        let of_table = |of_table: &[Vec<Run>; SHARDS], sealed: &[usize; SHARDS]| {
            of_table.iter().map(Vec::len).eq(sealed.iter().copied())
        };
        self.pending.iter().all(Vec::is_empty)
            && all().all(|(runs, sealed)| of_table(runs, sealed))
            && self.sealed_runs.iter().flatten().any(|sealed| *sealed > 0)
    }

    /// Adds the runs that no seal covers to a seal.
    fn seal(&mut self, seal: Seal) -> Value {
        let mut runs = Vec::new();
        for (table, (of_table, sealed)) in
            Table::ALL.into_iter().zip(self.runs.iter().zip(&mut self.sealed_runs))
        {
            for (shard, (of_shard, sealed)) in of_table.iter().zip(sealed).enumerate() {
                runs.extend(of_shard.iter().skip(*sealed).map(|run| (table, shard, run.clone())));
                *sealed = of_shard.len();
            }
        }
        Seal { runs, ..seal }.to_json()
    }
}
