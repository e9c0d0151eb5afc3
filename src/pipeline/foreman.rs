//! Hands out the work: the one place that decides which thread reads what.

use super::block::Block;
use super::crew::Crew;
use super::ledger::{Admitted, Covered, Ledger};
use super::unpack::unpack;
use crate::error::Result;
use crate::source::{Discover, Found, path_text};
use rayon::Scope;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Files of one task at most.
const CHUNK: usize = 32;
/// Tasks for each thread before they get one file more: a few archives are work for all threads.
const TASKS: usize = 4;

/// What a task or thread tells the foreman.
pub(super) enum Word {
    /// A task is done.
    Done,
    /// This file is a large archive and was left for later.
    Large(PathBuf),
    /// A block of the archive of this name is full.
    Full(Arc<str>, Block),
    /// The thread of an archive is done.
    ArchiveDone,
}

/// Says a word when it is dropped, also when the thread panics: the foreman must not wait for it for ever.
pub(super) struct LastWord(Sender<Word>, Option<Word>);

impl LastWord {
    pub fn new(speaker: Sender<Word>, word: Word) -> Self {
        Self(speaker, Some(word))
    }

    /// Says another word before.
    pub fn say(&self, word: Word) {
        // The foreman listens until the last word of all is said.
        self.0.send(word).ok();
    }
}

impl Drop for LastWord {
    fn drop(&mut self) {
        if let Some(word) = self.1.take() {
            self.say(word);
        }
    }
}

/// Runs on the calling thread and is the only one that spawns tasks; no task waits for another.
///
/// Files go to the pool in chunks. Large archives are put aside. At the end, as long as there are enough of them to keep all
/// threads busy, each is one task; the last ones are unpacked on threads of their own, which hand blocks of whole entries to
/// the pool.
pub(super) struct Foreman<'f, 'scope, 'j> {
    crew: &'scope Crew<'j>,
    scope: &'f Scope<'scope>,
    words: Receiver<Word>,
    speaker: Sender<Word>,
    /// Tasks of files under way.
    tasks: usize,
    /// Threads of archives under way.
    archives: usize,
    large: Vec<PathBuf>,
    /// Files that were handed out.
    handed_out: usize,
    ledger: Ledger,
    /// Whether anything was read since the last seal.
    has_read: bool,
}

impl<'f, 'scope, 'j: 'scope> Foreman<'f, 'scope, 'j> {
    pub fn new(crew: &'scope Crew<'j>, scope: &'f Scope<'scope>, ledger: Ledger) -> Self {
        let (speaker, words) = channel();
        Self {
            crew,
            scope,
            words,
            speaker,
            tasks: 0,
            archives: 0,
            large: Vec::new(),
            handed_out: 0,
            ledger,
            has_read: false,
        }
    }

    /// Has everything read that is found and was not read before.
    pub fn work(mut self, mut found: Discover) {
        let job = self.crew.job;
        while !job.is_over() {
            if self.is_seal_due(false) {
                self.wait_for_tasks();
                self.seal();
            }
            match self.chunk(&mut found) {
                Ok(chunk) if chunk.is_empty() => break,
                Ok(chunk) => self.read_files(chunk),
                Err(error) => job.fail(error),
            }
            while self.tasks >= 2 * self.crew.threads() {
                self.listen();
            }
        }
        if !job.is_over()
            && let Err(error) = self.ledger.close()
        {
            job.fail(error);
        }
        job.monitor.found_all();
        self.read_archives();
        if self.is_seal_due(true) {
            self.seal();
        }
    }

    /// The next files, as many as make a task; none at the end.
    fn chunk(&mut self, found: &mut Discover) -> Result<Vec<PathBuf>> {
        let most = chunk_size(self.handed_out, self.crew.threads());
        let mut chunk = Vec::with_capacity(most);
        for item in &mut *found {
            match (self.ledger.admit(&item)?, item) {
                (Admitted::Read, _) => {}
                (admitted, Found::File { path, size, .. }) => {
                    self.crew.job.monitor.found(size.unwrap_or(0));
                    match admitted {
                        Admitted::New => chunk.push(path),
                        _ => self.large.push(path),
                    }
                }
                (_, Found::Lost { path, reject }) => self.crew.lost(&path, reject),
            }
            if chunk.len() == most || self.crew.job.is_over() {
                break;
            }
        }
        if let Some(failure) = found.take_failure() {
            return Err(failure);
        }
        if let Some(inputs) = self.ledger.take_record() {
            self.crew.job.collect.found(&inputs)?;
        }
        self.handed_out += chunk.len();
        Ok(chunk)
    }

    fn wait_for_tasks(&mut self) {
        while self.tasks > 0 || self.archives > 0 {
            self.listen();
        }
    }

    fn is_seal_due(&self, is_at_end: bool) -> bool {
        self.has_read && self.crew.job.collect.is_seal_due(is_at_end)
    }

    /// Seals what was read so far. No task is under way.
    fn seal(&mut self) {
        let job = self.crew.job;
        self.has_read = false;
        let read = self.crew.flush();
        if job.is_over() {
            return;
        }
        let covered = Covered {
            inputs: self.ledger.found(),
            waiting: self.large.iter().map(|path| path_text(path).into_owned()).collect(),
            copies: job.copies(),
            read,
        };
        if let Err(error) = job.collect.seal(&covered) {
            job.fail(error);
        }
    }

    /// Spawns a task that reads some files.
    fn read_files(&mut self, paths: Vec<PathBuf>) {
        let last = LastWord::new(self.speaker.clone(), Word::Done);
        let crew = self.crew;
        self.has_read = true;
        self.tasks += 1;
        self.scope.spawn(move |_| {
            for path in paths {
                if !crew.read_unless_large(&path) {
                    last.say(Word::Large(path));
                }
            }
        });
    }

    /// Has the large archives read, and waits until all is done.
    fn read_archives(&mut self) {
        let crew = self.crew;
        thread::scope(|threads| {
            loop {
                if crew.job.is_over() {
                    self.large.clear();
                }
                let is_seal_due = self.is_seal_due(false);
                if is_seal_due && self.tasks == 0 && self.archives == 0 {
                    self.seal();
                    continue;
                }
                while !is_seal_due && let Some(path) = self.next_archive() {
                    let speaker = self.speaker.clone();
                    if crew.threads() == 1 || self.large.len() + 1 >= crew.threads() {
                        self.read_archive(path);
                    } else {
                        self.archives += 1;
                        self.has_read = true;
                        threads.spawn(move || unpack(crew, &path, speaker));
                    }
                }
                if self.tasks == 0 && self.archives == 0 {
                    break;
                }
                self.listen();
            }
        });
    }

    /// The next archive, if there is a thread that has time for it.
    fn next_archive(&mut self) -> Option<PathBuf> {
        let busy = self.tasks + self.archives >= self.crew.threads();
        if busy { None } else { self.large.pop() }
    }

    /// Spawns a task that reads a whole archive.
    fn read_archive(&mut self, path: PathBuf) {
        let last = LastWord::new(self.speaker.clone(), Word::Done);
        let crew = self.crew;
        self.has_read = true;
        self.tasks += 1;
        self.scope.spawn(move |_| {
            crew.read_whole(&path);
            drop(last);
        });
    }

    /// Spawns a task that reads a block of an archive.
    fn read_block(&mut self, path: Arc<str>, block: Block) {
        let last = LastWord::new(self.speaker.clone(), Word::Done);
        let crew = self.crew;
        self.has_read = true;
        self.tasks += 1;
        self.scope.spawn(move |_| {
            crew.read_block(&path, block);
            drop(last);
        });
    }

    /// Waits for a word and does what it asks for.
    fn listen(&mut self) {
        match self.words.recv() {
            Ok(Word::Done) => self.tasks -= 1,
            Ok(Word::Large(path)) => self.large.push(path),
            Ok(Word::Full(path, block)) => self.read_block(path, block),
            Ok(Word::ArchiveDone) => self.archives -= 1,
            // Not while `self.speaker` lives.
            Err(_) => {}
        }
    }
}

/// How many files the next task gets, after so many were handed out.
fn chunk_size(handed_out: usize, threads: usize) -> usize {
    CHUNK.min(1 + handed_out / (TASKS * threads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_are_work_for_all_threads_and_many_are_few_tasks() {
        let sizes = |files: usize, threads: usize| {
            let mut out = Vec::new();
            while out.iter().sum::<usize>() < files {
                out.push(chunk_size(out.iter().sum(), threads));
            }
            out
        };
        assert_eq!(sizes(20, 2), [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3]);
        assert_eq!(sizes(16, 4), [1; 16]);
        assert!(sizes(100_000, 2).len() < 100_000 / CHUNK + 40);
    }
}
