//! A reader that can look ahead.

use super::fault::Fault;
use std::io::{self, BufRead, ErrorKind, Read};

/// The most bytes that are read at once, and the smallest buffer.
pub(super) const CHUNK: usize = 128 << 10;

/// A reader over a stream or a slice that can look ahead as far as it is asked to, and holds back the stream's error until
/// all bytes before it are consumed.
pub(super) struct Window<'a> {
    held: Held<'a>,
    start: usize,
    end: usize,
    consumed: u64,
    source: Option<&'a mut dyn Read>,
    fault: Option<Fault>,
}

enum Held<'a> {
    Own(Vec<u8>),
    Lent(&'a [u8]),
}

impl<'a> Window<'a> {
    /// Reads `source` through `buffer`, whose contents do not matter.
    pub fn over(source: &'a mut dyn Read, mut buffer: Vec<u8>) -> Self {
        if buffer.len() < CHUNK {
            buffer = vec![0; CHUNK];
        }
        Self { held: Held::Own(buffer), start: 0, end: 0, consumed: 0, source: Some(source), fault: None }
    }

    /// Shows `bytes`, and then `fault` if there is one.
    pub fn lent(bytes: &'a [u8], fault: Option<Fault>) -> Self {
        Self { held: Held::Lent(bytes), start: 0, end: bytes.len(), consumed: 0, source: None, fault }
    }

    /// Gives the buffer back.
    pub fn into_buffer(self) -> Vec<u8> {
        match self.held {
            Held::Own(buffer) => buffer,
            Held::Lent(_) => Vec::new(),
        }
    }

    /// The bytes that are in memory and not consumed.
    pub fn held(&self) -> &[u8] {
        let all: &[u8] = match &self.held {
            Held::Own(buffer) => buffer,
            Held::Lent(bytes) => bytes,
        };
        all.get(self.start..self.end).unwrap_or_default()
    }

    /// Looks ahead: at least `want` bytes, or all that are left.
    pub fn fill(&mut self, want: usize) -> &[u8] {
        while self.end - self.start < want && self.source.is_some() {
            self.pull();
        }
        self.held()
    }

    /// Looks ahead, or says why there are not `want` bytes.
    pub fn need(&mut self, want: usize) -> Result<&[u8], Fault> {
        if self.fill(want).len() < want {
            return Err(self.end_fault());
        }
        Ok(self.held())
    }

    /// Consumes the next `N` bytes.
    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let Some(&bytes) = self.need(N)?.first_chunk() else { return Err(self.end_fault()) };
        self.consume(N);
        Ok(bytes)
    }

    /// Why there is nothing after the bytes that are held, where something should be.
    pub fn end_fault(&mut self) -> Fault {
        self.fault.get_or_insert_with(Fault::cut_off).clone()
    }

    /// Whether all that is left is in memory, and nothing is wrong with it.
    pub fn is_whole(&self) -> bool {
        self.source.is_none() && self.fault.is_none()
    }

    /// What is wrong after the bytes that are held, as far as is known.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Bytes consumed so far.
    pub fn consumed(&self) -> u64 {
        self.consumed
    }

    /// Consumes `bytes`, or all that are left, and says how many.
    pub fn skip(&mut self, bytes: u64) -> u64 {
        let mut left = bytes;
        while left > 0 {
            let held = self.fill(1).len();
            if held == 0 {
                break;
            }
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(held);
            self.consume(step);
            left -= step as u64;
        }
        bytes - left
    }

    /// Consumes all zero bytes up to the next other one.
    pub fn skip_zeros(&mut self) {
        loop {
            let zeros = self.fill(1).iter().take_while(|&&byte| byte == 0).count();
            if zeros == 0 {
                return;
            }
            self.consume(zeros);
        }
    }

    fn pull(&mut self) {
        let (Some(source), Held::Own(buffer)) = (&mut self.source, &mut self.held) else {
            self.source = None;
            return;
        };
        if self.start > 0 {
            buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.end == buffer.len() {
            buffer.resize(buffer.len() * 2, 0);
        }
        let room = (buffer.len() - self.end).min(CHUNK);
        match source.read(&mut buffer[self.end..self.end + room]) {
            Ok(0) => self.source = None,
            Ok(n) => self.end += n.min(room),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => {
                self.source = None;
                self.fault = Some(e.into());
            }
        }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let n = held.len().min(into.len());
        into[..n].copy_from_slice(&held[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Window<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.fill(1).is_empty()
            && let Some(fault) = &self.fault
        {
            return Err(fault.clone().into());
        }
        Ok(self.held())
    }

    fn consume(&mut self, n: usize) {
        let n = n.min(self.end - self.start);
        self.start += n;
        self.consumed += n as u64;
    }
}
