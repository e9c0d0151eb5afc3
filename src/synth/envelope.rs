//! Wraps documents into a submission.

use super::attachment;
use super::header::{self, Dialect};
use super::model::Filing;
use super::printed;
use super::style::LineEnd;
use super::text;
use super::write_xml;

/// The codes that only the bytes of a copy decide on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) windows_1252: bool,
    pub(super) wrapped: bool,
}

const PEM_BEGIN: &[u8] = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\
Originator-Name: keymaster@synth.example\nOriginator-Key-Asymmetric:\n \
SW52ZW50ZWQga2V5LCBubyBtZWFuaW5nIGF0IGFsbC4gSW52ZW50ZWQga2V5LCBu\n bywgbm9uZQ==\nMIC-Info: RSA-MD5,RSA,\n \
SW52ZW50ZWQgY2hlY2ssIG5vIG1lYW5pbmcgYXQgYWxsLiBJbnZlbnRlZCBjaGVj\n ay4=\n\n";
const PEM_END: &[u8] = b"-----END PRIVACY-ENHANCED MESSAGE-----\n";

/// Appends the whole submission of a filing.
pub(super) fn write(filing: &Filing<'_>, dialect: Dialect, out: &mut Vec<u8>) -> Marks {
    let start = out.len();
    let in_pem = dialect == Dialect::Tab && filing.style.pem;
    let mut plain = Vec::new();
    let body = if in_pem { &mut plain } else { &mut *out };
    header::write(filing, 1 + filing.attachments.len(), dialect, body);
    let marks = primary(filing, dialect, body);
    for (index, attachment) in filing.attachments.iter().enumerate() {
        attachment::write(*attachment, filing, index + 2, body);
    }
    body.extend_from_slice(closing(dialect));
    if in_pem {
        out.extend_from_slice(PEM_BEGIN);
        text::dash_escape(&plain, out);
        out.extend_from_slice(PEM_END);
    }
    text::end_lines(out, start, line_end(filing, dialect));
    marks
}

/// Appends the bare document.
pub(super) fn write_bare(filing: &Filing<'_>, out: &mut Vec<u8>) -> Marks {
    let start = out.len();
    let non_ascii = write_xml::write(filing, out);
    text::end_lines(out, start, filing.style.line_end);
    Marks { windows_1252: write_xml::is_windows_1252(&filing.style, non_ascii), wrapped: false }
}

/// A submission without any document.
pub(super) fn write_header_only(filing: &Filing<'_>, dialect: Dialect, out: &mut Vec<u8>) {
    header::write(filing, 0, dialect, out);
    out.extend_from_slice(closing(dialect));
}

/// A submission that stops in the middle of a value of its document.
pub(super) fn write_cut(filing: &Filing<'_>, dialect: Dialect, out: &mut Vec<u8>) {
    header::write(filing, 1, dialect, out);
    let start = out.len();
    primary(filing, dialect, out);
    let middle = start + (out.len() - start) / 2;
    let length = ["<value>", "<signatureName>"]
        .into_iter()
        .find_map(|tag| Some(memchr::memmem::find(&out[middle..], tag.as_bytes())? + tag.len() + 1));
    out.truncate(middle + length.unwrap_or(0));
}

/// The lone CR belongs to copies of the Feed and to bare documents.
fn line_end(filing: &Filing<'_>, dialect: Dialect) -> LineEnd {
    match (filing.style.line_end, dialect) {
        (LineEnd::Cr, Dialect::Tab) => LineEnd::Lf,
        (end, _) => end,
    }
}

/// The last line of a submission.
pub(super) fn closing(dialect: Dialect) -> &'static [u8] {
    match dialect {
        Dialect::Tab => b"</SEC-DOCUMENT>\n",
        Dialect::Tag => b"</SUBMISSION>\n",
    }
}

fn primary(filing: &Filing<'_>, dialect: Dialect, out: &mut Vec<u8>) -> Marks {
    begin_document(out, filing.form.as_str(), 1, filing.filename, filing.description);
    if let Some(print) = filing.print {
        printed::write(filing, print, out);
        end_document(out);
        return Marks::default();
    }
    out.extend_from_slice(b"<XML>\n");
    let start = out.len();
    let non_ascii = write_xml::write(filing, out);
    let wrapped = dialect == Dialect::Tab && filing.style.wrap && text::hard_wrap(out, start);
    out.extend_from_slice(b"</XML>\n");
    end_document(out);
    Marks { windows_1252: write_xml::is_windows_1252(&filing.style, non_ascii), wrapped }
}

/// The lines before the body of a document.
pub(super) fn begin_document(
    out: &mut Vec<u8>,
    kind: &str,
    sequence: usize,
    filename: &str,
    description: Option<&str>,
) {
    let sequence = sequence.to_string();
    let lines = [("<TYPE>", kind), ("<SEQUENCE>", &sequence), ("<FILENAME>", filename)];
    out.extend_from_slice(b"<DOCUMENT>\n");
    for (tag, value) in lines.into_iter().chain(description.map(|text| ("<DESCRIPTION>", text))) {
        out.extend_from_slice(tag.as_bytes());
        out.extend_from_slice(value.as_bytes());
        out.push(b'\n');
    }
    out.extend_from_slice(b"<TEXT>\n");
}

/// The lines after the body of a document.
pub(super) fn end_document(out: &mut Vec<u8>) {
    out.extend_from_slice(b"</TEXT>\n</DOCUMENT>\n");
}
