use super::bare::{SEEN, sniff};
use super::boundary::{Found, Search, find};
use super::marker::{
    CONTROL_BLOCK, LOOKAHEAD, LOOKBEHIND, PEM_END, Wrapper, closer, is_control_block, opener,
};
use super::peek::{Head, peek};
use super::piece::{Piece, PieceKind, Step};
use crate::model::{Accession, FormType};
use crate::parse::Limits;
use crate::parse::encoding::UTF8_MARK;
use std::borrow::Cow;

/// Padding before the first content of an entry that still counts as part of a bare document.
const PADDING_KEPT: usize = 4 << 10;

/// Cuts an entry into pieces, through a window that the caller moves over it.
///
/// The caller holds a stretch of the entry, the *window*, and calls [`step`](Self::step) until [`Step::End`]. After each step
/// it drops the `consumed` bytes from the window's front; on [`Step::NeedInput`] it also appends at least one more byte of
/// input, or says that there is none (`end_of_input`), which from then on must stay said. Pieces cover the entry in its order;
/// only blank lines, padding and the frames of messages lie between them. An entry without any content is one piece,
/// `(empty)`, so there is at least one. How the input was cut into windows has no influence on the pieces.
///
/// Pieces that are not read are passed over without being kept, so the window need not grow beyond
/// [`Limits::max_entry`] plus what the caller appends at once plus 256 KiB, however large the entry.
///
/// ```
/// use section16::parse::Limits;
/// use section16::parse::envelope::{Splitter, Step};
/// use std::io::Read;
///
/// fn kinds(mut input: impl Read) -> std::io::Result<Vec<String>> {
///     let mut splitter = Splitter::new(Limits::default());
///     let (mut window, mut end_of_input, mut kinds) = (Vec::new(), false, Vec::new());
///     loop {
///         let consumed = match splitter.step(&window, end_of_input) {
///             Step::End => return Ok(kinds),
///             Step::Piece { consumed, piece } => {
///                 kinds.push(format!("{:?}", piece.kind));
///                 consumed
///             }
///             Step::NeedInput { consumed } => {
///                 window.drain(..consumed);
///                 end_of_input = input.by_ref().take(1 << 16).read_to_end(&mut window)? == 0;
///                 continue;
///             }
///         };
///         window.drain(..consumed);
///     }
/// }
///
/// let entry = b"<SUBMISSION>\n<TYPE>4\n</SUBMISSION>\n<SUBMISSION>\n<TYPE>10-K\n</SUBMISSION>\n";
/// assert_eq!(kinds(&entry[..])?, ["Submission", "Other(\"10-K\")"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Splitter {
    limits: Limits,
    is_correction: bool,
    /// Bytes of the entry before the window.
    before: u64,
    /// Whether a piece was given.
    any: bool,
    open: Option<Open>,
}

/// A piece whose begin was seen and whose end was not. Places are counted from the begin of the entry.
#[derive(Clone, Debug)]
struct Open {
    start: u64,
    /// Where its own marks end.
    own: u64,
    /// It does not end before this.
    searched: u64,
    wrapper: Wrapper,
    kind: PieceKind,
    accession_number: Option<Accession>,
    submission_type: Option<String>,
}

impl Splitter {
    /// A splitter for one entry.
    pub fn new(limits: Limits) -> Self {
        Self { limits, is_correction: false, before: 0, any: false, open: None }
    }

    /// Says whether the entry is a correction by its name (`ACCESSION.corrNN`): then whatever it holds is one.
    pub fn correction(mut self, is_correction: bool) -> Self {
        self.is_correction = is_correction;
        self
    }

    /// Takes the next step over the window; see [`Splitter`] for the protocol.
    pub fn step<'w>(&mut self, window: &'w [u8], end_of_input: bool) -> Step<'w> {
        let open = match self.open.take() {
            Some(open) => open,
            None => match self.open(window, end_of_input) {
                Opened::Piece(open) => open,
                Opened::NeedInput(consumed) => return self.need_input(consumed),
                Opened::End if self.any => return Step::End,
                Opened::End => return self.empty(window.len()),
            },
        };
        self.close(open, window, end_of_input)
    }

    fn need_input<'w>(&mut self, consumed: usize) -> Step<'w> {
        self.before += consumed as u64;
        Step::NeedInput { consumed }
    }

    /// The piece that an entry without content is.
    fn empty<'w>(&mut self, consumed: usize) -> Step<'w> {
        self.any = true;
        self.before += consumed as u64;
        let kind = PieceKind::Other(Cow::Borrowed("(empty)"));
        Step::Piece { consumed, piece: Piece { kind, offset: 0, len: self.before, bytes: &[] } }
    }

    /// Finds the begin of the next piece.
    fn open(&self, window: &[u8], end_of_input: bool) -> Opened {
        let mut at = 0;
        let text = loop {
            let text = &window[at..];
            if text.len() < LOOKAHEAD && !end_of_input {
                return Opened::NeedInput(self.padding(at));
            }
            match passed_over(text) {
                0 if text.is_empty() => return Opened::End,
                0 => break text,
                length => at += length,
            }
        };
        match opener(text) {
            Some((_, wrapper)) => match peek(text, wrapper, end_of_input) {
                Some(head) => Opened::Piece(self.submission(at, head)),
                None => Opened::NeedInput(self.padding(at)),
            },
            None if text.len() < SEEN && !end_of_input => Opened::NeedInput(self.padding(at)),
            None => Opened::Piece(self.bare(at, text)),
        }
    }

    /// How much of the padding before `at` can be dropped: none while it may be part of a bare document.
    fn padding(&self, at: usize) -> usize {
        if self.before == 0 && at <= PADDING_KEPT { 0 } else { at }
    }

    fn submission(&self, at: usize, head: Head) -> Open {
        let form = head.submission_type.as_deref().map(FormType::parse);
        let kind = match (&head.submission_type, form) {
            _ if head.is_correction || self.is_correction => PieceKind::Correction,
            (Some(other), Some(None)) => PieceKind::Other(Cow::Owned(other.clone())),
            _ => PieceKind::Submission,
        };
        let start = self.before + at as u64;
        let own = start + head.own_marks as u64;
        Open {
            start,
            own,
            searched: own,
            wrapper: head.wrapper,
            kind,
            accession_number: head.accession_number,
            submission_type: head.submission_type,
        }
    }

    fn bare(&self, at: usize, text: &[u8]) -> Open {
        let bare = sniff(text);
        let kind = if self.is_correction { PieceKind::Correction } else { bare.kind };
        let content = self.before + at as u64;
        let own = content + bare.own_marks as u64;
        let start = self.before + self.padding(at) as u64;
        let wrapper = bare.wrapper;
        Open { start, own, searched: own, wrapper, kind, accession_number: None, submission_type: None }
    }

    /// Finds the end of an open piece.
    fn close<'w>(&mut self, mut open: Open, window: &'w [u8], end_of_input: bool) -> Step<'w> {
        let place = |of: u64| (of.saturating_sub(self.before) as usize).min(window.len());
        let search = Search {
            window,
            end_of_input,
            wrapper: open.wrapper,
            own_marks: place(open.own),
            accession_number: open.accession_number,
        };
        let found = find(&search, place(open.searched));
        let (Found::End(seen) | Found::NotBefore(seen)) = found;
        let searched = self.before + seen as u64;
        // A piece that goes on may still end before a control block that lies in what was searched.
        let spared = if found == Found::End(seen) { 0 } else { CONTROL_BLOCK as u64 };
        let length = searched.saturating_sub(open.start + spared);
        if open.kind.is_kept() && length > self.limits.max_entry as u64 {
            open.kind = open.too_large();
        }
        let start = place(open.start);
        if let Found::NotBefore(_) = found {
            let consumed = if open.kind.is_kept() { start } else { seen.saturating_sub(LOOKBEHIND) };
            open.searched = searched;
            self.open = Some(open);
            return self.need_input(consumed);
        }
        self.any = true;
        self.before = searched;
        let bytes = if open.kind.is_kept() { &window[start..seen] } else { &[] };
        let piece = Piece { kind: open.kind, offset: open.start, len: searched - open.start, bytes };
        Step::Piece { consumed: seen, piece }
    }
}

enum Opened {
    Piece(Open),
    NeedInput(usize),
    End,
}

impl Open {
    /// What it becomes when it is too large to be kept. One of unknown type is not said to be an ownership form.
    fn too_large(&self) -> PieceKind {
        if self.kind == PieceKind::Submission && self.submission_type.is_none() {
            return PieceKind::Other(Cow::Borrowed("(unknown)"));
        }
        let submission_type = self.submission_type.clone();
        PieceKind::TooLarge { accession_number: self.accession_number, submission_type }
    }
}

/// The length of what `text` begins with and belongs to no piece: white space, padding, byte-order marks, control blocks,
/// the end of a message, and closing marks that close nothing.
pub(super) fn passed_over(text: &[u8]) -> usize {
    let blank = |b: &u8| matches!(b, 0 | 0x1A | b' ' | b'\t' | b'\n' | 0x0B | 0x0C | b'\r');
    let blanks = text.iter().take_while(|b| blank(b)).count();
    if blanks > 0 {
        return blanks;
    }
    if let Some(mark) = [UTF8_MARK, PEM_END].into_iter().find(|mark| text.starts_with(mark)) {
        return mark.len();
    }
    if is_control_block(text) {
        return CONTROL_BLOCK;
    }
    closer(text, Wrapper::None).unwrap_or(0)
}

/// The pieces of an entry that lies in memory whole, none too large.
///
/// ```
/// use section16::parse::envelope::{PieceKind, pieces};
/// let kinds: Vec<_> = pieces(b"<ownershipDocument></ownershipDocument>").map(|piece| piece.kind).collect();
/// assert_eq!(kinds, [PieceKind::BareXml]);
/// ```
pub fn pieces(entry: &[u8]) -> Pieces<'_> {
    Pieces { splitter: Splitter::new(Limits { max_entry: usize::MAX, ..Limits::default() }), rest: entry }
}

/// The iterator of [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'w> {
    splitter: Splitter,
    rest: &'w [u8],
}

impl<'w> Iterator for Pieces<'w> {
    type Item = Piece<'w>;

    fn next(&mut self) -> Option<Piece<'w>> {
        match self.splitter.step(self.rest, true) {
            Step::Piece { consumed, piece } => {
                self.rest = self.rest.get(consumed..).unwrap_or_default();
                Some(piece)
            }
            Step::NeedInput { .. } | Step::End => None,
        }
    }
}
