//! Reads a submission header in either dialect, or in the mixed one before 2003.
//!
//! The *tab dialect* (Archives) has `KEY:<TAB>VALUE` lines and block names that end in a colon; the *tag dialect* (Feed) has
//! `<KEY>VALUE` lines and blocks with end tags. Headers before 2003 mix both. Lines are told apart by the names of EDGAR's
//! Public Dissemination Service specification, never by their indentation, and unknown ones are passed over.

mod eastern;
mod entity;
mod name;
mod read;

pub use eastern::utc_of_eastern;
pub use entity::{Address, Entity};

use crate::model::{Accession, Cik, Date, Diagnostic, Timestamp};

/// What a submission's header says. What it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header<'a> {
    /// `ACCESSION NUMBER`
    pub accession_number: Option<Accession>,
    /// `CONFORMED SUBMISSION TYPE` or `<TYPE>`, as it stands.
    pub submission_type: Option<&'a str>,
    /// `CONFORMED PERIOD OF REPORT`
    pub period_of_report: Option<Date>,
    /// `FILED AS OF DATE`
    pub filing_date: Option<Date>,
    /// `<ACCEPTANCE-DATETIME>`: US Eastern in the header, UTC here.
    pub acceptance_datetime: Option<Timestamp>,
    /// `DATE AS OF CHANGE`
    pub date_as_of_change: Option<Date>,
    /// Whether the header corrects or deletes an earlier one.
    pub is_correction: bool,
    /// `ISSUER`, or before 2003 `SUBJECT COMPANY`, in their order; hardly ever more than one.
    pub issuers: Vec<Entity<'a>>,
    /// `REPORTING-OWNER`, in their order.
    pub owners: Vec<Entity<'a>>,
    /// Dates, times and CIKs that could not be read.
    pub diagnostics: Vec<Diagnostic<'a>>,
}

/// The bytes of a header that are read as one: whole lines, up to the first mebibyte.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    let Some(head) = bytes.get(..read::LIMIT) else { return bytes };
    memchr::memrchr2(b'\n', b'\r', head).and_then(|end| bytes.get(..=end)).unwrap_or(head)
}

impl<'a> Header<'a> {
    /// Reads the header that `text` begins with; what follows its end, or its first mebibyte, is passed over.
    ///
    /// ```
    /// use section16::parse::header::Header;
    /// let header = Header::read(
    ///     "<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t4\nISSUER:\n\tCOMPANY DATA:\n\t\tCENTRAL INDEX KEY:\t0000001750\n",
    /// );
    /// assert_eq!(header.submission_type, Some("4"));
    /// assert_eq!(header.issuers[0].cik.unwrap().to_string(), "0000001750");
    /// ```
    pub fn read(text: &'a str) -> Self {
        read::read(text)
    }

    /// The issuer with this CIK, else the first.
    pub fn issuer(&self, cik: Option<Cik>) -> Option<&Entity<'a>> {
        let same = self.issuers.iter().find(|issuer| cik.is_some() && issuer.cik == cik);
        same.or(self.issuers.first())
    }
}

#[cfg(test)]
mod tests;
