//! Blocks of all sizes are asked for, grown, shrunk and given back: each keeps its bytes, whichever side it is on.
#![no_main]

#[path = "../../src/bin/section16/allocator.rs"]
mod allocator;

use allocator::{BySize, LARGE};
use libfuzzer_sys::{arbitrary, fuzz_target};
use std::alloc::{GlobalAlloc, Layout};

/// What is done with the block of a slot.
#[derive(arbitrary::Arbitrary, Debug)]
enum Deed {
    Ask { slot: u8, size: Size, align: u8, zeroed: bool },
    Resize { slot: u8, size: Size },
    Return { slot: u8 },
}

/// A size, most often near the border.
#[derive(arbitrary::Arbitrary, Debug)]
enum Size {
    Small(u16),
    Below(u8),
    Above(u16),
}

impl Size {
    fn bytes(&self) -> usize {
        match *self {
            Self::Small(size) => 1 + usize::from(size),
            Self::Below(less) => LARGE - usize::from(less),
            Self::Above(more) => LARGE + usize::from(more),
        }
    }
}

/// A block with what was written into it.
struct Block {
    at: *mut u8,
    layout: Layout,
    mark: u8,
}

impl Block {
    /// Checks the first `len` bytes.
    fn check(&self, len: usize) {
        // SAFETY: the block is that long, and all of it was written.
        let bytes = unsafe { std::slice::from_raw_parts(self.at, len) };
        assert!(bytes.iter().all(|b| *b == self.mark));
    }

    fn mark(&mut self, mark: u8) {
        self.mark = mark;
        // SAFETY: the block has the size of its layout.
        unsafe { self.at.write_bytes(mark, self.layout.size()) };
    }
}

fuzz_target!(|deeds: Vec<Deed>| {
    let mut blocks: [Option<Block>; 8] = [const { None }; 8];
    for (n, deed) in deeds.iter().take(64).enumerate() {
        let (Deed::Ask { slot, .. } | Deed::Resize { slot, .. } | Deed::Return { slot }) = deed;
        let slot = &mut blocks[usize::from(slot % 8)];
        let mark = n as u8 + 1;
        match deed {
            Deed::Ask { size, align, zeroed, .. } if slot.is_none() => {
                let layout = Layout::from_size_align(size.bytes(), 1 << (align % 8)).unwrap();
                // SAFETY: no layout here is empty.
                let at = unsafe { if *zeroed { BySize.alloc_zeroed(layout) } else { BySize.alloc(layout) } };
                assert!(!at.is_null() && at.addr() % layout.align() == 0);
                let mut block = Block { at, layout, mark: 0 };
                if *zeroed {
                    block.check(layout.size());
                }
                block.mark(mark);
                *slot = Some(block);
            }
            Deed::Resize { size, .. } => {
                let Some(mut block) = slot.take() else { continue };
                let layout = Layout::from_size_align(size.bytes(), block.layout.align()).unwrap();
                // SAFETY: the block has this layout, and the new one is not empty.
                block.at = unsafe { BySize.realloc(block.at, block.layout, layout.size()) };
                assert!(!block.at.is_null() && block.at.addr() % layout.align() == 0);
                block.check(layout.size().min(block.layout.size()));
                block.layout = layout;
                block.mark(mark);
                *slot = Some(block);
            }
            Deed::Ask { .. } | Deed::Return { .. } => give_back(slot.take()),
        }
    }
    blocks.into_iter().for_each(give_back);
});

fn give_back(block: Option<Block>) {
    let Some(block) = block else { return };
    block.check(block.layout.size());
    // SAFETY: the block came from there with this layout.
    unsafe { BySize.dealloc(block.at, block.layout) };
}
