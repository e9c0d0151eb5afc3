//! Reads one piece of an entry to an outcome.

use super::encoding::{Encoding, decode};
use super::envelope::{Document, Parts, Piece, PieceKind};
use super::header::Header;
use super::merge::merge;
use super::rendered::{Printed, recognise};
use super::restore::{rejoin_lines, unescape_dashes};
use super::{Filter, ownership};
use crate::model::{Accession, Code, Diagnostic, Filing, FilingId, FormType, SourceFormat};
use crate::reject::{Reason, Reject};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// What is known about a piece besides its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Context<'f> {
    /// The accession number that the path names: [`Accession::in_path`] of [`Origin::display`].
    ///
    /// [`Origin::display`]: crate::model::Origin::display
    pub path_accession: Option<Accession>,
    /// Which filings are wanted.
    pub filter: &'f Filter,
}

/// What a piece turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// A filing, read.
    Filing(Box<Filing<'a>>),
    /// Another form, by its type (`10-K`), or what is no submission, by a label in parentheses (`(html)`).
    Other(Cow<'a, str>),
    /// A correction or deletion of an earlier submission's header.
    Correction,
    /// A filing that is not wanted.
    Filtered,
    /// A filing that could not be read.
    Reject(Reject),
}

impl Outcome<'_> {
    /// The same, owning its text.
    pub fn into_owned(self) -> Outcome<'static> {
        match self {
            Self::Filing(filing) => Outcome::Filing(Box::new(filing.into_owned())),
            Self::Other(form) => Outcome::Other(Cow::Owned(form.into_owned())),
            Self::Correction => Outcome::Correction,
            Self::Filtered => Outcome::Filtered,
            Self::Reject(reject) => Outcome::Reject(reject),
        }
    }
}

/// Reads a piece.
///
/// Text is borrowed from the piece where it stands there literally, and owned where the bytes had to be rewritten: in
/// another encoding than UTF-8, in a message with escaped dashes, in lines that were cut. The offset of a reject counts from
/// the begin of the piece; in rewritten text it is the place in that text.
pub fn read<'a>(piece: &Piece<'a>, context: &Context<'_>) -> Outcome<'a> {
    match &piece.kind {
        PieceKind::Submission => submission(piece.bytes, context),
        PieceKind::BareXml => bare(piece.bytes, Format::Xml, context),
        PieceKind::Printed(printed) => bare(piece.bytes, Format::Printed(Some(*printed)), context),
        PieceKind::Other(label) => Outcome::Other(label.clone()),
        PieceKind::Correction => Outcome::Correction,
        PieceKind::TooLarge { accession_number, submission_type } => {
            let message = "the submission is larger than the limit for one entry; raise the limit to read it";
            Outcome::Reject(Reject {
                accession_number: accession_number.or(context.path_accession),
                submission_type: submission_type.clone(),
                ..Reject::new(Reason::EntryTooLarge, message)
            })
        }
    }
}

/// What a document is made of.
#[derive(Clone, Copy)]
enum Format {
    Xml,
    /// A printed form; `None` where its text has to tell which kind.
    Printed(Option<Printed>),
}

/// Reads the text of a document into a filing: the one place that chooses a reader.
fn read_text<'a>(format: Format, text: &'a str, filing: &mut Filing<'a>) -> Result<(), Reject> {
    let printed = match format {
        Format::Xml => return ownership::read(text, filing),
        Format::Printed(known) => known.or_else(|| recognise(text)),
    };
    match printed.unwrap_or_else(|| printed_as(text)) {
        Printed::Html => {
            Err(Reject::new(Reason::HtmlForm, "the form is printed as HTML, which is not read yet"))
        }
        Printed::Text => {
            Err(Reject::new(Reason::TextForm, "the form is printed as plain text, which is not read yet"))
        }
    }
}

/// How a form is printed whose header alone says that it is one.
fn printed_as(text: &str) -> Printed {
    let starts_tag = |name: &str| {
        let tag = |rest: &str| rest.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        text.split('<').skip(1).any(tag)
    };
    if starts_tag("html") || starts_tag("body") { Printed::Html } else { Printed::Text }
}

/// A document without a wrapper: nothing is known of it but the path.
fn bare<'a>(bytes: &'a [u8], format: Format, context: &Context<'_>) -> Outcome<'a> {
    let parts = Parts::default();
    let form = Form { header: &Header::default(), parts: &parts, context };
    if !form.is_wanted() {
        return Outcome::Filtered;
    }
    form.read(&Document { text: bytes, ..Document::default() }, format, Vec::new())
}

/// A submission, from its header on.
fn submission<'a>(bytes: &'a [u8], context: &Context<'_>) -> Outcome<'a> {
    let parts = Parts::split(bytes);
    let (header, diagnostics) = text_of(parts.header, parts.in_message, false);
    match header {
        Cow::Borrowed(text) => with_header(&Header::read(text), &parts, context, diagnostics),
        Cow::Owned(text) => with_header(&Header::read(&text), &parts, context, diagnostics).into_owned(),
    }
}

fn with_header<'a>(
    header: &Header<'a>,
    parts: &Parts<'a>,
    context: &Context<'_>,
    diagnostics: Vec<Diagnostic<'static>>,
) -> Outcome<'a> {
    let form = Form { header, parts, context };
    let document = form.document();
    if document.is_none() && form.form_type().is_none() {
        let other = form.submission_type().unwrap_or(Cow::Borrowed("(unknown)"));
        return if header.is_correction { Outcome::Correction } else { Outcome::Other(other) };
    }
    match document {
        _ if header.is_correction => Outcome::Correction,
        _ if !form.is_wanted() => Outcome::Filtered,
        Some((document, format)) => form.read(document, format, diagnostics),
        None => Outcome::Reject(form.identify(form.no_document(), 0)),
    }
}

/// A Form 3, 4 or 5 that is being read.
struct Form<'f, 'a> {
    header: &'f Header<'a>,
    parts: &'f Parts<'a>,
    context: &'f Context<'f>,
}

impl<'f, 'a> Form<'f, 'a> {
    /// The type of the header, else of the first document.
    fn submission_type(&self) -> Option<Cow<'a, str>> {
        let of_document = || self.parts.documents.first().and_then(|document| text(document.type_));
        self.header.submission_type.map(Cow::Borrowed).or_else(of_document)
    }

    fn form_type(&self) -> Option<FormType> {
        self.submission_type().as_deref().and_then(FormType::parse)
    }

    /// Whether the header alone does not rule the filing out.
    fn is_wanted(&self) -> bool {
        let filter = self.context.filter;
        let form = self.header.submission_type.map(FormType::parse);
        form.is_none_or(|form| filter.wants_form(form)) && filter.wants_date(self.header.filing_date)
    }

    /// The document to read: the first ownership XML of the submission's type, else the first ownership XML, else, in
    /// an ownership submission, the first text of its type, else the first text.
    fn document(&self) -> Option<(&'f Document<'a>, Format)> {
        let documents = &self.parts.documents;
        let form = self.form_type();
        let of_type = |document: &&Document| {
            form.is_some() && text(document.type_).as_deref().and_then(FormType::parse) == form
        };
        let xml = |document: &&Document| document.is_ownership_xml();
        let first_xml = documents.iter().filter(xml).find(of_type).or_else(|| documents.iter().find(xml));
        if let Some(document) = first_xml {
            return Some((document, Format::Xml));
        }
        let has_text = |document: &&Document| form.is_some() && !document.text.trim_ascii().is_empty();
        let first = documents.iter().filter(has_text).find(of_type);
        let printed = first.or_else(|| documents.iter().find(has_text))?;
        Some((printed, Format::Printed(None)))
    }

    fn no_document(&self) -> Reject {
        if self.parts.documents.iter().any(|document| !document.is_closed) {
            return Reject::new(
                Reason::TruncatedDocument,
                "the submission ends before the text of its document",
            );
        }
        Reject::new(Reason::NoDocument, "the submission has a header of an ownership form and no document")
    }

    /// Reads the document and joins it with the header.
    fn read(
        &self,
        document: &Document<'a>,
        format: Format,
        mut diagnostics: Vec<Diagnostic<'static>>,
    ) -> Outcome<'a> {
        let is_wrapped = self.parts.is_wrapped && matches!(format, Format::Xml);
        let (content, of_content) = text_of(document.text, self.parts.in_message, is_wrapped);
        for diagnostic in of_content {
            if diagnostics.iter().all(|known| known.code != diagnostic.code) {
                diagnostics.push(diagnostic);
            }
        }
        match content {
            Cow::Borrowed(content) => self.filing(document, format, content, diagnostics),
            Cow::Owned(content) => self.filing(document, format, &content, diagnostics).into_owned(),
        }
    }

    fn filing<'t>(
        &self,
        document: &Document<'a>,
        format: Format,
        content: &'t str,
        diagnostics: Vec<Diagnostic<'static>>,
    ) -> Outcome<'t>
    where
        'a: 't,
    {
        let mut filing = Box::new(Filing::new(self.id(document), SourceFormat::Xml));
        filing.diagnostics = diagnostics;
        self.note_repetition(&mut filing);
        if let Err(reject) = read_text(format, content, &mut filing) {
            return Outcome::Reject(self.identify(reject, document.offset));
        }
        filing.document_filename = text(document.filename);
        merge(&mut filing, self.header, self.context.path_accession);
        if self.context.filter.wants(&filing) { Outcome::Filing(filing) } else { Outcome::Filtered }
    }

    fn accession_number(&self) -> Option<Accession> {
        self.header.accession_number.or(self.context.path_accession)
    }

    fn id(&self, document: &Document<'_>) -> FilingId {
        self.accession_number().map_or_else(|| digest(document.text), FilingId::Accession)
    }

    fn note_repetition(&self, filing: &mut Filing<'_>) {
        let count = self.parts.documents.iter().filter(|document| document.is_ownership_xml()).count();
        if count > 1 {
            let message = format!("the submission holds {count} ownership documents; one was read");
            filing.diagnostics.push(Diagnostic::new(Code::DocumentRepeated, message));
        }
    }

    /// A reject of this form, which was found in a text this many bytes into the piece.
    fn identify(&self, reject: Reject, offset: usize) -> Reject {
        Reject {
            accession_number: self.accession_number(),
            submission_type: self.submission_type().map(Cow::into_owned),
            offset: reject.offset + offset as u64,
            ..reject
        }
    }
}

/// The key of a document without an accession number.
fn digest(bytes: &[u8]) -> FilingId {
    let hash = Sha256::digest(bytes);
    FilingId::Digest(hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// A short text of the envelope; `None` where it is empty.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    (!bytes.is_empty()).then(|| decode(Cow::Borrowed(bytes)).0)
}

/// The text of a header or document, and what had to be done to the bytes.
fn text_of(bytes: &[u8], in_message: bool, is_wrapped: bool) -> (Cow<'_, str>, Vec<Diagnostic<'static>>) {
    let mut diagnostics = Vec::new();
    // Line ends may cut characters in two, so lines are joined before the bytes are read as text.
    let bytes = if in_message { unescape_dashes(bytes) } else { Cow::Borrowed(bytes) };
    let (bytes, joined) = if is_wrapped { rejoin_lines(bytes) } else { (bytes, 0) };
    if joined > 0 {
        let message = format!("{joined} lines that EDGAR had cut at 1,023 bytes were joined with the next");
        diagnostics.push(Diagnostic::new(Code::HardWrapRejoined, message));
    }
    let (text, encoding) = decode(bytes);
    if encoding == Encoding::Windows1252 {
        let message = "the bytes are no valid UTF-8 and were read as Windows-1252";
        diagnostics.push(Diagnostic::new(Code::EncodingWindows1252, message));
    }
    (text, diagnostics)
}

#[cfg(test)]
mod tests;
