/// The names that a line of a header may begin with, as far as they mean something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    AccessionNumber,
    SubmissionType,
    Period,
    FilingDate,
    AcceptanceDatetime,
    DateAsOfChange,
    Correction,
    Deletion,
    Issuer,
    ReportingOwner,
    /// An entity that is neither issuer nor owner.
    OtherEntity,
    EntityData,
    FilingValues,
    BusinessAddress,
    MailAddress,
    Former,
    Conformed,
    Cik,
    Sic,
    IrsNumber,
    StateOfIncorporation,
    FiscalYearEnd,
    Relationship,
    FileNumber,
    FilmNumber,
    Street1,
    Street2,
    City,
    State,
    Zip,
    Phone,
}

impl Name {
    /// The meaning of a name in either dialect: the tab dialect's without its colon, the tag dialect's without brackets.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ACCESSION NUMBER" | "ACCESSION-NUMBER" => Self::AccessionNumber,
            "CONFORMED SUBMISSION TYPE" | "SUBMISSION TYPE" | "TYPE" => Self::SubmissionType,
            "CONFORMED PERIOD OF REPORT" | "PERIOD" => Self::Period,
            "FILED AS OF DATE" | "FILING-DATE" => Self::FilingDate,
            "ACCEPTANCE-DATETIME" => Self::AcceptanceDatetime,
            "DATE AS OF CHANGE" | "DATE-OF-FILING-DATE-CHANGE" => Self::DateAsOfChange,
            "CORRECTION" => Self::Correction,
            "DELETION" => Self::Deletion,
            "ISSUER" | "SUBJECT COMPANY" | "SUBJECT-COMPANY" => Self::Issuer,
            "REPORTING-OWNER" | "REPORTING OWNER" => Self::ReportingOwner,
            "FILER" | "FILED BY" | "FILED-BY" | "FILED FOR" | "FILED-FOR" | "SERIAL COMPANY"
            | "SERIAL-COMPANY" | "DEPOSITOR" | "SECURITIZER" | "UNDERWRITER" | "ISSUING_ENTITY" => {
                Self::OtherEntity
            }
            "COMPANY DATA" | "COMPANY-DATA" | "OWNER DATA" | "OWNER-DATA" => Self::EntityData,
            "FILING VALUES" | "FILING-VALUES" => Self::FilingValues,
            "BUSINESS ADDRESS" | "BUSINESS-ADDRESS" => Self::BusinessAddress,
            "MAIL ADDRESS" | "MAIL-ADDRESS" => Self::MailAddress,
            "FORMER COMPANY" | "FORMER-COMPANY" | "FORMER NAME" | "FORMER-NAME" => Self::Former,
            "COMPANY CONFORMED NAME" | "CONFORMED NAME" | "CONFORMED-NAME" => Self::Conformed,
            "CENTRAL INDEX KEY" | "CIK" => Self::Cik,
            "STANDARD INDUSTRIAL CLASSIFICATION" | "ASSIGNED-SIC" | "SIC" => Self::Sic,
            "IRS NUMBER" | "IRS-NUMBER" | "EIN" => Self::IrsNumber,
            "STATE OF INCORPORATION" | "STATE-OF-INCORPORATION" => Self::StateOfIncorporation,
            "FISCAL YEAR END" | "FISCAL-YEAR-END" => Self::FiscalYearEnd,
            "RELATIONSHIP" => Self::Relationship,
            "SEC FILE NUMBER" | "FILE-NUMBER" => Self::FileNumber,
            "FILM NUMBER" | "FILM-NUMBER" => Self::FilmNumber,
            "STREET 1" | "STREET1" => Self::Street1,
            "STREET 2" | "STREET2" => Self::Street2,
            "CITY" => Self::City,
            "STATE" => Self::State,
            "ZIP" => Self::Zip,
            "BUSINESS PHONE" | "PHONE" => Self::Phone,
            _ => return None,
        })
    }
}
