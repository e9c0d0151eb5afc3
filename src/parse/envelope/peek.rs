use super::marker::{Wrapper, closer, opener};
use crate::model::Accession;
use crate::parse::lines::lines;
use memchr::memmem;

/// How far into a piece its head is looked at.
const HEAD_LIMIT: usize = 16 << 10;
/// The longest submission type that is believed. The longest of EDGAR's has 20 characters by specification.
const TYPE_LIMIT: usize = 20;

/// What the first lines of a submission tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) wrapper: Wrapper,
    /// Bytes from the piece's begin to behind its own marks.
    pub(super) own_marks: usize,
    pub(super) submission_type: Option<String>,
    pub(super) accession_number: Option<Accession>,
    pub(super) is_correction: bool,
}

/// Reads the head of the submission that `text` begins with; `None` where more of it must be seen to tell.
pub(super) fn peek(text: &[u8], wrapper: Wrapper, end_of_input: bool) -> Option<Head> {
    let complete = end_of_input || text.len() >= HEAD_LIMIT;
    let text = &text[..text.len().min(HEAD_LIMIT)];
    let mut reader = Reader::new(wrapper);
    for range in lines(text) {
        if range.end == text.len() && !complete {
            return None;
        }
        if reader.line(&text[range.clone()], range.start, range.end) {
            return Some(reader.head);
        }
    }
    complete.then_some(reader.head)
}

struct Reader {
    head: Head,
    in_entity: bool,
    in_document: bool,
}

impl Reader {
    fn new(wrapper: Wrapper) -> Self {
        let head = Head {
            wrapper,
            own_marks: 0,
            submission_type: None,
            accession_number: None,
            is_correction: false,
        };
        Self { head, in_entity: false, in_document: false }
    }

    /// Takes a line; whether all is known then.
    fn line(&mut self, line: &[u8], start: usize, end: usize) -> bool {
        let line = line.trim_ascii();
        if let Some((_, opened)) = opener(line).filter(|(_, opened)| *opened != Wrapper::None) {
            let Some(wrapper) = self.own_mark(opened, start == 0) else {
                // The next submission begins before this one told its type.
                return true;
            };
            self.head.wrapper = wrapper;
            self.head.own_marks = end;
            return false;
        }
        if closer(line, Wrapper::None).is_some() {
            return true;
        }
        match line {
            b"<DOCUMENT>" => self.document(),
            b"<CORRECTION>" | b"<DELETION>" if !self.in_entity && !self.in_document => {
                self.head.is_correction = true;
                false
            }
            b"<TEXT>" => self.in_document,
            _ => match line.strip_prefix(b"<") {
                Some(tag) => self.tag(tag),
                None => self.tab_line(line),
            },
        }
    }

    /// The wrapper after a mark that still belongs to this piece: the submission's in a message, the header's in either.
    fn own_mark(&self, opened: Wrapper, is_first: bool) -> Option<Wrapper> {
        match self.head.wrapper {
            _ if is_first => Some(opened),
            _ if self.in_document || self.head.submission_type.is_some() => None,
            Wrapper::Pem if opened != Wrapper::Pem => Some(opened),
            wrapper @ (Wrapper::Sec | Wrapper::Ims) if opened == Wrapper::Header => Some(wrapper),
            _ => None,
        }
    }

    fn document(&mut self) -> bool {
        let known = self.head.submission_type.is_some() || self.in_document;
        self.in_document = true;
        known
    }

    /// A line `<NAME>VALUE` of the header, or of the first document where the header told no type.
    fn tag(&mut self, tag: &[u8]) -> bool {
        let Some(close) = memchr::memchr(b'>', tag) else { return false };
        let (name, value) = (&tag[..close], &tag[close + 1..]);
        match name {
            b"TYPE" if self.head.submission_type.is_none() => {
                self.head.submission_type = clean_type(value);
                // Flags of a correction may follow in the header.
                self.in_document
            }
            b"ACCESSION-NUMBER" => self.accession(value),
            b"/SEC-HEADER" | b"/IMS-HEADER" => self.head.submission_type.is_some(),
            b"COMPANY-DATA" | b"OWNER-DATA" | b"FILER" | b"ISSUER" | b"REPORTING-OWNER"
            | b"SUBJECT-COMPANY" | b"FILED-BY" | b"FILED-FOR" => {
                self.in_entity = true;
                self.head.submission_type.is_some()
            }
            _ => false,
        }
    }

    /// A line `NAME: VALUE` of the header. The name of the type's line may be damaged in front.
    fn tab_line(&mut self, line: &[u8]) -> bool {
        if self.in_document {
            return false;
        }
        if let Some(value) = line.strip_prefix(b"ACCESSION NUMBER:") {
            return self.accession(value);
        }
        const NAME: &[u8] = b"SUBMISSION TYPE:";
        let Some(at) = memmem::find(line, NAME) else { return false };
        self.head.submission_type = clean_type(&line[at + NAME.len()..]);
        self.head.submission_type.is_some()
    }

    fn accession(&mut self, value: &[u8]) -> bool {
        let number = std::str::from_utf8(value.trim_ascii()).ok().and_then(Accession::parse);
        self.head.accession_number = self.head.accession_number.or(number);
        false
    }
}

/// The type as text, unless it is nothing that could be one.
fn clean_type(value: &[u8]) -> Option<String> {
    let value = value.trim_ascii();
    let plausible = !value.is_empty()
        && value.len() <= TYPE_LIMIT
        && value.iter().all(|b| b.is_ascii_graphic() || *b == b' ');
    plausible.then(|| String::from_utf8_lossy(value).into_owned())
}
