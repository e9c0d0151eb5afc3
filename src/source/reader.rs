//! Opens files and shows what they hold.

use super::budget::Budget;
use super::container::zip;
use super::fault::Fault;
use super::kind::Kind;
use super::limits::{Counters, Limits};
use super::name::path_text;
use super::remote::Remote;
use super::visit::{Damage, Visit};
use super::walk::{Pool, Walk};
use super::window::{CHUNK, Window};
use crate::reject::Reason;
use crate::store::{Address, ObjectReader};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Opens one file after another, with buffers and decoders that are made once. One for each thread.
///
/// ```
/// use section16::source::{Body, Counters, Damage, Entry, Limits, Reader, Visit};
/// use std::ops::ControlFlow;
///
/// struct Sizes(Vec<usize>);
///
/// impl Visit for Sizes {
///     fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
///         if let Body::Bytes(bytes) = entry.body {
///             self.0.push(bytes.len());
///         }
///         ControlFlow::Continue(())
///     }
///
///     fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
///         panic!("{}", damage.message);
///     }
/// }
///
/// let mut sizes = Sizes(Vec::new());
/// let mut reader = Reader::new(Limits::default(), Default::default());
/// let _ = reader.bytes(b"<SEC-DOCUMENT>").visit(&mut sizes);
/// assert_eq!(sizes.0, [14]);
/// ```
pub struct Reader {
    limits: Limits,
    counters: Arc<Counters>,
    pool: Pool,
    /// The first bytes of the file.
    start: Vec<u8>,
}

impl Reader {
    /// A reader that keeps to `limits` and adds to `counters`.
    pub fn new(limits: Limits, counters: Arc<Counters>) -> Self {
        Self { limits, counters, pool: Pool::default(), start: Vec::new() }
    }

    /// Opens a file, or an object that an URL names, and reads its first 128 KiB, which count as read when the file is visited.
    ///
    /// # Errors
    /// A file that cannot be opened, or of which nothing can be read, is a [`Damage`] with the reason
    /// [`Unreadable`](crate::Reason::Unreadable) and the number 0. Where that is because a store cannot be used,
    /// [`Counters::take_failure`] says so.
    pub fn open(&mut self, path: &Path) -> Result<Opened<'_>, Damage> {
        let input = match Address::of(path) {
            None => File::open(path).map(Input::File),
            Some(Ok(address)) => Remote::open(path, &address, &self.counters).map(Input::Object),
            Some(Err(refused)) => Err(refused.into()),
        };
        let mut opened = self.start(input.map_err(unreadable)?)?;
        opened.name = path_text(path).into_owned();
        opened.size = match &opened.input {
            _ if opened.is_whole => Some(opened.held as u64),
            Input::File(file) => file.metadata().ok().filter(Metadata::is_file).map(|data| data.len()),
            Input::Object(object) => Some(object.size()),
            _ => None,
        };
        Ok(opened)
    }

    /// Takes a stream for a file.
    ///
    /// # Errors
    /// As for [`Reader::open`].
    pub fn stream<'r>(&'r mut self, stream: &'r mut dyn Read) -> Result<Opened<'r>, Damage> {
        self.start(Input::Stream(stream))
    }

    /// Takes bytes in memory for a file.
    pub fn bytes<'r>(&'r mut self, bytes: &'r [u8]) -> Opened<'r> {
        let (kind, size) = (Kind::of(bytes), Some(bytes.len() as u64));
        let name = String::new();
        Opened {
            input: Input::Bytes(bytes),
            name,
            held: 0,
            kind,
            is_whole: true,
            fault: None,
            size,
            reader: self,
        }
    }

    fn start<'r>(&'r mut self, mut input: Input<'r>) -> Result<Opened<'r>, Damage> {
        if self.start.is_empty() {
            self.start = vec![0; CHUNK];
        }
        let mut held = 0;
        let mut is_whole = false;
        let mut fault = None;
        while held < CHUNK && !is_whole && fault.is_none() {
            match input.read(&mut self.start[held..]) {
                Ok(n) => {
                    held += n;
                    is_whole = n == 0;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if held == 0 => return Err(unreadable(error)),
                Err(error) => fault = Some(error.into()),
            }
        }
        let kind = Kind::of(&self.start[..held]);
        Ok(Opened { input, name: String::new(), held, kind, is_whole, fault, size: None, reader: self })
    }
}

/// What a file should still hold, by the size that it had when it was opened.
#[derive(Clone, Copy)]
struct Rest {
    bytes: u64,
    /// Whether more was there.
    grew: bool,
}

impl Rest {
    /// How many of `n` bytes that were read belong to the file as it was. One that grows might never end.
    fn take(&mut self, n: usize) -> Result<usize, Fault> {
        let taken = n.min(usize::try_from(self.bytes).unwrap_or(usize::MAX));
        self.grew |= n > taken;
        let message = match (taken, self.bytes) {
            (0, missing @ 1..) => {
                format!("the file shrank while it was read: its last {missing} bytes are gone; read it again")
            }
            (0, 0) if self.grew => {
                "the file grew while it was read; what was added is not read: read it again".to_owned()
            }
            _ => {
                self.bytes -= taken as u64;
                return Ok(taken);
            }
        };
        Err(Fault::new(Reason::FileChanged, message))
    }
}

fn unreadable(error: io::Error) -> Damage {
    let message = error.to_string().into();
    Damage { reason: Reason::Unreadable, member: None, number: 0, offset: 0, message }
}

/// A file whose first bytes are known.
pub struct Opened<'r> {
    reader: &'r mut Reader,
    input: Input<'r>,
    /// Nothing of what was not opened by a name.
    name: String,
    /// Bytes of the reader's `start`.
    held: usize,
    kind: Kind,
    is_whole: bool,
    fault: Option<Fault>,
    size: Option<u64>,
}

enum Input<'r> {
    File(File),
    Object(Remote<ObjectReader>),
    Stream(&'r mut dyn Read),
    Bytes(&'r [u8]),
}

impl Read for Input<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Object(object) => object.read(into),
            Self::Stream(stream) => stream.read(into),
            Self::Bytes(bytes) => bytes.read(into),
        }
    }
}

impl Opened<'_> {
    /// What the file is, by its first bytes.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether all of the file is in memory: such a file is best visited at once, where it was opened.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The size of the file as it lies on disk; `None` for a pipe.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Shows all entries to `visitor` and returns what it said last.
    pub fn visit(self, visitor: &mut dyn Visit) -> ControlFlow<()> {
        let Self { reader, input, name, held, kind, is_whole, fault, size } = self;
        let Reader { limits, counters, pool, start } = reader;
        let budget = &Budget::new(limits, size.unwrap_or(0));
        let mut walk = Walk::new(limits, counters, budget, pool, &name, visitor);
        let start = start.get(..held).unwrap_or_default();
        match input {
            Input::Bytes(bytes) => {
                counters.add_read(bytes.len());
                walk.show_checked(&mut Window::lent(bytes, None), 0)
            }
            _ if is_whole || fault.is_some() => {
                counters.add_read(held);
                walk.show_checked(&mut Window::lent(start, fault), 0)
            }
            Input::File(file) if kind == Kind::Zip && size.is_some() && walk.limits.max_depth > 0 => {
                let uncounted = size.unwrap_or(u64::MAX);
                let input = Counted { input: file, counters, uncounted, rest: None, earner: None };
                zip::show_seekable(&mut walk, input, None, 1)
            }
            Input::Object(object) if kind == Kind::Zip && walk.limits.max_depth > 0 => {
                let uncounted = size.unwrap_or(u64::MAX);
                let input =
                    Counted { input: object.into_blocks(), counters, uncounted, rest: None, earner: None };
                zip::show_seekable(&mut walk, input, None, 1)
            }
            input => {
                counters.add_read(held);
                let earner = size.is_none().then_some(budget);
                earner.inspect(|budget| budget.grow(held));
                // Files of the system that have no size are read as streams are.
                let rest_of =
                    |size: u64| Rest { bytes: size.saturating_sub(held as u64), grew: held as u64 > size };
                let of_file = size.filter(|&size| size > 0).map(rest_of);
                let rest = Counted { input, counters, uncounted: u64::MAX, rest: of_file, earner };
                let mut rest = start.chain(rest);
                walk.stream(&mut rest, 0)
            }
        }
    }
}

/// Counts what is read from a file.
struct Counted<'a, R> {
    input: R,
    counters: &'a Counters,
    /// The most bytes that are still counted: what is read again, after a step back, does not count again.
    uncounted: u64,
    /// What should still come; `None` of a stream, and of what is read at random.
    rest: Option<Rest>,
    /// The budget that grows with a file of unknown size.
    earner: Option<&'a Budget>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.counters.is_stopped() {
            return Err(io::Error::other("the run was stopped"));
        }
        let mut n = self.input.read(into)?;
        if let Some(rest) = &mut self.rest
            && !into.is_empty()
        {
            n = rest.take(n)?;
        }
        let counted = self.uncounted.min(n as u64);
        self.uncounted -= counted;
        self.counters.add_read(counted as usize);
        if let Some(budget) = self.earner {
            budget.grow(n);
        }
        Ok(n)
    }
}

impl<R: Seek> Seek for Counted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}
