//! Any bytes are cut into pieces that lie one behind another, the same whole and through a window, and each is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::parse::Filter;
use section16::parse::Limits;
use section16::parse::envelope::{PieceKind, Splitter, Step, pieces};
use section16::parse::submission::{Context, read};

fuzz_target!(|data: &[u8]| {
    let filter = Filter::default();
    let context = Context { path_accession: None, path_cik: None, filter: &filter, limits: Limits::default() };
    let mut end = 0;
    let mut whole = Vec::new();
    for piece in pieces(data) {
        assert!(piece.offset >= end && piece.offset + piece.len <= data.len() as u64);
        end = piece.offset + piece.len;
        read(&piece, &context);
        whole.push((piece.kind, piece.offset, piece.len));
    }
    assert_eq!(through_window(data), whole);
});

/// The pieces as they are found while the input grows by a few bytes at a time.
fn through_window(data: &[u8]) -> Vec<(PieceKind, u64, u64)> {
    let chunk = data.first().map_or(1, |b| usize::from(*b) + 1);
    let mut splitter = Splitter::new(Limits { max_entry: usize::MAX, ..Limits::default() });
    let (mut start, mut end) = (0, 0);
    let mut found = Vec::new();
    loop {
        match splitter.step(&data[start..end], end == data.len()) {
            Step::NeedInput { consumed } => {
                assert!(end < data.len(), "more is asked for at the end");
                start += consumed;
                end = data.len().min(end + chunk);
            }
            Step::Piece { consumed, piece } => {
                found.push((piece.kind, piece.offset, piece.len));
                start += consumed;
            }
            Step::End => return found,
        }
    }
}
