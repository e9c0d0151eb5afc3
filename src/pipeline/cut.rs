//! Drives the splitter over the body of an entry.

use crate::parse::envelope::{Limits, Piece, Splitter, Step};
use crate::source::Body;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Bytes that are added to the window at least each time.
const CHUNK: usize = 256 << 10;

/// Shows every piece of `body` to `each`, in order. `window` is room that is used again from entry to entry.
///
/// Returns the stream's error, if it had one; the pieces that were whole before it have been shown.
pub(super) fn cut(
    body: Body<'_>,
    limits: Limits,
    is_correction: bool,
    window: &mut Vec<u8>,
    each: &mut dyn FnMut(&Piece<'_>) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let splitter = Splitter::new(limits).correction(is_correction);
    match body {
        Body::Bytes(bytes) => Ok(cut_slice(bytes, splitter, each)),
        Body::Stream(stream) => cut_stream(stream, splitter, window, each),
    }
}

fn cut_slice(
    mut rest: &[u8],
    mut splitter: Splitter,
    each: &mut dyn FnMut(&Piece<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    while let Step::Piece { consumed, piece } = splitter.step(rest, true) {
        each(&piece)?;
        rest = rest.get(consumed..).unwrap_or_default();
    }
    ControlFlow::Continue(())
}

fn cut_stream(
    stream: &mut dyn Read,
    mut splitter: Splitter,
    window: &mut Vec<u8>,
    each: &mut dyn FnMut(&Piece<'_>) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    window.clear();
    let mut start = 0;
    let mut at_end = false;
    loop {
        let consumed = match splitter.step(&window[start..], at_end) {
            Step::Piece { consumed, piece } => {
                if each(&piece).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                consumed
            }
            Step::NeedInput { consumed } => {
                window.drain(..start + consumed);
                start = 0;
                at_end = !fill(stream, window)?;
                0
            }
            Step::End => return Ok(ControlFlow::Continue(())),
        };
        start += consumed;
    }
}

/// Appends to the window as much as it holds already, at least a chunk, so that a piece of any size is looked at a few
/// times only. False at the end of the stream.
fn fill(stream: &mut dyn Read, window: &mut Vec<u8>) -> io::Result<bool> {
    let more = window.len().max(CHUNK) as u64;
    Ok(stream.take(more).read_to_end(window)? > 0)
}
