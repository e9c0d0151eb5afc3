//! Drives the splitter over the body of an entry.

use super::gate::{Gate, Pass};
use crate::parse::Limits;
use crate::parse::envelope::{Piece, Splitter, Step, is_closed};
use crate::source::{Body, casts_doubt};
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Bytes that are added to the window at least each time.
const CHUNK: usize = 256 << 10;

/// Takes a piece, and whether it is doubtful.
type Each<'e> = dyn FnMut(&Piece<'_>, bool) -> ControlFlow<()> + 'e;

/// Room for a window that is kept from entry to entry.
const KEPT: usize = 1 << 20;

/// Shows every piece of `body` to `each`, in order, and whether a checksum says that some of it may be wrong. `window` is room that is used again from entry to entry.
///
/// Returns the stream's error, if it had one; the pieces that were whole before it have been shown.
pub(super) fn cut(
    body: Body<'_>,
    limits: Limits,
    is_correction: bool,
    window: &mut Vec<u8>,
    gate: &Gate,
    each: &mut Each<'_>,
) -> io::Result<ControlFlow<()>> {
    let splitter = Splitter::new(limits).correction(is_correction);
    let mut pass = gate.pass();
    match body {
        Body::Bytes(bytes) => Ok(cut_slice(bytes, splitter, &mut pass, each)),
        Body::Stream(stream) => {
            window.clear();
            let stream = Stream { stream, max_window: limits.max_entry };
            let flow = cut_stream(stream, splitter, window, &mut pass, each);
            window.clear();
            window.shrink_to(KEPT);
            flow
        }
    }
}

fn cut_slice(
    mut rest: &[u8],
    mut splitter: Splitter,
    pass: &mut Pass<'_>,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    while let Step::Piece { consumed, piece } = splitter.step(rest, true) {
        pass.hold(piece.bytes.len());
        each(&piece, false)?;
        rest = rest.get(consumed..).unwrap_or_default();
    }
    ControlFlow::Continue(())
}

fn cut_stream(
    mut stream: Stream<'_>,
    mut splitter: Splitter,
    window: &mut Vec<u8>,
    pass: &mut Pass<'_>,
    each: &mut Each<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut start = 0;
    let mut at_end = false;
    let mut fault: Option<io::Error> = None;
    loop {
        match splitter.step(&window[start..], at_end || fault.is_some()) {
            Step::Piece { consumed, piece } => {
                let end = start + consumed;
                // At a fault, what lies last in the window is whole only if it says so itself.
                let is_whole = fault.is_none() || end < window.len() || is_closed(&window[start..end]);
                if is_whole && each(&piece, fault.as_ref().is_some_and(casts_doubt)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                start = end;
            }
            Step::NeedInput { consumed } => {
                window.drain(..start + consumed);
                start = 0;
                pass.hold(window.len());
                match stream.fill(window) {
                    Ok(more) => at_end = !more,
                    Err(error) => fault = Some(error),
                }
            }
            Step::End => return fault.map_or(Ok(ControlFlow::Continue(())), Err),
        }
    }
}

/// A stream that is seen through a window.
struct Stream<'s> {
    stream: &'s mut dyn Read,
    /// Bytes from which on a window grows by single chunks.
    max_window: usize,
}

impl Stream<'_> {
    /// Appends to the window as much as it holds already, at least a chunk, so that a piece of any size is looked at a few
    /// times only. False at the end of the stream.
    fn fill(&mut self, window: &mut Vec<u8>) -> io::Result<bool> {
        let more = window.len().min(self.max_window.saturating_sub(window.len())).max(CHUNK);
        window.reserve_exact(more);
        Ok((&mut *self.stream).take(more as u64).read_to_end(window)? > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes, and then an error.
    struct Broken<'a>(&'a [u8]);

    impl Read for Broken<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match self.0.read(into) {
                Ok(0) => Err(io::ErrorKind::InvalidData.into()),
                read => read,
            }
        }
    }

    const SUBMISSION: &str = "<SEC-DOCUMENT>0001234567-04-000001.txt : 20040105\n<SEC-HEADER>\n\
        CONFORMED SUBMISSION TYPE:\t4\n</SEC-HEADER>\n</SEC-DOCUMENT>\n";

    fn offsets(body: Body<'_>) -> (Vec<u64>, bool) {
        let mut offsets = Vec::new();
        let flow = cut(body, Limits::default(), false, &mut Vec::new(), &Gate::default(), &mut |piece, _| {
            offsets.push(piece.offset);
            ControlFlow::Continue(())
        });
        (offsets, flow.is_err())
    }

    #[test]
    fn a_stream_gives_the_pieces_of_a_slice() {
        let text = SUBMISSION.repeat(3);
        let length = SUBMISSION.len() as u64;
        let expected = (vec![0, length, 2 * length], false);
        assert_eq!(offsets(Body::Bytes(text.as_bytes())), expected);
        assert_eq!(offsets(Body::Stream(&mut text.as_bytes())), expected);
    }

    #[test]
    fn what_is_whole_before_a_fault_is_shown() {
        let text = SUBMISSION.repeat(3);
        let length = SUBMISSION.len();
        for (kept, whole) in [(3 * length, 3), (3 * length - 20, 2), (length + 1, 1), (length - 20, 0)] {
            let (offsets, is_err) = offsets(Body::Stream(&mut Broken(&text.as_bytes()[..kept])));
            assert_eq!((offsets.len(), is_err), (whole, true), "{kept}");
        }
    }
}
