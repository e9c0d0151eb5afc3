//! Writes the header of a submission, in the tab dialect of text files or the tag dialect of the Feed.

use super::calendar::{Day, push_clock, push_number, push_padded};
use super::model::{Filing, Owner};
use super::printed;
use super::world::{Address, Company, push_cik};

/// How keys are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `ACCESSION NUMBER:` and tabs, in `.txt`.
    Tab,
    /// `<ACCESSION-NUMBER>`, in `.nc`.
    Tag,
}

/// A key in both dialects; that of the tab dialect with all that stands before the value.
type Key = (&'static str, &'static str);

const ACCESSION: Key = ("ACCESSION NUMBER:\t\t", "ACCESSION-NUMBER");
const TYPE: Key = ("CONFORMED SUBMISSION TYPE:\t", "TYPE");
const COUNT: Key = ("PUBLIC DOCUMENT COUNT:\t\t", "PUBLIC-DOCUMENT-COUNT");
const PERIOD: Key = ("CONFORMED PERIOD OF REPORT:\t", "PERIOD");
const FILED: Key = ("FILED AS OF DATE:\t\t", "FILING-DATE");
const CHANGED: Key = ("DATE AS OF CHANGE:\t\t", "DATE-OF-FILING-DATE-CHANGE");
const NAME: Key = ("\t\tCOMPANY CONFORMED NAME:\t\t\t", "CONFORMED-NAME");
const CIK: Key = ("\t\tCENTRAL INDEX KEY:\t\t\t", "CIK");
const SIC: Key = ("\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t", "ASSIGNED-SIC");
const ORGANIZATION: Key = ("\t\tORGANIZATION NAME:           \t", "ORGANIZATION-NAME");
const IRS: Key = ("\t\tIRS NUMBER:\t\t\t\t", "IRS-NUMBER");
const EIN: Key = ("\t\tEIN:\t\t\t\t", "IRS-NUMBER");
const STATE_OF_INCORPORATION: Key = ("\t\tSTATE OF INCORPORATION:\t\t\t", "STATE-OF-INCORPORATION");
const YEAR_END: Key = ("\t\tFISCAL YEAR END:\t\t\t", "FISCAL-YEAR-END");
const FORM_TYPE: Key = ("\t\tFORM TYPE:\t\t", "FORM-TYPE");
const FILE_NUMBER: Key = ("\t\tSEC FILE NUMBER:\t", "FILE-NUMBER");
const FILM_NUMBER: Key = ("\t\tFILM NUMBER:\t\t", "FILM-NUMBER");
const STREET1: Key = ("\t\tSTREET 1:\t\t", "STREET1");
const STREET2: Key = ("\t\tSTREET 2:\t\t", "STREET2");
const CITY: Key = ("\t\tCITY:\t\t\t", "CITY");
const STATE: Key = ("\t\tSTATE:\t\t\t", "STATE");
const ZIP: Key = ("\t\tZIP:\t\t\t", "ZIP");
const PHONE: Key = ("\t\tBUSINESS PHONE:\t\t", "PHONE");
const FORMER: Key = ("\t\tFORMER CONFORMED NAME:\t", "FORMER-CONFORMED-NAME");
const RENAMED: Key = ("\t\tDATE OF NAME CHANGE:\t", "DATE-CHANGED");

/// What every header says first.
pub(super) struct Head<'a> {
    pub(super) accession: &'a str,
    pub(super) form_type: &'a str,
    pub(super) documents: usize,
    pub(super) period: Option<Day>,
    pub(super) filed: Day,
    pub(super) changed: Option<Day>,
    pub(super) accepted: Option<u32>,
}

/// Writes a header.
pub(super) struct Header<'o> {
    pub(super) out: &'o mut Vec<u8>,
    pub(super) dialect: Dialect,
}

/// Writes the header of an ownership filing, from its start marker to the line before the first document.
pub(super) fn write(filing: &Filing<'_>, documents: usize, dialect: Dialect, out: &mut Vec<u8>) {
    let mut header = Header { out, dialect };
    header.head(&Head {
        accession: &filing.accession,
        form_type: filing.form.as_str(),
        documents,
        period: Some(filing.period),
        filed: filing.filed,
        changed: filing.changed,
        accepted: filing.accepted,
    });
    if filing.print.is_some() {
        printed::parties(&mut header, filing);
        return header.end();
    }
    if filing.style.issuer_first {
        header.issuer(filing.company, filing.filed);
    }
    for owner in &filing.owners {
        header.owner(filing, owner);
    }
    if !filing.style.issuer_first {
        header.issuer(filing.company, filing.filed);
    }
    header.end();
}

impl Header<'_> {
    /// The start marker and the keys of the submission.
    pub(super) fn head(&mut self, head: &Head<'_>) {
        match self.dialect {
            Dialect::Tag => self.push("<SUBMISSION>\n"),
            Dialect::Tab => self.marker(head),
        }
        self.value(ACCESSION, head.accession);
        self.value(TYPE, head.form_type);
        self.number(COUNT, head.documents as u64);
        if let Some(period) = head.period {
            self.date(PERIOD, period);
        }
        self.date(FILED, head.filed);
        if let Some(changed) = head.changed {
            self.date(CHANGED, changed);
        }
    }

    fn marker(&mut self, head: &Head<'_>) {
        for (marker, name) in [("<SEC-DOCUMENT>", ".txt : "), ("<SEC-HEADER>", ".hdr.sgml : ")] {
            self.push(marker);
            self.push(head.accession);
            self.push(name);
            head.filed.push_compact(self.out);
            self.push("\n");
        }
        if let Some(accepted) = head.accepted {
            self.push("<ACCEPTANCE-DATETIME>");
            head.filed.push_compact(self.out);
            push_clock(self.out, accepted, b"");
            self.push("\n");
        }
    }

    /// The line that ends the header in the tab dialect.
    pub(super) fn end(&mut self) {
        if self.dialect == Dialect::Tab {
            self.push("</SEC-HEADER>\n");
        }
    }

    fn owner(&mut self, filing: &Filing<'_>, owner: &Owner) {
        self.open_party("REPORTING-OWNER:\t", "REPORTING-OWNER");
        let (tab, tag) =
            if owner.as_company { ("COMPANY DATA", "COMPANY-DATA") } else { ("OWNER DATA", "OWNER-DATA") };
        self.open(tab, tag, true);
        self.value(NAME, &owner.person.name);
        self.cik(owner.person.cik);
        if filing.filed.year() >= 2024 {
            self.value(ORGANIZATION, "");
        }
        if owner.as_company {
            self.value(STATE_OF_INCORPORATION, "DE");
            self.value(YEAR_END, "1231");
        }
        self.close(tag);
        self.filing_values(filing.form.as_str(), Some(&filing.company.file_number), owner.film_number);
        if filing.filed.year() < 2008 && !owner.person.is_fund {
            self.open("BUSINESS ADDRESS", "BUSINESS-ADDRESS", true);
            self.number(PHONE, filing.company.phone);
            self.close("BUSINESS-ADDRESS");
        }
        self.address("MAIL ADDRESS", "MAIL-ADDRESS", &owner.address, None);
        if let Some(former) = &owner.former_name {
            self.former("FORMER NAME", "FORMER-NAME", former, filing.filed.plus(-2000));
        }
        self.close_party("REPORTING-OWNER");
    }

    pub(super) fn issuer(&mut self, company: &Company, filed: Day) {
        self.open_party("ISSUER:\t\t", "ISSUER");
        self.company(company, filed);
        self.address("BUSINESS ADDRESS", "BUSINESS-ADDRESS", &company.address, Some(company.phone));
        self.address("MAIL ADDRESS", "MAIL-ADDRESS", &company.address, None);
        if let Some(former) = &company.former_name {
            self.former("FORMER COMPANY", "FORMER-COMPANY", former, Day::new(1999, 4, 12));
        }
        self.close_party("ISSUER");
    }

    /// The party of the forms that companies file.
    pub(super) fn filer(&mut self, company: &Company, form_type: &str, filed: Day, film_number: u64) {
        self.open_party("FILER:\t\t", "FILER");
        self.company(company, filed);
        self.filing_values(form_type, Some(&company.file_number), film_number);
        self.address("BUSINESS ADDRESS", "BUSINESS-ADDRESS", &company.address, Some(company.phone));
        self.close_party("FILER");
    }

    fn company(&mut self, company: &Company, filed: Day) {
        self.open("COMPANY DATA", "COMPANY-DATA", true);
        self.value(NAME, &company.name);
        self.cik(company.cik);
        match (self.dialect, company.industry) {
            (Dialect::Tab, Some((name, code))) => {
                self.key(SIC);
                self.push(name);
                self.push(" [");
                self.push(code);
                self.push("]\n");
            }
            (Dialect::Tab, None) => self.value(SIC, " []"),
            (Dialect::Tag, Some((_, code))) => self.value(SIC, code),
            (Dialect::Tag, None) => {}
        }
        if filed.year() >= 2024 {
            self.value(ORGANIZATION, company.organization);
        }
        self.number(if filed.year() >= 2025 { EIN } else { IRS }, company.irs_number);
        self.value(STATE_OF_INCORPORATION, company.state);
        self.key(YEAR_END);
        let (month, day) = company.fiscal_year_end;
        push_padded(self.out, u64::from(month * 100 + day), 4);
        self.push("\n");
        self.close("COMPANY-DATA");
    }

    fn filing_values(&mut self, form_type: &str, file_number: Option<&str>, film_number: u64) {
        self.open("FILING VALUES", "FILING-VALUES", false);
        self.value(FORM_TYPE, form_type);
        match self.dialect {
            Dialect::Tab => self.push("\t\tSEC ACT:\t\t1934 Act\n"),
            Dialect::Tag => self.push("<ACT>34\n"),
        }
        if let Some(file_number) = file_number {
            self.value(FILE_NUMBER, file_number);
        }
        self.number(FILM_NUMBER, film_number);
        self.close("FILING-VALUES");
    }

    fn address(&mut self, tab: &str, tag: &str, address: &Address, phone: Option<u64>) {
        self.open(tab, tag, true);
        self.value(STREET1, &address.street1);
        if let Some(street2) = &address.street2 {
            self.value(STREET2, street2);
        }
        self.value(CITY, address.city);
        self.value(STATE, address.state);
        self.value(ZIP, &address.zip);
        if let Some(phone) = phone {
            self.number(PHONE, phone);
        }
        self.close(tag);
    }

    fn former(&mut self, tab: &str, tag: &str, name: &str, day: Day) {
        self.open(tab, tag, true);
        self.value(FORMER, name);
        self.date(RENAMED, day);
        self.close(tag);
    }

    pub(super) fn open_party(&mut self, tab: &str, tag: &str) {
        match self.dialect {
            Dialect::Tab => {
                self.push("\n");
                self.push(tab);
                self.push("\n");
            }
            Dialect::Tag => self.tag(tag),
        }
    }

    pub(super) fn close_party(&mut self, tag: &str) {
        self.close(tag);
    }

    /// Opens a block; most of them carry a tab behind the colon.
    fn open(&mut self, tab: &str, tag: &str, has_tab: bool) {
        match self.dialect {
            Dialect::Tab => {
                self.push("\n\t");
                self.push(tab);
                self.push(if has_tab { ":\t\n" } else { ":\n" });
            }
            Dialect::Tag => self.tag(tag),
        }
    }

    fn close(&mut self, tag: &str) {
        if self.dialect == Dialect::Tag {
            self.push("</");
            self.push(tag);
            self.push(">\n");
        }
    }

    fn tag(&mut self, tag: &str) {
        self.push("<");
        self.push(tag);
        self.push(">\n");
    }

    fn key(&mut self, (tab, tag): Key) {
        match self.dialect {
            Dialect::Tab => self.push(tab),
            Dialect::Tag => {
                self.push("<");
                self.push(tag);
                self.push(">");
            }
        }
    }

    pub(super) fn value(&mut self, key: Key, value: &str) {
        self.key(key);
        self.push(value);
        self.push("\n");
    }

    fn number(&mut self, key: Key, number: u64) {
        self.key(key);
        push_number(self.out, number);
        self.push("\n");
    }

    fn cik(&mut self, cik: u64) {
        self.key(CIK);
        push_cik(self.out, cik);
        self.push("\n");
    }

    fn date(&mut self, key: Key, day: Day) {
        self.key(key);
        day.push_compact(self.out);
        self.push("\n");
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}
