//! The thread of one large archive: decompresses it and hands blocks of its entries to the pool.

use super::block::Block;
use super::crew::{Crew, Hand};
use super::foreman::{LastWord, Word};
use crate::source::{Body, Damage, Entry, Visit, path_text};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Blocks that go round, for each thread of the pool.
const BLOCKS: usize = 2;

/// Reads the archive at `path`. Entries that are streams, and damage, are dealt with on this thread.
pub(super) fn unpack(crew: &Crew<'_>, path: &Path, speaker: Sender<Word>) {
    let last = LastWord::new(speaker, Word::ArchiveDone);
    let (home, idle) = channel();
    for _ in 0..BLOCKS * crew.threads() {
        home.send(Block::new(home.clone())).ok();
    }
    let mut reader = crew.reader();
    let mut unpacking = Unpacking {
        crew,
        hand: crew.hand(),
        last: &last,
        path: path_text(path).into(),
        idle,
        block: Block::new(home),
    };
    // The visitor has told the job whatever ends an archive early.
    let _ = match reader.open(path) {
        Ok(opened) => opened.visit(&mut unpacking),
        Err(damage) => unpacking.damage(damage),
    };
    crew.check_stores();
    let Unpacking { hand, block, path, .. } = unpacking;
    last.say(Word::Full(path, block));
    crew.job.monitor.file_done();
    crew.dismiss(hand);
}

struct Unpacking<'u, 'j> {
    crew: &'u Crew<'j>,
    hand: Hand<'j>,
    last: &'u LastWord,
    path: Arc<str>,
    /// Empty blocks.
    idle: Receiver<Block>,
    /// The block that is being filled.
    block: Block,
}

impl Unpacking<'_, '_> {
    fn hand_on(&mut self) {
        // Each empty block holds a sender of the channel, so this waits until one comes home.
        if let Ok(empty) = self.idle.recv() {
            let full = std::mem::replace(&mut self.block, empty);
            self.last.say(Word::Full(self.path.clone(), full));
        }
    }
}

impl Visit for Unpacking<'_, '_> {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        if self.crew.job.is_over() {
            return ControlFlow::Break(());
        }
        let Body::Bytes(bytes) = entry.body else {
            return self.hand.outcomes(&self.path).entry(entry);
        };
        self.block.push(entry.member.unwrap_or_default(), entry.number, bytes);
        if self.block.is_full() {
            self.hand_on();
        }
        ControlFlow::Continue(())
    }

    fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
        self.hand.outcomes(&self.path).damage(damage)
    }
}
