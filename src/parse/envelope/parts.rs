use super::marker::{PEM_BEGIN, SUBMISSION, at_line_start};
use crate::parse::lines::{line_end, lines};
use memchr::memmem;

/// A submission cut into its header and its documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The header, with what stands before it.
    pub header: &'a [u8],
    /// Whether it lies in a privacy-enhanced message, in which lines that begin with `-` are stored as `- -`.
    pub in_message: bool,
    /// Whether it comes from the Archives, where lines are cut at 1,023 bytes. The Feed's `<SUBMISSION>` has whole lines.
    pub is_wrapped: bool,
    submission: &'a [u8],
}

/// A document in a submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// `<TYPE>`; empty where it is not told.
    pub type_: &'a [u8],
    /// `<FILENAME>`; empty where it is not told.
    pub filename: &'a [u8],
    /// What stands between `<TEXT>` and `</TEXT>`.
    pub text: &'a [u8],
    /// Bytes of the submission before the text.
    pub offset: usize,
    /// Whether the line `</DOCUMENT>` ends it.
    pub is_closed: bool,
}

const OPEN: &[u8] = b"<DOCUMENT>";
const CLOSE: &[u8] = b"</DOCUMENT>";
const ROOT: &[u8] = b"<ownershipDocument";

impl<'a> Parts<'a> {
    /// Cuts a submission. Marks of documents count only as whole lines; one that is missing is taken to stand where the
    /// next document or the submission ends.
    ///
    /// ```
    /// use section16::parse::envelope::Parts;
    /// let parts = Parts::split(b"<SUBMISSION>\n<TYPE>4\n<DOCUMENT>\n<TYPE>4\n<TEXT>\nx\n</TEXT>\n</DOCUMENT>\n");
    /// assert_eq!(parts.header, b"<SUBMISSION>\n<TYPE>4\n");
    /// assert_eq!(parts.documents().next().unwrap().text, b"\nx\n");
    /// ```
    pub fn split(submission: &'a [u8]) -> Self {
        let first = next_open(submission, 0);
        let header = &submission[..first.unwrap_or(submission.len())];
        Self {
            header,
            in_message: submission.starts_with(PEM_BEGIN),
            is_wrapped: !has_line(header, SUBMISSION),
            submission,
        }
    }

    /// The documents in their order, cut anew each time.
    pub fn documents(&self) -> impl Iterator<Item = Document<'a>> + use<'a> {
        let submission = self.submission;
        let mut next = next_open(submission, self.header.len());
        // Documents may have lost their marks.
        let unmarked = if next.is_none() { unmarked(submission) } else { None };
        let marked = std::iter::from_fn(move || {
            let (document, end) = document(submission, next? + OPEN.len());
            next = next_open(submission, end);
            Some(document)
        });
        marked.chain(unmarked)
    }
}

impl Document<'_> {
    /// Whether it is an ownership document in XML. The body of an encoded file is not looked into.
    pub fn is_ownership_xml(&self) -> bool {
        !self.is_encoded() && memmem::find(self.text, ROOT).is_some()
    }

    /// Whether it is a file in uuencode: `begin`, the mode in three digits, and the name.
    pub fn is_encoded(&self) -> bool {
        let mut content = lines(self.text).map(|range| self.text[range].trim_ascii());
        let first =
            content.find(|line| !line.is_empty() && !matches!(*line, b"<PDF>" | b"<XML>" | b"<XBRL>"));
        let mode = first.and_then(|line| line.strip_prefix(b"begin ")).and_then(|rest| rest.get(..4));
        mode.is_some_and(|mode| mode[..3].iter().all(u8::is_ascii_digit) && mode[3] == b' ')
    }
}

/// The begin of the next line that is `<DOCUMENT>`.
fn next_open(submission: &[u8], from: usize) -> Option<usize> {
    let hits = memmem::find_iter(&submission[from..], OPEN).map(|hit| from + hit);
    { hits }.find(|hit| is_line(submission, *hit, OPEN.len()))
}

/// Whether the mark of this length stands alone on its line. It may be indented: some files were laid out anew.
fn is_line(text: &[u8], at: usize, length: usize) -> bool {
    let blank = |b: &&u8| matches!(b, b' ' | b'\t');
    let indent = text[..at].iter().rev().take_while(blank).count();
    let rest = &text[at + length..];
    let blanks = rest.iter().take_while(|b| blank(b) || matches!(b, 0 | 0x1A)).count();
    at_line_start(text, at - indent) && (blanks == rest.len() || line_end(&rest[blanks..]) > 0)
}

fn has_line(text: &[u8], mark: &[u8]) -> bool {
    memmem::find_iter(text, mark).any(|at| is_line(text, at, mark.len()))
}

/// Reads the document whose mark ends at `from`, and tells where it ends.
fn document(submission: &[u8], from: usize) -> (Document<'_>, usize) {
    let (end, is_closed) = document_end(submission, from);
    let body = &submission[from..end];
    let mut document = Document { offset: end, is_closed, ..Document::default() };
    for range in lines(body) {
        let line = body[range.clone()].trim_ascii();
        let value = |tag: &[u8]| line.strip_prefix(tag).map(<[u8]>::trim_ascii);
        if let Some(type_) = value(b"<TYPE>") {
            document.type_ = type_;
        } else if let Some(filename) = value(b"<FILENAME>") {
            document.filename = filename;
        } else if line.starts_with(b"<TEXT>") {
            let tag = memmem::find(&body[range.clone()], b"<TEXT>").unwrap_or_default();
            let start = range.start + tag + b"<TEXT>".len();
            document.offset = from + start;
            document.text = without_close(&body[start..]);
            break;
        }
    }
    (document, end)
}

/// Where the document whose content begins at `from` ends, at its closing line, else at the next document's begin; and
/// whether there is a closing line.
fn document_end(submission: &[u8], from: usize) -> (usize, bool) {
    let mut at = from;
    while let Some(hit) = memmem::find(&submission[at..], b"DOCUMENT>").map(|hit| at + hit) {
        let before = &submission[..hit];
        if before.ends_with(b"</") && is_line(submission, hit - 2, CLOSE.len()) {
            return (hit - 2, true);
        }
        // In the text of a document the mark may stand as text; the next document begins with its type.
        let begins = before.ends_with(b"<")
            && hit > from
            && is_line(submission, hit - 1, OPEN.len())
            && submission[hit + OPEN.len() - 1..].trim_ascii_start().starts_with(b"<TYPE>");
        if begins {
            return (hit - 1, false);
        }
        at = hit + 1;
    }
    (submission.len(), false)
}

/// The text before the last line that is `</TEXT>`, if there is one.
fn without_close(text: &[u8]) -> &[u8] {
    const CLOSE: &[u8] = b"</TEXT>";
    let mut end = text.len();
    while let Some(hit) = memmem::rfind(&text[..end], CLOSE) {
        if is_line(text, hit, CLOSE.len()) {
            return &text[..hit];
        }
        end = hit;
    }
    text
}

/// The ownership document of a submission whose documents have lost their marks.
fn unmarked(submission: &[u8]) -> Option<Document<'_>> {
    let offset = memmem::find(submission, ROOT)?;
    Some(Document { text: &submission[offset..], offset, ..Document::default() })
}
