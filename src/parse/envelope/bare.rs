use super::boundary::{Found, Search, find};
use super::marker::{LOOKAHEAD, Wrapper};
use super::piece::PieceKind;
use crate::parse::encoding::{decode, utf16_order};
use crate::parse::rendered::recognise;
use memchr::memmem;
use std::borrow::Cow;

/// How far into content without a wrapper it is looked at to tell what it is.
const SNIFF: usize = 256 << 10;
/// Bytes that must be seen for that.
pub(super) const SEEN: usize = SNIFF + LOOKAHEAD;

/// Bytes of a text whose share of control characters is looked at.
const BINARY_SAMPLE: usize = 512;

/// Bytes within which a page tells that it is one, and an index of EDGAR that it is one.
const MARKUP_HEAD: usize = 4096;

const ROOT: &[u8] = b"<ownershipDocument";

/// What content without a wrapper is.
pub(super) struct Bare {
    pub(super) kind: PieceKind,
    pub(super) wrapper: Wrapper,
    /// Bytes from the begin of the content to behind the mark that told what it is.
    pub(super) own_marks: usize,
}

/// Tells what the content is that `text` begins with and that has no wrapper.
pub(super) fn sniff(text: &[u8]) -> Bare {
    let content = content_of(text);
    if utf16_order(content).is_some() {
        return utf16(content);
    }
    let first_line = content.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    let label = match content.first() {
        _ if is_binary(content) => "(binary)",
        Some(b'<') => return markup(content),
        _ if is_json(content) => "(json)",
        _ if first_line.starts_with(b"Description:") && memmem::find(first_line, b"EDGAR").is_some() => {
            "(index)"
        }
        _ => return printed(content, "(text)"),
    };
    other(label, Wrapper::Bare)
}

/// The content alone, as far as it is looked at: not the submission behind it, nor the next XML. What ends it is looked
/// for in this order so that the time for many small pieces is that for their bytes.
fn content_of(text: &[u8]) -> &[u8] {
    let seen = &text[..text.len().min(SEEN)];
    if let Some(next) = if seen.starts_with(b"<") { next_xml(seen) } else { None } {
        let alone = Search { end_of_input: true, ..Search::bare(&seen[..next]) };
        let (Found::End(end) | Found::NotBefore(end)) = find(&alone, 1);
        return &seen[..end];
    }
    match find(&Search { end_of_input: text.len() <= SEEN, ..Search::bare(seen) }, 1) {
        Found::End(end) => &seen[..end],
        Found::NotBefore(_) => &seen[..SNIFF],
    }
}

/// Where the next XML begins: at a second declaration or a second ownership document. It is looked for in ever larger
/// parts of the text, for where there is one, there may be very many.
fn next_xml(text: &[u8]) -> Option<usize> {
    [4 << 10, 64 << 10, usize::MAX].into_iter().find_map(|limit| {
        let part = &text[..text.len().min(limit)];
        let behind = |from: usize, name: &[u8]| memmem::find(part.get(from..)?, name).map(|at| from + at);
        let declaration = behind(1, b"<?xml ");
        let root = behind(0, ROOT).and_then(|first| behind(first + 1, ROOT));
        declaration.into_iter().chain(root).min()
    })
}

fn other(label: &'static str, wrapper: Wrapper) -> Bare {
    Bare { kind: PieceKind::Other(Cow::Borrowed(label)), wrapper, own_marks: 1 }
}

fn utf16(content: &[u8]) -> Bare {
    let (text, _) = decode(Cow::Borrowed(content));
    let mut bare = other("(utf-16)", Wrapper::Opaque);
    if memmem::find(text.as_bytes(), ROOT).is_some() {
        bare.kind = PieceKind::BareXml;
    }
    bare
}

/// HTML or XML. The pages of EDGAR that hold a header in a comment are indexes.
fn markup(content: &[u8]) -> Bare {
    let head = &content[..content.len().min(MARKUP_HEAD)];
    let holds = |text: &str| memmem::find(head, text.as_bytes()).is_some();
    let starts =
        |tag: &str| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
    let is_page =
        ["<html", "<!doctype html", "<head", "<body", "<title", "<table", "<pre"].into_iter().any(starts);
    if is_page && (holds("<TITLE>SEC EDGAR Submission") || holds(".hdr.sgml : ")) {
        return other("(index)", Wrapper::Bare);
    }
    match memmem::find(content, ROOT).filter(|_| !is_page) {
        Some(root) => Bare { kind: PieceKind::BareXml, wrapper: Wrapper::Xml, own_marks: root + ROOT.len() },
        // Pages may begin with an XML declaration or a comment.
        None if is_page || holds("<html") || holds("<HTML") => printed(content, "(html)"),
        None => printed(content, "(xml)"),
    }
}

/// A printed form, if it is one, else what the label says.
fn printed(content: &[u8], label: &'static str) -> Bare {
    let wrapper = if label == "(xml)" { Wrapper::Xml } else { Wrapper::Bare };
    let mut bare = other(label, wrapper);
    bare.own_marks = if label == "(xml)" { "<?xml".len() } else { 1 };
    if let Some(printed) = recognise(&decode(Cow::Borrowed(content)).0) {
        bare.kind = PieceKind::Printed(printed);
        bare.wrapper = Wrapper::Bare;
    }
    bare
}

/// Whether the content begins as JSON does. Printed forms may begin with a check box: `[ ] Check this box`.
fn is_json(content: &[u8]) -> bool {
    let (Some(open), Some(rest)) = (content.first(), content.get(1..).map(<[u8]>::trim_ascii)) else {
        return false;
    };
    let behind_number = || rest.iter().find(|b| !matches!(b, b'0'..=b'9' | b'-' | b'.' | b'e' | b'E' | b'+'));
    match (open, rest.first()) {
        (b'{', first) => matches!(first, Some(b'"' | b'}')),
        (b'[', Some(b'{' | b'[' | b'"')) => true,
        (b'[', Some(b']')) => rest.len() == 1,
        (b'[', Some(b'0'..=b'9' | b'-')) => behind_number() == Some(&b','),
        _ => false,
    }
}

/// Whether the content has a NUL or many control characters near its begin.
fn is_binary(content: &[u8]) -> bool {
    let sample = &content[..content.len().min(BINARY_SAMPLE)];
    // Small counts, so that many bytes are looked at at once.
    let control: u16 = sample.iter().map(|b| u16::from(matches!(b, 0..=8 | 14..=31 | 127))).sum();
    content.starts_with(b"%PDF-") || sample.contains(&0) || usize::from(control) * 20 > sample.len()
}
