//! Tests of the whole floor: archives made here, read, and compared with what was put in.

mod codecs;
mod damage;
mod discover;
mod files;
mod limits;
mod make;
mod nested;
mod tars;
mod zips;

use super::{Body, Damage, Entry, Limits, Reader, Visit, casts_doubt};
use std::io::Read;
use std::ops::ControlFlow;
use std::ops::ControlFlow::Continue;

/// All that was shown of a file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    entries: Vec<Seen>,
    damages: Vec<Damage>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    member: Option<String>,
    number: u64,
    bytes: Vec<u8>,
    /// Whether the body ended in an error.
    is_cut: bool,
    /// Whether that error says that all of it was read.
    is_doubtful: bool,
}

impl Visit for Shown {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        let mut bytes = Vec::new();
        let error = match entry.body {
            Body::Bytes(slice) => {
                bytes.extend_from_slice(slice);
                None
            }
            Body::Stream(stream) => stream.read_to_end(&mut bytes).err(),
        };
        self.entries.push(Seen {
            member: entry.member.map(str::to_owned),
            number: entry.number,
            bytes,
            is_cut: error.is_some(),
            is_doubtful: error.as_ref().is_some_and(casts_doubt),
        });
        Continue(())
    }

    fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
        self.damages.push(damage);
        Continue(())
    }
}

impl Shown {
    fn members(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.member.as_deref().unwrap_or("-")).collect()
    }

    fn bodies(&self) -> Vec<&[u8]> {
        self.entries.iter().map(|entry| &entry.bytes[..]).collect()
    }
}

/// Shows bytes in memory, and the same as a stream that gives a few bytes at a time: both must show the same.
fn show(bytes: &[u8]) -> Shown {
    show_within(bytes, &limits())
}

/// Entries from this size on come as streams in tests.
const INLINE: usize = 40_000;

fn limits() -> Limits {
    Limits { max_inline: INLINE, ..Limits::default() }
}

fn show_within(bytes: &[u8], limits: &Limits) -> Shown {
    let mut reader = Reader::new(limits.clone(), Default::default());
    let (mut whole, mut drips) = (Shown::default(), Shown::default());
    assert_eq!(reader.bytes(bytes).visit(&mut whole), Continue(()));
    let mut drip = Drip(bytes);
    assert_eq!(reader.stream(&mut drip).unwrap().visit(&mut drips), Continue(()));
    assert_eq!(whole, drips);
    assert_eq!(whole.damages.len() + whole.entries.iter().filter(|e| !e.is_cut).count(), numbers(&whole));
    whole
}

/// How many numbers were used; entries and damages must use each once, in order.
fn numbers(shown: &Shown) -> usize {
    let mut numbers: Vec<_> = shown.entries.iter().map(|entry| entry.number).collect();
    numbers.extend(shown.damages.iter().map(|damage| damage.number));
    numbers.sort_unstable();
    numbers.dedup();
    assert!(numbers.iter().copied().eq(0..numbers.len() as u64), "{numbers:?}");
    numbers.len()
}

/// Gives 1 to 13 bytes at a time.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = (self.0.len() % 13 + 1).min(into.len());
        self.0.read(&mut into[..n])
    }
}

/// Text that shrinks, different for each seed.
fn text(seed: u32, length: usize) -> Vec<u8> {
    let words = ["share", "price", "4", "owner", "<value>", "0001234567", "\n", "issuer"];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut text = Vec::new();
    while text.len() < length {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.extend_from_slice(words[(state >> 24) as usize % words.len()].as_bytes());
        text.push(b' ');
    }
    text.truncate(length);
    text
}

/// Bytes that do not shrink, and look like nothing.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8 | 0x80
    };
    (0..length).map(|_| next()).collect()
}
