//! Hands out the work: the one place that decides which thread reads what.

use super::block::Block;
use super::crew::Crew;
use super::unpack::unpack;
use crate::source::{Discover, Found};
use rayon::Scope;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Files of one task.
const CHUNK: usize = 32;

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
}

impl<'f, 'scope, 'j: 'scope> Foreman<'f, 'scope, 'j> {
    pub fn new(crew: &'scope Crew<'j>, scope: &'f Scope<'scope>) -> Self {
        let (speaker, words) = channel();
        Self { crew, scope, words, speaker, tasks: 0, archives: 0, large: Vec::new() }
    }

    /// Has everything read that is found.
    pub fn work(mut self, mut found: Discover) {
        while !self.crew.job.is_over() {
            let chunk = self.chunk(&mut found);
            if chunk.is_empty() {
                break;
            }
            self.read_files(chunk);
            while self.tasks >= 2 * self.crew.threads() {
                self.listen();
            }
        }
        self.crew.job.monitor.found_all();
        self.read_archives();
    }

    /// The next files, as many as make a task; none at the end.
    fn chunk(&self, found: &mut Discover) -> Vec<PathBuf> {
        let mut chunk = Vec::with_capacity(CHUNK);
        for item in found {
            match item {
                Found::File { path, size } => {
                    self.crew.job.monitor.found(size.unwrap_or(0));
                    chunk.push(path);
                }
                Found::Lost { path, reject } => self.crew.lost(&path, reject),
            }
            if chunk.len() == CHUNK {
                break;
            }
        }
        chunk
    }

    /// Spawns a task that reads some files.
    fn read_files(&mut self, paths: Vec<PathBuf>) {
        let last = LastWord::new(self.speaker.clone(), Word::Done);
        let crew = self.crew;
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
                while let Some(path) = self.next_archive() {
                    let speaker = self.speaker.clone();
                    if crew.threads() == 1 || self.large.len() + 1 >= crew.threads() {
                        self.read_archive(path);
                    } else {
                        self.archives += 1;
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
