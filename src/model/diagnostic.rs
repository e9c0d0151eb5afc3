use super::Table;
use std::borrow::Cow;
use std::fmt;

/// One thing in a filing that was repaired, doubted or left null: a row of the table `diagnostics`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic<'a> {
    /// What happened.
    pub code: Code,
    /// The table it concerns; `None` where it concerns the document as a whole.
    pub table: Option<Table>,
    /// The row of that table: `row_index`, `owner_index`, `signature_index` or the footnote's position.
    pub row_index: Option<u32>,
    /// The column, or for an unknown element its name.
    pub field: Option<Cow<'a, str>>,
    /// The literal text.
    pub raw: Option<Cow<'a, str>>,
    /// What a person should know, in one sentence.
    pub message: Cow<'static, str>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The kinds of [`Diagnostic`], stable and kebab-case: column `code`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The value of the column.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    /// The bytes are no valid UTF-8 and were read as Windows-1252.
    EncodingWindows1252 = "encoding-windows-1252",
    /// A checksum of the compressed file does not fit: any value of the filing may be wrong.
    ChecksumWrong = "checksum-wrong",
    /// Lines that EDGAR had cut at 1,023 bytes were joined again.
    HardWrapRejoined = "hard-wrap-rejoined",
    /// Tag names cut by a line end were joined again.
    TagRejoined = "tag-rejoined",
    /// A number, date, flag, CIK or character reference cut by a line end was joined again.
    ValueRejoined = "value-rejoined",
    /// A damaged tag was read by its name alone.
    DamagedTag = "damaged-tag",
    /// An element had no end tag; it ended where its parent did.
    UnclosedElement = "unclosed-element",
    /// An end tag closed nothing and was passed over.
    UnexpectedEndTag = "unexpected-end-tag",
    /// An element that the data model does not know; `field` holds its name.
    UnknownElement = "unknown-element",
    /// A row stood outside the table it belongs to, or an element outside its parent.
    MisplacedElement = "misplaced-element",
    /// An element that may stand once stood again; the first value was kept.
    RepeatedElement = "repeated-element",
    /// An ampersand that begins no entity was read as text.
    StrayAmpersand = "stray-ampersand",
    /// An entity that XML does not define was kept as it stands.
    UnknownEntity = "unknown-entity",
    /// A `<` that begins no tag was read as text.
    StrayLessThan = "stray-less-than",
    /// Control characters were removed.
    ControlCharacter = "control-character",
    /// Text stood where only elements may stand; it was passed over.
    StrayText = "stray-text",
    /// A number was not a plain decimal but had one reading.
    NumberRepaired = "number-repaired",
    /// A number had no single reading; the value is null.
    NumberUnreadable = "number-unreadable",
    /// A number had more than six decimals and was rounded half to even.
    NumberRounded = "number-rounded",
    /// A number had more than 12 integer digits; the value is null.
    NumberTooLarge = "number-too-large",
    /// A number stood with a minus sign, which the form does not know; the value was kept.
    NumberNegative = "number-negative",
    /// A date was not a day of the calendar, or not one that could be read; the value is null.
    DateUnreadable = "date-unreadable",
    /// A date was spelled in an unusual way that had one reading.
    DateRepaired = "date-repaired",
    /// A date is far from any that makes sense; the value was kept.
    DateImplausible = "date-implausible",
    /// A flag was none of 0, 1, true, false; the value is null.
    FlagUnreadable = "flag-unreadable",
    /// A CIK was no number of at most ten digits; the value is null.
    CikUnreadable = "cik-unreadable",
    /// An acceptance time could not be read, or happened twice or never in US Eastern time; the value is null.
    TimeUnreadable = "time-unreadable",
    /// A text has more than its column may hold in EDGAR's schema; the value was kept.
    TextTooLong = "text-too-long",
    /// A code is none of the list in EDGAR's schema; the value was kept.
    CodeUnknown = "code-unknown",
    /// A mark names a footnote that the filing does not have.
    FootnoteMissing = "footnote-missing",
    /// Two footnotes of the filing carry the same id.
    FootnoteRepeated = "footnote-repeated",
    /// The document does not say its issuer; the CIK is the header's.
    IssuerFromHeader = "issuer-from-header",
    /// The document does not say its issuer; the CIK is that of the folder in the path, which is the issuer's or an owner's.
    IssuerFromPath = "issuer-from-path",
    /// The print does not name this owner; the header does.
    OwnerFromHeader = "owner-from-header",
    /// The body of a printed filing could not be read; what the header says was kept.
    FormUnreadable = "form-unreadable",
    /// The document names another issuer than the header.
    IssuerMismatch = "issuer-mismatch",
    /// The document's type is not the submission's.
    TypeMismatch = "type-mismatch",
    /// The header names another accession number than the path.
    AccessionMismatch = "accession-mismatch",
    /// The submission holds more than one ownership document; the first was read.
    DocumentRepeated = "document-repeated",
    /// The filing leaked a filer's password (CCC); it was dropped.
    CccDropped = "ccc-dropped",
    /// The document ended before its root element did; every element in it was whole.
    DocumentCut = "document-cut",
    /// A printed text, code or flag was damaged but had one reading, confirmed by its place or elsewhere in the document.
    TextRepaired = "text-repaired",
    /// A printed text, code or flag could not be read, or had more than one reading; the value is null.
    TextUnreadable = "text-unreadable",
    /// Something stands where a footnote mark stands, but its number cannot be read.
    MarkUnreadable = "mark-unreadable",
    /// One printed row was read twice; it is one row.
    RowRepeated = "row-repeated",
    /// The headings of a table stand without rows although the document speaks of some.
    RowsLost = "rows-lost",
    /// Two values of the print contradict each other.
    ValuesContradict = "values-contradict",
    /// The print does not say the form's number; it was told by the captions.
    FormInferred = "form-inferred",
    /// The filing gave more diagnostics than are kept of one filing; the message tells how many were left out.
    DiagnosticsOmitted = "diagnostics-omitted",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'a> Diagnostic<'a> {
    /// A diagnostic on the document as a whole.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, table: None, row_index: None, field: None, raw: None, message: message.into() }
    }

    /// The same on a column of a table.
    pub fn on(mut self, table: Table, row_index: Option<u32>, field: impl Into<Cow<'a, str>>) -> Self {
        self.table = Some(table);
        self.row_index = row_index;
        self.field = Some(field.into());
        self
    }

    /// The same with the literal text.
    pub fn raw(mut self, raw: impl Into<Cow<'a, str>>) -> Self {
        self.raw = Some(raw.into());
        self
    }

    /// The same diagnostic, owning its text.
    pub fn into_owned(self) -> Diagnostic<'static> {
        use super::filing::own;
        Diagnostic {
            code: self.code,
            table: self.table,
            row_index: self.row_index,
            field: own(self.field),
            raw: own(self.raw),
            message: self.message,
        }
    }
}
