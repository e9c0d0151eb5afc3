//! What stops one entry: a row of the table `rejects`, never the run.

use crate::model::Accession;
use std::borrow::Cow;
use std::fmt;

/// An entry that gave no filing although it should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Why.
    pub reason: Reason,
    /// The accession number, where header or path told it.
    pub accession_number: Option<Accession>,
    /// The submission type of the header, where there is one.
    pub submission_type: Option<String>,
    /// Bytes from the start of the submission to the place where reading stopped.
    pub offset: u64,
    /// What is wrong and what to do, in one sentence.
    pub message: Cow<'static, str>,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The kinds of [`Reject`], stable and kebab-case: column `code`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// All reasons.
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

reasons! {
    /// A file or folder could not be opened or read.
    Unreadable = "unreadable",
    /// A compressed stream or archive is damaged; what came before the damage was read. Or the name promises one, and the content
    /// is neither that nor text.
    DamagedArchive = "damaged-archive",
    /// A member of an archive is encrypted, or packed by a method that section16 does not know.
    UnsupportedMember = "unsupported-member",
    /// Archives lie in archives deeper than the limit.
    NestedTooDeep = "nested-too-deep",
    /// A pipe, socket or device lies in a folder; it was not opened.
    NotAFile = "not-a-file",
    /// A file became shorter or longer while it was read.
    FileChanged = "file-changed",
    /// An ownership submission is larger than the limit for one entry, or its rows would be.
    EntryTooLarge = "entry-too-large",
    /// A printed form is larger than the limit for those.
    PrintedTooLarge = "printed-too-large",
    /// A filing holds more owners, rows, footnotes, signatures and marks than the limit.
    TooManyRecords = "too-many-records",
    /// A text, tag or attribute of a filing is longer than the limit.
    ValueTooLarge = "value-too-large",
    /// A compressed stream expands beyond the limit.
    ExpansionTooLarge = "expansion-too-large",
    /// A compressed stream needs a larger window than the limit.
    WindowTooLarge = "window-too-large",
    /// An ownership header stands without a document.
    NoDocument = "no-document",
    /// The submission ends before its document does.
    TruncatedDocument = "truncated-document",
    /// The XML is damaged in a way that has no single reading.
    MalformedXml = "malformed-xml",
    /// The document names neither an issuer nor an owner by CIK.
    NoIssuerNoOwner = "no-issuer-no-owner",
    /// Elements lie in elements deeper than the limit.
    ElementTooDeep = "element-too-deep",
    /// A form that is printed as HTML.
    HtmlForm = "html-form",
    /// A form that is printed as plain text.
    TextForm = "text-form",
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Reject {
    /// A reject of which nothing but the reason is known yet.
    pub fn new(reason: Reason, message: impl Into<Cow<'static, str>>) -> Self {
        Self { reason, accession_number: None, submission_type: None, offset: 0, message: message.into() }
    }

    /// The same, found this many bytes into the submission.
    pub fn at(mut self, offset: u64) -> Self {
        self.offset = offset;
        self
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}: {}", self.reason, self.offset, self.message)
    }
}

impl std::error::Error for Reject {}
