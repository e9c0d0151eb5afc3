//! Reads one piece of an entry to an outcome.

use super::encoding::{Encoding, decode, longest_text};
use super::envelope::{Document, Parts, Piece, PieceKind};
use super::header::{self, Header};
use super::merge::merge;
use super::rendered::Printed;
use super::restore::{rejoin_lines, unescape_dashes};
use super::wrapper::{names_parties, of_wrapper};
use super::{Filter, Limits, ownership, rendered};
use crate::model::{Accession, Cik, Code, Diagnostic, Filing, FilingId, FormType, SourceFormat};
use crate::reject::{Reason, Reject};
use ring::digest::SHA256;
use std::borrow::Cow;

/// What is known about a piece besides its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Context<'f> {
    /// The accession number that the path names: [`Accession::in_path`] of [`Origin::display`].
    ///
    /// [`Origin::display`]: crate::model::Origin::display
    pub path_accession: Option<Accession>,
    /// The CIK whose folder the path lies in: [`Cik::in_path`].
    pub path_cik: Option<Cik>,
    /// Which filings are wanted.
    pub filter: &'f Filter,
    /// What a filing may cost.
    pub limits: Limits,
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
/// the begin of the piece; in rewritten text it is a place near by.
pub fn read<'a>(piece: &Piece<'a>, context: &Context<'_>) -> Outcome<'a> {
    match &piece.kind {
        PieceKind::Submission => submission(piece.bytes, context),
        PieceKind::BareXml => bare(piece.bytes, Format::Xml, context),
        PieceKind::Printed(dress) => bare(piece.bytes, Format::Printed(Some(*dress)), context),
        PieceKind::Other(label) => Outcome::Other(label.clone()),
        PieceKind::Correction => Outcome::Correction,
        PieceKind::TooLarge { accession_number, submission_type } => {
            let message =
                "the submission is larger than the limit for one entry; raise --max-entry to read it";
            Outcome::Reject(Reject {
                accession_number: accession_number.or(context.path_accession),
                submission_type: submission_type.clone(),
                ..Reject::new(Reason::EntryTooLarge, message)
            })
        }
    }
}

/// What a document is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Xml,
    /// A printed form, and its dress where that is known.
    Printed(Option<Printed>),
}

/// Reads the text of a document into a filing: the one place that chooses a reader.
fn read_text<'a>(
    limits: &Limits,
    format: Format,
    text: &'a str,
    filing: &mut Filing<'a>,
) -> Result<(), Reject> {
    match format {
        Format::Xml => ownership::read_within(limits, text, filing),
        Format::Printed(_) if text.len() > limits.max_printed => {
            let message = format!(
                "the printed form is larger than {} bytes; read it by hand, or raise --max-printed",
                limits.max_printed
            );
            Err(Reject::new(Reason::PrintedTooLarge, message))
        }
        Format::Printed(Some(dress)) => rendered::read_as(dress, text, filing),
        Format::Printed(None) => rendered::read(text, filing),
    }
}

/// A document without a wrapper: nothing is known of it but the path.
fn bare<'a>(bytes: &'a [u8], format: Format, context: &Context<'_>) -> Outcome<'a> {
    let header = Header::default();
    let form = Form::new(&header, Parts::default(), context);
    let document = Document { text: bytes, ..Document::default() };
    if form.is_wanted() { form.read(&document, format, Vec::new()) } else { Outcome::Filtered }
}

/// A submission, from its header on.
fn submission<'a>(bytes: &'a [u8], context: &Context<'_>) -> Outcome<'a> {
    let parts = Parts::split(bytes);
    let (header, diagnostics) = text_of(header::head(parts.header), parts.in_message, false);
    match header {
        Cow::Borrowed(text) => Form::new(&Header::read(text), parts, context).outcome(diagnostics),
        Cow::Owned(text) => Form::new(&Header::read(&text), parts, context).outcome(diagnostics).into_owned(),
    }
}

/// A submission that is being read.
struct Form<'f, 'a> {
    header: &'f Header<'a>,
    parts: Parts<'a>,
    context: &'f Context<'f>,
    /// The type of the header, else of the first document.
    submission_type: Option<Cow<'a, str>>,
    /// The same, if it is one of the six.
    form_type: Option<FormType>,
}

/// What a look at the documents of a submission gives.
#[derive(Default)]
struct Documents<'a> {
    /// The first ownership XML, and the first of the submission's type.
    xml: Option<Document<'a>>,
    xml_of_type: Option<Document<'a>>,
    xml_count: usize,
    /// The first other text, and the first of the submission's type.
    text: Option<Document<'a>>,
    text_of_type: Option<Document<'a>>,
    /// Whether a document lacks its end.
    is_cut: bool,
}

impl<'f, 'a> Form<'f, 'a> {
    fn new(header: &'f Header<'a>, parts: Parts<'a>, context: &'f Context<'f>) -> Self {
        let of_document = || parts.documents().next().and_then(|document| text(document.type_));
        let submission_type = header.submission_type.map(Cow::Borrowed).or_else(of_document);
        let form_type = submission_type.as_deref().and_then(FormType::parse);
        Self { header, parts, context, submission_type, form_type }
    }

    /// Finds the document and reads it: the first ownership XML of the submission's type, else the first ownership XML,
    /// else, in an ownership submission, the first text of its type, else the first text.
    fn outcome(&self, mut diagnostics: Vec<Diagnostic<'static>>) -> Outcome<'a> {
        if self.header.is_correction {
            return Outcome::Correction;
        }
        let documents = self.documents();
        if documents.xml_count == 0 && self.form_type.is_none() {
            return Outcome::Other(self.submission_type.clone().unwrap_or(Cow::Borrowed("(unknown)")));
        }
        if !self.is_wanted() {
            return Outcome::Filtered;
        }
        if documents.xml_count > 1 {
            let message =
                format!("the submission holds {} ownership documents; one was read", documents.xml_count);
            diagnostics.push(Diagnostic::new(Code::DocumentRepeated, message));
        }
        if let Some(document) = documents.xml_of_type.or(documents.xml) {
            return self.read(&document, Format::Xml, diagnostics);
        }
        match documents.text_of_type.or(documents.text) {
            Some(document) => self.read(&document, Format::Printed(None), diagnostics),
            None => Outcome::Reject(self.identify(no_document(documents.is_cut), &Document::default())),
        }
    }

    fn documents(&self) -> Documents<'a> {
        let mut found = Documents::default();
        for document in self.parts.documents() {
            found.is_cut |= !document.is_closed;
            let type_ = text(document.type_);
            let of_type =
                self.form_type.is_some() && type_.as_deref().and_then(FormType::parse) == self.form_type;
            let (first, first_of_type) = if document.is_ownership_xml() {
                found.xml_count += 1;
                (&mut found.xml, &mut found.xml_of_type)
            } else if document.text.trim_ascii().is_empty() {
                continue;
            } else {
                (&mut found.text, &mut found.text_of_type)
            };
            first.get_or_insert(document);
            if of_type {
                first_of_type.get_or_insert(document);
            }
        }
        found
    }

    /// Whether the header alone does not rule the filing out.
    fn is_wanted(&self) -> bool {
        let filter = self.context.filter;
        let form = self.header.submission_type.map(FormType::parse);
        form.is_none_or(|form| filter.wants_form(form)) && filter.wants_date(self.header.filing_date)
    }

    /// Reads the document and joins it with the header.
    fn read(
        &self,
        document: &Document<'a>,
        format: Format,
        mut diagnostics: Vec<Diagnostic<'static>>,
    ) -> Outcome<'a> {
        let max = self.context.limits.max_entry;
        if document.text.len() > max / 3 && longest_text(document.text) > max {
            let message = "the document is larger than the limit for one entry when it is read as text; raise --max-entry to read it";
            return Outcome::Reject(self.identify(Reject::new(Reason::EntryTooLarge, message), document));
        }
        let is_wrapped = self.parts.is_wrapped && format == Format::Xml;
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
        let known = diagnostics.len();
        filing.diagnostics = diagnostics;
        if let Err(reject) = read_text(&self.context.limits, format, content, &mut filing) {
            if format == Format::Xml || !names_parties(self.header) {
                return Outcome::Reject(self.identify(reject, document));
            }
            filing.diagnostics.truncate(known);
            filing.diagnostics.push(Diagnostic::new(Code::FormUnreadable, reject.message));
        }
        filing.document_filename = text(document.filename);
        let printed = filing.is_amendment;
        merge(&mut filing, self.header, self.context.path_accession);
        if format != Format::Xml {
            of_wrapper(&mut filing, self.header, self.context.path_cik, printed);
        }
        if self.context.filter.wants(&filing) { Outcome::Filing(filing) } else { Outcome::Filtered }
    }

    fn accession_number(&self) -> Option<Accession> {
        self.header.accession_number.or(self.context.path_accession)
    }

    fn id(&self, document: &Document<'_>) -> FilingId {
        self.accession_number().map_or_else(|| digest(document.text), FilingId::Accession)
    }

    /// A reject of this form, its offset counted from the begin of the piece instead of the document's text. The text is
    /// longer than the bytes where it was read in another encoding.
    fn identify(&self, reject: Reject, document: &Document<'_>) -> Reject {
        let place = reject.offset.min(document.text.len() as u64);
        Reject {
            accession_number: self.accession_number(),
            submission_type: self.submission_type.as_deref().map(str::to_owned),
            offset: document.offset as u64 + place,
            ..reject
        }
    }
}

fn no_document(is_cut: bool) -> Reject {
    if is_cut {
        return Reject::new(Reason::TruncatedDocument, "the submission ends before the text of its document");
    }
    Reject::new(Reason::NoDocument, "the submission has a header of an ownership form and no document")
}

/// The key of a document without an accession number.
fn digest(bytes: &[u8]) -> FilingId {
    let hash = ring::digest::digest(&SHA256, bytes);
    FilingId::Digest(hash.as_ref().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
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
