use crate::model::Cik;

/// An issuer or owner in a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity<'a> {
    /// `COMPANY CONFORMED NAME`
    pub name: Option<&'a str>,
    /// `CENTRAL INDEX KEY`
    pub cik: Option<Cik>,
    /// `STANDARD INDUSTRIAL CLASSIFICATION`: the digits of the code, without its name.
    pub sic: Option<&'a str>,
    /// `IRS NUMBER`, since 2025 `EIN`
    pub irs_number: Option<&'a str>,
    /// `STATE OF INCORPORATION`
    pub state_of_incorporation: Option<&'a str>,
    /// `FISCAL YEAR END`, MMDD
    pub fiscal_year_end: Option<&'a str>,
    /// `<RELATIONSHIP>` of an owner before 2003, at most ten characters: `DIRECTOR`.
    pub relationship: Option<&'a str>,
    /// `SEC FILE NUMBER`
    pub file_number: Option<&'a str>,
    /// `FILM NUMBER`
    pub film_number: Option<&'a str>,
    /// `BUSINESS ADDRESS`
    pub business_address: Address<'a>,
    /// `MAIL ADDRESS`
    pub mail_address: Address<'a>,
}

/// An address in a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address<'a> {
    /// `STREET 1`
    pub street1: Option<&'a str>,
    /// `STREET 2`
    pub street2: Option<&'a str>,
    /// `CITY`
    pub city: Option<&'a str>,
    /// `STATE`
    pub state: Option<&'a str>,
    /// `ZIP`
    pub zip: Option<&'a str>,
    /// `BUSINESS PHONE`
    pub phone: Option<&'a str>,
}
