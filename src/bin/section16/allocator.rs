//! Small blocks of memory by mimalloc, large ones by the system.
//!
//! A filing is thousands of small blocks, and mimalloc takes half as long for them. But it keeps what was given back for a
//! while, and where blocks are large, that is more than a run may take beside its budget: the system's allocator has them
//! mapped, grows them in place and returns them at once. `scripts/hostile.sh` measures the memory, `scripts/bench.sh` the
//! time.

use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout, System};

/// Bytes from which on a block is large.
pub const LARGE: usize = 512 << 10;

/// The allocator.
pub struct BySize;

fn is_large(size: usize) -> bool {
    size >= LARGE
}

// SAFETY: each block comes from one of two allocators that keep the contract themselves. Which one it is follows from the
// size in its layout alone, and whoever gives a block back or grows it has to name the layout that it has: so a block goes
// back to where it came from. Where growing or shrinking changes the side, a new block takes over the bytes that both have.
#[expect(unsafe_code, reason = "an allocator cannot be named otherwise; fuzzed by the target `allocator`")]
unsafe impl GlobalAlloc for BySize {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise for the layout is passed on.
        unsafe { if is_large(layout.size()) { System.alloc(layout) } else { MiMalloc.alloc(layout) } }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe {
            if is_large(layout.size()) { System.alloc_zeroed(layout) } else { MiMalloc.alloc_zeroed(layout) }
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block has this layout, so it came from the same side.
        unsafe {
            if is_large(layout.size()) {
                System.dealloc(block, layout)
            } else {
                MiMalloc.dealloc(block, layout)
            }
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the block has this layout, so it came from the side of its size; the caller promises that `size` and the
        // layout's alignment make a layout. Two blocks do not overlap, and both have at least the bytes that are copied.
        unsafe {
            match (is_large(layout.size()), is_large(size)) {
                (true, true) => System.realloc(block, layout, size),
                (false, false) => MiMalloc.realloc(block, layout, size),
                _ => {
                    let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
                    if !new.is_null() {
                        block.copy_to_nonoverlapping(new, layout.size().min(size));
                        self.dealloc(block, layout);
                    }
                    new
                }
            }
        }
    }
}
