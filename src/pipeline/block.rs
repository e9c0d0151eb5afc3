//! Carries entries of a large archive from the thread that decompresses it to those that parse.

use crate::source::{Body, Entry, Visit};
use std::ops::{ControlFlow, Range};
use std::sync::mpsc::Sender;

/// Bytes after which a block is full.
const FULL: usize = 1 << 20;

/// Whole entries that lie one after another in one buffer.
pub(super) struct Block {
    bytes: Vec<u8>,
    members: String,
    entries: Vec<Held>,
    /// Where the block goes when it is empty again, to be filled anew.
    home: Sender<Block>,
}

struct Held {
    number: u64,
    member: Range<usize>,
    body: Range<usize>,
}

impl Block {
    /// An empty block.
    pub fn new(home: Sender<Block>) -> Self {
        Self { bytes: Vec::new(), members: String::new(), entries: Vec::new(), home }
    }

    pub fn is_full(&self) -> bool {
        self.bytes.len() >= FULL
    }

    /// Adds an entry.
    pub fn push(&mut self, member: &str, number: u64, body: &[u8]) {
        let (member_start, body_start) = (self.members.len(), self.bytes.len());
        self.members.push_str(member);
        self.bytes.extend_from_slice(body);
        let held =
            Held { number, member: member_start..self.members.len(), body: body_start..self.bytes.len() };
        self.entries.push(held);
    }

    fn show(&self, visitor: &mut dyn Visit) -> ControlFlow<()> {
        for held in &self.entries {
            let member = self.members.get(held.member.clone()).filter(|m| !m.is_empty());
            let body = Body::Bytes(self.bytes.get(held.body.clone()).unwrap_or_default());
            visitor.entry(Entry { member, number: held.number, body })?;
        }
        ControlFlow::Continue(())
    }

    /// The same block, which goes home empty when it is dropped, also when the thread panics.
    pub fn returning(self) -> Returning {
        Returning(Some(self))
    }
}

/// A [`Block`] on its way home.
pub(super) struct Returning(Option<Block>);

impl Returning {
    /// Shows the entries in order, as long as they are wanted.
    pub fn show(&self, visitor: &mut dyn Visit) -> ControlFlow<()> {
        self.0.as_ref().map_or(ControlFlow::Continue(()), |block| block.show(visitor))
    }
}

impl Drop for Returning {
    fn drop(&mut self) {
        if let Some(mut block) = self.0.take() {
            block.bytes.clear();
            block.members.clear();
            block.entries.clear();
            let home = block.home.clone();
            // Nobody waits for it once its archive is read.
            home.send(block).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Damage;
    use std::sync::mpsc::channel;

    struct Seen(Vec<(Option<String>, u64, Vec<u8>)>);

    impl Visit for Seen {
        fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
            let Body::Bytes(bytes) = entry.body else { panic!("a block holds slices") };
            self.0.push((entry.member.map(str::to_owned), entry.number, bytes.to_vec()));
            ControlFlow::Continue(())
        }

        fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
            panic!("{damage:?}")
        }
    }

    #[test]
    fn entries_come_out_as_they_went_in_and_the_block_comes_home_empty() {
        let (home, waiting) = channel();
        let mut block = Block::new(home);
        block.push("a.txt", 3, b"one");
        block.push("", 4, b"");
        let mut seen = Seen(Vec::new());
        let block = block.returning();
        assert!(block.show(&mut seen).is_continue());
        assert_eq!(seen.0, [(Some("a.txt".to_owned()), 3, b"one".to_vec()), (None, 4, Vec::new())]);
        drop(block);
        assert!(waiting.recv().unwrap().entries.is_empty());
    }
}
