use super::{Accession, Cik, Date, Diagnostic, FilingId, Row, RowKind, Timestamp};
use std::borrow::Cow;

/// What the values of a filing were read from: column `source_format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceFormat {
    /// `xml`: ownership XML with tables (X0201 and later).
    Xml,
    /// `xml-2003`: ownership XML with rows directly under the root (X0101).
    Xml2003,
    /// `html`
    Html,
    /// `text`
    Text,
}

impl SourceFormat {
    /// The value of the column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Xml2003 => "xml-2003",
            Self::Html => "html",
            Self::Text => "text",
        }
    }

    /// Which copy of one filing is kept where a dump holds several: the lowest rank. XML is 0, HTML 1, text 2.
    pub fn rank(self) -> u8 {
        match self {
            Self::Xml | Self::Xml2003 => 0,
            Self::Html => 1,
            Self::Text => 2,
        }
    }
}

/// One Form 3, 3/A, 4, 4/A, 5 or 5/A, as section16 read it.
///
/// The fields are EDGAR's elements in snake_case; those marked (h) come from the submission's header and are `None` for a
/// document without one. What the filing does not state is `None`, never 0 and never "". Text borrows from the bytes that
/// were parsed where it stands there literally; [`Filing::into_owned`] sets it free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing<'a> {
    /// The key of the filing.
    pub id: FilingId,
    /// From the header, else from the path.
    pub accession_number: Option<Accession>,
    /// (h) `CONFORMED SUBMISSION TYPE`
    pub submission_type: Option<Cow<'a, str>>,
    /// `documentType`
    pub document_type: Option<Cow<'a, str>>,
    /// Whether the document type, else the submission type, is that of an amendment (`4/A`); `false` where neither is told.
    pub is_amendment: Option<bool>,
    /// What the values were read from.
    pub source_format: SourceFormat,
    /// `schemaVersion`
    pub schema_version: Option<Cow<'a, str>>,
    /// (h) `FILED AS OF DATE`
    pub filing_date: Option<Date>,
    /// (h) `ACCEPTANCE-DATETIME`, US Eastern in the header, UTC here.
    pub acceptance_datetime: Option<Timestamp>,
    /// (h) `DATE AS OF CHANGE`
    pub date_as_of_change: Option<Date>,
    /// `periodOfReport`
    pub period_of_report: Option<Date>,
    /// `dateOfOriginalSubmission`
    pub date_of_original_submission: Option<Date>,
    /// `noSecuritiesOwned`
    pub no_securities_owned: Option<bool>,
    /// `notSubjectToSection16`
    pub not_subject_to_section16: Option<bool>,
    /// `form3HoldingsReported`
    pub form3_holdings_reported: Option<bool>,
    /// `form4TransactionsReported`
    pub form4_transactions_reported: Option<bool>,
    /// `aff10b5One`
    pub aff10b5_one: Option<bool>,
    /// XML: more than one owner. Printed forms: the box of the joint filing.
    pub is_joint_group_filing: Option<bool>,
    /// `issuerCik`, else the issuer's of the header.
    pub issuer_cik: Option<Cik>,
    /// `issuerName`
    pub issuer_name: Option<Cow<'a, str>>,
    /// `issuerTradingSymbol`
    pub issuer_trading_symbol: Option<Cow<'a, str>>,
    /// `issuerForeignTradingSymbol`
    pub issuer_foreign_trading_symbol: Option<Cow<'a, str>>,
    /// (h) the digits of `STANDARD INDUSTRIAL CLASSIFICATION`
    pub issuer_sic: Option<Cow<'a, str>>,
    /// (h) `IRS NUMBER` or `EIN`
    pub issuer_irs_number: Option<Cow<'a, str>>,
    /// (h) `STATE OF INCORPORATION`
    pub issuer_state_of_incorporation: Option<Cow<'a, str>>,
    /// (h) `FISCAL YEAR END`, MMDD
    pub issuer_fiscal_year_end: Option<Cow<'a, str>>,
    /// `remarks`
    pub remarks: Option<Cow<'a, str>>,
    /// (h) `FILENAME` of the document
    pub document_filename: Option<Cow<'a, str>>,
    /// The reporting owners in document order.
    pub owners: Vec<Owner<'a>>,
    /// The rows of both tables, transactions and holdings, in document order; `row_index` is the position here.
    pub rows: Vec<Row<'a>>,
    /// The footnotes in document order.
    pub footnotes: Vec<Footnote<'a>>,
    /// The signatures in document order.
    pub signatures: Vec<Signature<'a>>,
    /// What was repaired, doubted or left null.
    pub diagnostics: Vec<Diagnostic<'a>>,
}

/// A reporting owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner<'a> {
    /// `rptOwnerCik`
    pub rpt_owner_cik: Option<Cik>,
    /// `rptOwnerName`
    pub rpt_owner_name: Option<Cow<'a, str>>,
    /// `rptOwnerStreet1`
    pub rpt_owner_street1: Option<Cow<'a, str>>,
    /// `rptOwnerStreet2`
    pub rpt_owner_street2: Option<Cow<'a, str>>,
    /// `rptOwnerCity`
    pub rpt_owner_city: Option<Cow<'a, str>>,
    /// `rptOwnerState`
    pub rpt_owner_state: Option<Cow<'a, str>>,
    /// `rptOwnerZipCode`
    pub rpt_owner_zip_code: Option<Cow<'a, str>>,
    /// `rptOwnerStateDescription`
    pub rpt_owner_state_description: Option<Cow<'a, str>>,
    /// `rptOwnerCountry`
    pub rpt_owner_country: Option<Cow<'a, str>>,
    /// `rptOwnerNonUSAddressFlag`
    pub rpt_owner_non_us_address_flag: Option<bool>,
    /// `rptOwnerNonUSStateTerritory`
    pub rpt_owner_non_us_state_territory: Option<Cow<'a, str>>,
    /// `rptOwnerGoodAddress`
    pub rpt_owner_good_address: Option<bool>,
    /// The boxes of the relationship and their texts.
    pub relationship: Relationship<'a>,
    /// (h) `SEC FILE NUMBER` of the owner with this CIK
    pub file_number: Option<Cow<'a, str>>,
    /// (h) `FILM NUMBER` of the owner with this CIK
    pub film_number: Option<Cow<'a, str>>,
}

/// What an owner is to the issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relationship<'a> {
    /// `isDirector`
    pub is_director: Option<bool>,
    /// `isOfficer`
    pub is_officer: Option<bool>,
    /// `isTenPercentOwner`
    pub is_ten_percent_owner: Option<bool>,
    /// `isOther`
    pub is_other: Option<bool>,
    /// `officerTitle`
    pub officer_title: Option<Cow<'a, str>>,
    /// `otherText`
    pub other_text: Option<Cow<'a, str>>,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote<'a> {
    /// `@id`, as `F1`; `None` where the footnote carries none.
    pub footnote_id: Option<Cow<'a, str>>,
    /// The text; `None` where it is empty.
    pub footnote: Option<Cow<'a, str>>,
}

/// A signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature<'a> {
    /// `signatureName`
    pub signature_name: Option<Cow<'a, str>>,
    /// `signatureDate`
    pub signature_date: Option<Date>,
}

/// The same text, owned.
pub(super) fn own(text: Option<Cow<'_, str>>) -> Option<Cow<'static, str>> {
    text.map(|t| Cow::Owned(t.into_owned()))
}

impl<'a> Filing<'a> {
    /// A filing that states nothing yet.
    pub fn new(id: FilingId, source_format: SourceFormat) -> Self {
        let accession_number = match id {
            FilingId::Accession(accession) => Some(accession),
            FilingId::Digest(_) => None,
        };
        Self {
            id,
            accession_number,
            submission_type: None,
            document_type: None,
            is_amendment: None,
            source_format,
            schema_version: None,
            filing_date: None,
            acceptance_datetime: None,
            date_as_of_change: None,
            period_of_report: None,
            date_of_original_submission: None,
            no_securities_owned: None,
            not_subject_to_section16: None,
            form3_holdings_reported: None,
            form4_transactions_reported: None,
            aff10b5_one: None,
            is_joint_group_filing: None,
            issuer_cik: None,
            issuer_name: None,
            issuer_trading_symbol: None,
            issuer_foreign_trading_symbol: None,
            issuer_sic: None,
            issuer_irs_number: None,
            issuer_state_of_incorporation: None,
            issuer_fiscal_year_end: None,
            remarks: None,
            document_filename: None,
            owners: Vec::new(),
            rows: Vec::new(),
            footnotes: Vec::new(),
            signatures: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The rows that are transactions, each with its `row_index`.
    pub fn transactions(&self) -> impl Iterator<Item = (usize, &Row<'a>)> {
        self.rows_of(RowKind::Transaction)
    }

    /// The rows that are holdings, each with its `row_index`.
    pub fn holdings(&self) -> impl Iterator<Item = (usize, &Row<'a>)> {
        self.rows_of(RowKind::Holding)
    }

    fn rows_of(&self, kind: RowKind) -> impl Iterator<Item = (usize, &Row<'a>)> {
        self.rows.iter().enumerate().filter(move |(_, row)| row.kind == kind)
    }

    /// The same filing, owning all its text.
    pub fn into_owned(self) -> Filing<'static> {
        Filing {
            id: self.id,
            accession_number: self.accession_number,
            submission_type: own(self.submission_type),
            document_type: own(self.document_type),
            is_amendment: self.is_amendment,
            source_format: self.source_format,
            schema_version: own(self.schema_version),
            filing_date: self.filing_date,
            acceptance_datetime: self.acceptance_datetime,
            date_as_of_change: self.date_as_of_change,
            period_of_report: self.period_of_report,
            date_of_original_submission: self.date_of_original_submission,
            no_securities_owned: self.no_securities_owned,
            not_subject_to_section16: self.not_subject_to_section16,
            form3_holdings_reported: self.form3_holdings_reported,
            form4_transactions_reported: self.form4_transactions_reported,
            aff10b5_one: self.aff10b5_one,
            is_joint_group_filing: self.is_joint_group_filing,
            issuer_cik: self.issuer_cik,
            issuer_name: own(self.issuer_name),
            issuer_trading_symbol: own(self.issuer_trading_symbol),
            issuer_foreign_trading_symbol: own(self.issuer_foreign_trading_symbol),
            issuer_sic: own(self.issuer_sic),
            issuer_irs_number: own(self.issuer_irs_number),
            issuer_state_of_incorporation: own(self.issuer_state_of_incorporation),
            issuer_fiscal_year_end: own(self.issuer_fiscal_year_end),
            remarks: own(self.remarks),
            document_filename: own(self.document_filename),
            owners: self.owners.into_iter().map(Owner::into_owned).collect(),
            rows: self.rows.into_iter().map(Row::into_owned).collect(),
            footnotes: self.footnotes.into_iter().map(Footnote::into_owned).collect(),
            signatures: self.signatures.into_iter().map(Signature::into_owned).collect(),
            diagnostics: self.diagnostics.into_iter().map(Diagnostic::into_owned).collect(),
        }
    }
}

impl Owner<'_> {
    /// The same owner, owning its text.
    pub fn into_owned(self) -> Owner<'static> {
        Owner {
            rpt_owner_cik: self.rpt_owner_cik,
            rpt_owner_name: own(self.rpt_owner_name),
            rpt_owner_street1: own(self.rpt_owner_street1),
            rpt_owner_street2: own(self.rpt_owner_street2),
            rpt_owner_city: own(self.rpt_owner_city),
            rpt_owner_state: own(self.rpt_owner_state),
            rpt_owner_zip_code: own(self.rpt_owner_zip_code),
            rpt_owner_state_description: own(self.rpt_owner_state_description),
            rpt_owner_country: own(self.rpt_owner_country),
            rpt_owner_non_us_address_flag: self.rpt_owner_non_us_address_flag,
            rpt_owner_non_us_state_territory: own(self.rpt_owner_non_us_state_territory),
            rpt_owner_good_address: self.rpt_owner_good_address,
            relationship: Relationship {
                is_director: self.relationship.is_director,
                is_officer: self.relationship.is_officer,
                is_ten_percent_owner: self.relationship.is_ten_percent_owner,
                is_other: self.relationship.is_other,
                officer_title: own(self.relationship.officer_title),
                other_text: own(self.relationship.other_text),
            },
            file_number: own(self.file_number),
            film_number: own(self.film_number),
        }
    }
}

impl Footnote<'_> {
    /// The same footnote, owning its text.
    pub fn into_owned(self) -> Footnote<'static> {
        Footnote { footnote_id: own(self.footnote_id), footnote: own(self.footnote) }
    }
}

impl Signature<'_> {
    /// The same signature, owning its text.
    pub fn into_owned(self) -> Signature<'static> {
        Signature { signature_name: own(self.signature_name), signature_date: self.signature_date }
    }
}
