//! The format of `compress`: LZW with codes of 9 to 16 bits, least significant bit first.
//!
//! Codes are packed in groups of eight. When the width of codes changes, the rest of a group is void. The format has no
//! length and no checksum, so that a file cut off between two codes cannot be told from a whole one.

use crate::source::fault::Fault;
use crate::source::window::Window;
use std::io::{self, BufRead, Read};

const MAGIC: [u8; 2] = [0x1f, 0x9d];
const MIN_WIDTH: usize = 9;
const MAX_WIDTH: usize = 16;
const CLEAR: u16 = 256;

pub(super) struct Lzw<'a, 'w> {
    input: &'a mut Window<'w>,
    /// 0 before the header is read.
    max_width: usize,
    has_clear: bool,
    width: usize,
    group: [u8; MAX_WIDTH + 3],
    group_bits: usize,
    group_at: usize,
    /// The code before the code, and the byte after it, for each code from 256 on.
    prefix: Vec<u16>,
    suffix: Vec<u8>,
    codes: usize,
    previous: Option<(u16, u8)>,
    /// Bytes to give out, last first.
    pending: Vec<u8>,
    fault: Option<Fault>,
}

impl<'a, 'w> Lzw<'a, 'w> {
    pub fn new(input: &'a mut Window<'w>) -> Self {
        Self {
            input,
            max_width: 0,
            has_clear: false,
            width: MIN_WIDTH,
            group: [0; MAX_WIDTH + 3],
            group_bits: 0,
            group_at: 0,
            prefix: vec![0; 1 << MAX_WIDTH],
            suffix: vec![0; 1 << MAX_WIDTH],
            codes: 0,
            previous: None,
            pending: Vec::new(),
            fault: None,
        }
    }

    pub fn input(&self) -> &Window<'w> {
        self.input
    }

    fn read_header(&mut self) -> Result<(), Fault> {
        let [a, b, flags] = self.input.take()?;
        self.max_width = usize::from(flags & 0x1f);
        self.has_clear = flags & 0x80 != 0;
        // What `compress -b 9` writes once its table is full, no program reads, not even `compress`.
        if [a, b] != MAGIC || !(MIN_WIDTH + 1..=MAX_WIDTH).contains(&self.max_width) {
            return Err(Fault::damaged("the compress header is corrupt"));
        }
        self.start_table();
        Ok(())
    }

    fn start_table(&mut self) {
        self.set_width(MIN_WIDTH);
        self.codes = if self.has_clear { 257 } else { 256 };
        self.previous = None;
    }

    fn set_width(&mut self, width: usize) {
        self.width = width;
        (self.group_bits, self.group_at) = (0, 0);
    }

    /// Decodes one code into `pending`; `false` at the end.
    fn decode(&mut self) -> Result<bool, Fault> {
        if self.codes >= 1 << self.width && self.width < self.max_width {
            self.set_width(self.width + 1);
        }
        let Some(code) = self.next_code()? else { return Ok(false) };
        if self.has_clear && code == CLEAR {
            self.start_table();
            return Ok(true);
        }
        let first = self.expand(code)?;
        if let Some((previous, _)) = self.previous
            && self.codes < 1 << self.max_width
        {
            self.prefix[self.codes] = previous;
            self.suffix[self.codes] = first;
            self.codes += 1;
        }
        self.previous = Some((code, first));
        Ok(true)
    }

    /// Puts the bytes of `code` into `pending` and returns the first of them.
    fn expand(&mut self, code: u16) -> Result<u8, Fault> {
        let mut at = code;
        if usize::from(code) >= self.codes.max(256) {
            // A code may be used one step before it is known: it is the previous one and its own first byte.
            match self.previous {
                Some((previous, first)) if usize::from(code) == self.codes => {
                    self.pending.push(first);
                    at = previous;
                }
                _ => return Err(Fault::damaged("the compress data is corrupt")),
            }
        }
        while at >= 256 {
            self.pending.push(self.suffix[usize::from(at)]);
            at = self.prefix[usize::from(at)];
        }
        self.pending.push(at as u8);
        Ok(at as u8)
    }

    fn next_code(&mut self) -> Result<Option<u16>, Fault> {
        if self.group_at + self.width > self.group_bits && !self.next_group()? {
            return Ok(None);
        }
        let byte = self.group_at / 8;
        let bits = u32::from_le_bytes([self.group[byte], self.group[byte + 1], self.group[byte + 2], 0]);
        let code = (bits >> (self.group_at % 8)) & ((1 << self.width) - 1);
        self.group_at += self.width;
        Ok(Some(code as u16))
    }

    fn next_group(&mut self) -> Result<bool, Fault> {
        let width = self.width;
        let held = self.input.fill(width);
        let n = held.len().min(width);
        self.group[..n].copy_from_slice(&held[..n]);
        self.input.consume(n);
        (self.group_bits, self.group_at) = (n * 8, 0);
        match self.input.fault() {
            Some(fault) if n * 8 < width => Err(fault.clone()),
            _ => Ok(n * 8 >= width),
        }
    }
}

impl Read for Lzw<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.max_width == 0 {
            self.read_header()?;
        }
        let mut given = 0;
        while given < into.len() && self.fault.is_none() {
            if let Some(byte) = self.pending.pop() {
                into[given] = byte;
                given += 1;
                continue;
            }
            match self.decode() {
                Ok(true) => {}
                Ok(false) => break,
                Err(fault) => self.fault = Some(fault),
            }
        }
        match &self.fault {
            Some(fault) if given == 0 => Err(fault.clone().into()),
            _ => Ok(given),
        }
    }
}
