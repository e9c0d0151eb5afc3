//! gzip (RFC 1952).

use super::inflate::Inflate;
use crate::source::fault::Fault;
use crate::source::window::Window;
use flate2::Crc;
use std::io::{self, BufRead, Read};

const MAGIC: &[u8] = &[0x1f, 0x8b, 8];
const HEADER: usize = 10;

const HAS_HEADER_CHECKSUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;

/// Reads the members one after another, with or without zeros behind each, as tapes and block devices leave them. It ends before
/// what is no member.
pub(super) struct Gunzip<'a, 'w> {
    input: &'a mut Window<'w>,
    inflate: Inflate,
    crc: Crc,
    state: State,
}

enum State {
    Header,
    Body,
    Done,
}

impl<'a, 'w> Gunzip<'a, 'w> {
    pub fn new(input: &'a mut Window<'w>, inflate: Inflate) -> Self {
        Self { input, inflate, crc: Crc::new(), state: State::Header }
    }

    pub fn input(&self) -> &Window<'w> {
        self.input
    }

    pub fn into_inflate(self) -> Inflate {
        self.inflate
    }

    /// Passes over what stands behind the members and is none; says where it begins, in bytes of the compressed stream.
    pub fn skip_rest(&mut self) -> Option<u64> {
        let start = self.input.consumed();
        (matches!(self.state, State::Done) && self.input.skip(u64::MAX) > 0).then_some(start)
    }

    fn next_member(&mut self) -> io::Result<State> {
        self.input.skip_zeros();
        let start = self.input.fill(MAGIC.len());
        if start.starts_with(MAGIC) {
            self.skip_header()?;
            self.inflate.restart();
            self.crc.reset();
            return Ok(State::Body);
        }
        if !MAGIC.starts_with(start) || (start.is_empty() && self.input.fault().is_none()) {
            return Ok(State::Done);
        }
        self.input.skip(u64::MAX);
        Err(self.input.end_fault().into())
    }

    fn skip_header(&mut self) -> Result<(), Fault> {
        let [_, _, _, flags, ..] = self.input.take::<HEADER>()?;
        if flags & HAS_EXTRA != 0 {
            let extra = usize::from(u16::from_le_bytes(self.input.take()?));
            self.input.need(extra)?;
            self.input.consume(extra);
        }
        for flag in [HAS_NAME, HAS_COMMENT] {
            if flags & flag != 0 {
                self.skip_text()?;
            }
        }
        if flags & HAS_HEADER_CHECKSUM != 0 {
            self.input.take::<2>()?;
        }
        Ok(())
    }

    fn skip_text(&mut self) -> Result<(), Fault> {
        loop {
            let bytes = self.input.need(1)?;
            let end = memchr::memchr(0, bytes);
            let step = end.map_or(bytes.len(), |i| i + 1);
            self.input.consume(step);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    fn check_trailer(&mut self) -> Result<(), Fault> {
        let crc = u32::from_le_bytes(self.input.take()?);
        let length = u32::from_le_bytes(self.input.take()?);
        if (crc, length) != (self.crc.sum(), self.crc.amount()) {
            return Err(Fault::checksum());
        }
        Ok(())
    }
}

impl Read for Gunzip<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.state {
                State::Header => self.state = self.next_member()?,
                State::Body => match self.inflate.read(self.input, into)? {
                    Some(n) => {
                        self.crc.update(&into[..n]);
                        return Ok(n);
                    }
                    None => {
                        self.check_trailer()?;
                        self.state = State::Header;
                    }
                },
                State::Done => return Ok(0),
            }
        }
    }
}
