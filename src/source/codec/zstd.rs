//! Zstandard (RFC 8878).

use super::window_too_large;
use crate::source::fault::Fault;
use crate::source::window::Window;
use std::io::{self, BufRead, Read};
use zstd::zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer, ResetDirective, get_error_name};

/// Error numbers of libzstd (`zstd_errors.h`).
const WINDOW_TOO_LARGE: usize = 16;
const CHECKSUM_WRONG: usize = 22;

/// Reads the frames one after another.
pub(super) struct Unzstd<'a, 'w> {
    input: &'a mut Window<'w>,
    context: Option<DCtx<'static>>,
    is_in_frame: bool,
}

impl<'a, 'w> Unzstd<'a, 'w> {
    pub fn new(input: &'a mut Window<'w>, spare: Option<DCtx<'static>>, max_window: u64) -> Self {
        let context = spare.or_else(DCtx::try_create).and_then(|context| set_up(context, max_window));
        Self { input, context, is_in_frame: false }
    }

    pub fn input(&self) -> &Window<'w> {
        self.input
    }

    pub fn into_context(self) -> Option<DCtx<'static>> {
        self.context
    }
}

fn set_up(mut context: DCtx<'static>, max_window: u64) -> Option<DCtx<'static>> {
    context.reset(ResetDirective::SessionOnly).ok()?;
    context.set_parameter(DParameter::WindowLogMax(max_window.max(1 << 10).ilog2().min(31))).ok()?;
    Some(context)
}

impl Read for Unzstd<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(context) = &mut self.context else {
            return Err(Fault::damaged("the zstd decoder could not be set up").into());
        };
        loop {
            let has_no_more = self.input.fill(1).is_empty();
            if has_no_more && !self.is_in_frame {
                return self.input.fill_buf().map(<[u8]>::len);
            }
            let mut from = InBuffer::around(self.input.held());
            let mut to = OutBuffer::around(into);
            let left = context.decompress_stream(&mut to, &mut from).map_err(fault)?;
            let (taken, given) = (from.pos(), to.pos());
            self.input.consume(taken);
            self.is_in_frame = left != 0;
            if given > 0 {
                return Ok(given);
            }
            if has_no_more && self.is_in_frame {
                return Err(self.input.end_fault().into());
            }
            if taken == 0 && self.is_in_frame {
                return Err(Fault::damaged("the zstd data is corrupt").into());
            }
        }
    }
}

fn fault(code: usize) -> Fault {
    match 0_usize.wrapping_sub(code) {
        WINDOW_TOO_LARGE => window_too_large("zstd"),
        CHECKSUM_WRONG => Fault::checksum(),
        _ => Fault::damaged(format!("the zstd data is corrupt: {}", get_error_name(code))),
    }
}
