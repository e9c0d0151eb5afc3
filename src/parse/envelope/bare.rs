use super::marker::Wrapper;
use super::piece::PieceKind;
use crate::parse::encoding::{decode, utf16_order};
use crate::parse::rendered::recognise;
use memchr::memmem;
use std::borrow::Cow;

/// How far into content without a wrapper it is looked at to tell what it is.
pub(super) const SNIFF: usize = 256 << 10;

/// Bytes of a text whose share of control characters is looked at.
const BINARY_SAMPLE: usize = 4096;

const ROOT: &[u8] = b"<ownershipDocument";

/// What content without a wrapper is, by its first [`SNIFF`] bytes.
pub(super) struct Bare {
    pub(super) kind: PieceKind,
    pub(super) wrapper: Wrapper,
    /// Bytes from the begin of the content to behind the mark that told what it is.
    pub(super) own_marks: usize,
}

/// Tells what content without a wrapper is.
pub(super) fn sniff(content: &[u8]) -> Bare {
    let content = &content[..content.len().min(SNIFF)];
    if utf16_order(content).is_some() {
        return utf16(content);
    }
    let first_line = content.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    let label = match content.first() {
        _ if is_binary(content) => "(binary)",
        Some(b'<') => return markup(content),
        Some(b'{' | b'[') => "(json)",
        _ if first_line.starts_with(b"Description:") && memmem::find(first_line, b"EDGAR").is_some() => {
            "(index)"
        }
        _ => return printed(content, "(text)"),
    };
    other(label, Wrapper::Bare)
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

/// HTML or XML. The two pages of EDGAR that hold a header in a comment are indexes.
fn markup(content: &[u8]) -> Bare {
    let is_html = ["<html", "<!doctype html", "<head", "<body", "<title", "<table", "<pre"]
        .iter()
        .any(|tag| content.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes())));
    if is_html {
        let start = &content[..content.len().min(BINARY_SAMPLE)];
        let is_index = memmem::find(start, b"<TITLE>SEC EDGAR Submission").is_some()
            || memmem::find(start, b".hdr.sgml : ").is_some();
        return if is_index { other("(index)", Wrapper::Bare) } else { printed(content, "(html)") };
    }
    if let Some(root) = memmem::find(content, ROOT) {
        return Bare { kind: PieceKind::BareXml, wrapper: Wrapper::Xml, own_marks: root + ROOT.len() };
    }
    printed(content, "(xml)")
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

/// Whether the content has a NUL or many control characters near its begin.
fn is_binary(content: &[u8]) -> bool {
    let sample = &content[..content.len().min(BINARY_SAMPLE)];
    let control = sample.iter().filter(|b| matches!(b, 0..=8 | 14..=31 | 127)).count();
    content.starts_with(b"%PDF-") || sample.contains(&0) || control * 20 > sample.len()
}
