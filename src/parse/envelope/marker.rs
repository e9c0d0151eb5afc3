use crate::model::Accession;

/// How far behind a position the splitter looks to judge what stands there.
pub(super) const LOOKAHEAD: usize = 512;
/// How far before a position the splitter looks: a control block and the byte before it.
pub(super) const LOOKBEHIND: usize = CONTROL_BLOCK + 1;

/// The length of the block that stands before a submission in raw files of the Public Dissemination Service: the field
/// table of its specification sums up to it.
pub(super) const CONTROL_BLOCK: usize = 266;

pub(super) const PEM_BEGIN: &[u8] = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----";
pub(super) const PEM_END: &[u8] = b"-----END PRIVACY-ENHANCED MESSAGE-----";
pub(super) const SUBMISSION: &[u8] = b"<SUBMISSION>";

/// The wrapper that a piece lies in, which decides what may end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapper {
    /// `<SEC-DOCUMENT>` to `</SEC-DOCUMENT>`
    Sec,
    /// `<IMS-DOCUMENT>` to `</IMS-DOCUMENT>`
    Ims,
    /// `<SUBMISSION>` to `</SUBMISSION>`
    Submission,
    /// A privacy-enhanced message of which the submission's own mark was not met yet.
    Pem,
    /// `<SEC-HEADER>` or `<IMS-HEADER>` without a mark before it; the next such begins another piece.
    Header,
    /// `<DOCUMENT>` or a header's first line without a mark before it.
    None,
    /// XML without a wrapper; the next XML declaration or ownership document begins another piece.
    Xml,
    /// Any other content without a wrapper.
    Bare,
    /// What cannot be searched and goes on to the end of the entry.
    Opaque,
}

/// Marks that begin a piece where none is open. A `<DOCUMENT>` counts here because none can belong to an earlier piece.
const OPENERS: [(&[u8], Wrapper); 9] = [
    (b"<SEC-DOCUMENT>", Wrapper::Sec),
    (SUBMISSION, Wrapper::Submission),
    (PEM_BEGIN, Wrapper::Pem),
    (b"<IMS-DOCUMENT>", Wrapper::Ims),
    (b"<SEC-HEADER>", Wrapper::Header),
    (b"<IMS-HEADER>", Wrapper::Header),
    (b"<DOCUMENT>", Wrapper::None),
    (b"ACCESSION NUMBER:", Wrapper::None),
    (b"CONFORMED SUBMISSION TYPE:", Wrapper::None),
];

/// Marks that end a piece of the wrapper. Marks of more than one wrapper end a piece that has none.
const CLOSERS: [(&[u8], Wrapper); 3] = [
    (b"</SEC-DOCUMENT>", Wrapper::Sec),
    (b"</SUBMISSION>", Wrapper::Submission),
    (b"</IMS-DOCUMENT>", Wrapper::Ims),
];

/// The mark that `text` begins with, between pieces, and the wrapper that it opens.
pub(super) fn opener(text: &[u8]) -> Option<(usize, Wrapper)> {
    OPENERS.iter().find(|(mark, _)| text.starts_with(mark)).map(|(mark, wrapper)| (mark.len(), *wrapper))
}

/// The length of the mark that `text` begins with, if it ends a piece of this wrapper.
pub(super) fn closer(text: &[u8], wrapper: Wrapper) -> Option<usize> {
    let loose = matches!(wrapper, Wrapper::Pem | Wrapper::Header | Wrapper::None);
    let (mark, _) =
        CLOSERS.iter().find(|(mark, own)| (loose || *own == wrapper) && text.starts_with(mark))?;
    // Files are often joined without a line end between them, so another mark may follow at once.
    let rest = &text[mark.len()..text.len().min(LOOKAHEAD)];
    let next = rest.iter().find(|b| !matches!(b, b' ' | b'\t'));
    let ends = matches!(next, None | Some(b'\n' | b'\r' | b'<' | b'-' | b'0'..=b'9' | 0 | 0x1A | 0xEF));
    ends.then_some(mark.len())
}

/// Whether the bytes of a piece end with a mark that closes it, so that nothing of it can be missing.
///
/// ```
/// use section16::parse::envelope::is_closed;
/// assert!(is_closed(b"<SUBMISSION>\n</SUBMISSION>\n"));
/// assert!(!is_closed(b"<SUBMISSION>\n</SUBMI"));
/// ```
pub fn is_closed(piece: &[u8]) -> bool {
    let piece = piece.trim_ascii_end();
    let closes = |mark: &[u8]| piece.ends_with(mark);
    CLOSERS.iter().any(|(mark, _)| closes(mark)) || closes(PEM_END) || closes(b"</ownershipDocument>")
}

/// Whether the mark that `text` begins with begins a submission even in the midst of another piece.
///
/// Documents may hold such marks as text, so here they must look as EDGAR writes them: with an accession number, or with the
/// header's first line behind them. Some submissions begin twice, so a mark with the piece's `own` number does not count.
pub(super) fn opens_within(text: &[u8], wrapper: Wrapper, own: Option<Accession>) -> bool {
    let text = &text[..text.len().min(LOOKAHEAD)];
    let Some((length, opened)) = opener(text) else { return false };
    let (rest, below) = rest_and_below(&text[length..]);
    let below_starts = |marks: &[&[u8]]| marks.iter().any(|mark| below.starts_with(mark));
    match opened {
        Wrapper::Sec | Wrapper::Ims if rest.is_empty() => below_starts(&[b"<SEC-HEADER>", b"<IMS-HEADER>"]),
        Wrapper::Header if rest.is_empty() => false,
        Wrapper::Header if !matches!(wrapper, Wrapper::Header) => false,
        Wrapper::Sec | Wrapper::Ims | Wrapper::Header => {
            accession_in(rest).is_some_and(|accession| Some(accession) != own)
        }
        Wrapper::Submission => {
            rest.is_empty() && below_starts(&[b"<ACCESSION-NUMBER>", b"<CORRECTION>", b"<TIMESTAMP>"])
        }
        Wrapper::Pem => {
            rest.is_empty() && below_starts(&[b"Proc-Type:", b"<SEC-DOCUMENT>", b"<IMS-DOCUMENT>"])
        }
        _ => false,
    }
}

/// The rest of a line, trimmed, and what follows from the first line below it that is not blank.
fn rest_and_below(text: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr2(b'\n', b'\r', text).unwrap_or(text.len());
    let (rest, below) = text.split_at(end);
    (rest.trim_ascii(), below.trim_ascii_start())
}

fn accession_in(text: &[u8]) -> Option<Accession> {
    std::str::from_utf8(text).ok().and_then(Accession::in_path)
}

/// Whether `text` begins with a control block and the submission behind it.
pub(super) fn is_control_block(text: &[u8]) -> bool {
    let submission = text.get(CONTROL_BLOCK..).is_some_and(|rest| rest.starts_with(SUBMISSION));
    let accession = || std::str::from_utf8(&text[..20]).is_ok_and(|name| Accession::parse(name).is_some());
    submission && accession()
}

/// Whether a line begins at `at`. Padding and a byte-order mark count as line ends, for files joined one to another.
pub(super) fn at_line_start(text: &[u8], at: usize) -> bool {
    match &text[..at] {
        [] | [.., b'\n' | b'\r' | 0 | 0x1A] => true,
        before => before.ends_with(crate::parse::encoding::UTF8_MARK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closer_ends_its_line_or_stands_before_another_mark() {
        let length = |text: &str| closer(text.as_bytes(), Wrapper::Sec);
        assert_eq!(length("</SEC-DOCUMENT>"), Some(15));
        assert_eq!(length("</SEC-DOCUMENT> \r\nx"), Some(15));
        assert_eq!(length("</SEC-DOCUMENT>\nThen"), Some(15));
        assert_eq!(length("</SEC-DOCUMENT><SEC-DOCUMENT>"), Some(15));
        assert_eq!(length("</SEC-DOCUMENT>-----END"), Some(15));
        assert_eq!(length("</SEC-DOCUMENT> ends a filing"), None);
        assert_eq!(length("</SUBMISSION>\n"), None);
        assert_eq!(closer(b"</SUBMISSION>\n", Wrapper::None), Some(13));
        assert_eq!(closer(b"</SUBMISSION>\n", Wrapper::Bare), None);
    }

    #[test]
    fn inside_a_piece_a_mark_must_look_as_edgar_writes_it() {
        let opens = |text: &str| {
            opens_within(text.as_bytes(), Wrapper::Sec, Accession::parse("0007654321-25-000001"))
        };
        assert!(opens("<SEC-DOCUMENT>0001234567-25-000012.txt : 20250110\n"));
        assert!(opens("<SEC-DOCUMENT>/in/edgar/0001234567-25-000012.txt : 20250110\n"));
        assert!(!opens("<SEC-DOCUMENT>0007654321-25-000001.txt : 20250110\n"));
        assert!(opens("<SEC-DOCUMENT>\n<SEC-HEADER>\n"));
        assert!(!opens("<SEC-DOCUMENT> is the first line\n"));
        assert!(!opens("<SEC-DOCUMENT>\nis the first line\n"));
        assert!(opens("<SUBMISSION>\r\n<ACCESSION-NUMBER>0001234567-25-000012\r\n"));
        assert!(!opens("<SUBMISSION>\n<TYPE>10-K\n"));
        assert!(opens("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n"));
        assert!(!opens("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nas they say\n"));
        assert!(!opens("<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110\n"));
        assert!(opens_within(
            b"<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110\n",
            Wrapper::Header,
            None
        ));
        assert!(!opens("<DOCUMENT>\n<TYPE>4\n"));
    }
}
