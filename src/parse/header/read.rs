use super::name::Name;
use super::{Address, Entity, Header, utc_of_eastern};
use crate::model::{Accession, Cik, Code, Date, Diagnostic, Table, Timestamp};
use crate::parse::lines::lines;

/// Bytes of a text that are read as a header. Those of ownership forms have a few thousand.
pub(super) const LIMIT: usize = 1 << 20;

/// Reads the header that `text` begins with.
pub(super) fn read(text: &str) -> Header<'_> {
    let mut reader = Reader::default();
    for range in lines(text.as_bytes()).take_while(|range| range.start < LIMIT) {
        let line = text.get(range).unwrap_or_default().trim_ascii();
        match Line::parse(line) {
            Line::End => break,
            Line::Value(name, value) => reader.value(name, value),
            Line::Close(name) => reader.close(name),
            Line::Unknown => {}
        }
    }
    reader.header
}

/// A line of a header, in either dialect.
enum Line<'a> {
    /// A name with what stands behind it: a value, or the begin of a block.
    Value(Name, &'a str),
    /// The end tag of a block.
    Close(Name),
    /// The header is over.
    End,
    Unknown,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Self {
        let Some(tag) = line.strip_prefix('<') else {
            // Damaged headers have stray colons before the first name.
            let line = if line.starts_with(':') { line.trim_start_matches([':', ' ']) } else { line };
            return match cut(line, b':') {
                Some((name, value)) => {
                    Name::parse(name.trim_ascii_end()).map_or(Self::Unknown, Self::value(value))
                }
                None => Self::Unknown,
            };
        };
        match cut(tag, b'>') {
            None => Self::Unknown,
            Some(("DOCUMENT" | "/SEC-HEADER" | "/IMS-HEADER", _)) => Self::End,
            Some((name, value)) => match name.strip_prefix('/') {
                Some(name) => Name::parse(name).map_or(Self::Unknown, Self::Close),
                None => Name::parse(name).map_or(Self::Unknown, Self::value(value)),
            },
        }
    }

    fn value(value: &'a str) -> impl FnOnce(Name) -> Self {
        move |name| Self::Value(name, value.trim())
    }
}

/// What stands before and behind the first such character, an ASCII one.
fn cut(line: &str, at: u8) -> Option<(&str, &str)> {
    let place = memchr::memchr(at, line.as_bytes())?;
    Some((line.get(..place)?, line.get(place + 1..)?))
}

/// Where in a header the reader is.
#[derive(Default)]
struct Reader<'a> {
    header: Header<'a>,
    side: Side,
    block: Block,
}

/// Which entity the lines belong to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Side {
    /// None yet: the lines are about the submission.
    #[default]
    Submission,
    Issuer,
    Owner,
    Other,
}

/// Which block of an entity the lines belong to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Block {
    #[default]
    Data,
    Business,
    Mail,
    Former,
}

impl<'a> Reader<'a> {
    fn value(&mut self, name: Name, value: &'a str) {
        match name {
            Name::Issuer => self.open(Side::Issuer),
            Name::ReportingOwner => self.open(Side::Owner),
            Name::OtherEntity => self.open(Side::Other),
            // The values of a filing stand beside the data of its entity.
            Name::EntityData | Name::FilingValues => self.block = Block::Data,
            Name::BusinessAddress => self.block = Block::Business,
            Name::MailAddress => self.block = Block::Mail,
            Name::Former => self.block = Block::Former,
            _ if self.side == Side::Submission => self.submission_value(name, value),
            _ => self.entity_value(name, value),
        }
    }

    fn open(&mut self, side: Side) {
        self.side = side;
        self.block = Block::Data;
        match side {
            Side::Issuer => self.header.issuers.push(Entity::default()),
            Side::Owner => self.header.owners.push(Entity::default()),
            Side::Submission | Side::Other => {}
        }
    }

    fn close(&mut self, name: Name) {
        self.block = Block::Data;
        if matches!(name, Name::Issuer | Name::ReportingOwner | Name::OtherEntity) {
            self.side = Side::Other;
        }
    }

    fn submission_value(&mut self, name: Name, value: &'a str) {
        match name {
            Name::Correction | Name::Deletion => self.header.is_correction = true,
            _ if value.is_empty() => {}
            Name::AccessionNumber => self.header.accession_number = Accession::parse(value),
            Name::SubmissionType => self.header.submission_type = Some(value),
            Name::Period => self.header.period_of_report = self.date("period_of_report", value),
            Name::FilingDate => self.header.filing_date = self.date("filing_date", value),
            Name::DateAsOfChange => self.header.date_as_of_change = self.date("date_as_of_change", value),
            Name::AcceptanceDatetime => self.header.acceptance_datetime = self.time(value),
            _ => {}
        }
    }

    fn entity_value(&mut self, name: Name, value: &'a str) {
        let cik = if name == Name::Cik { self.cik(value) } else { None };
        let entity = match self.side {
            Side::Issuer => self.header.issuers.last_mut(),
            Side::Owner => self.header.owners.last_mut(),
            Side::Submission | Side::Other => None,
        };
        let Some(entity) = entity.filter(|_| !value.is_empty()) else { return };
        let field = match self.block {
            Block::Former => return,
            Block::Business => address_field(&mut entity.business_address, name),
            Block::Mail => address_field(&mut entity.mail_address, name),
            Block::Data if name == Name::Cik => return entity.cik = entity.cik.or(cik),
            Block::Data if name == Name::Sic => return entity.sic = entity.sic.or(sic(value)),
            Block::Data => entity_field(entity, name),
        };
        if let Some(field) = field {
            field.get_or_insert(value);
        }
    }

    fn date(&mut self, field: &'static str, value: &'a str) -> Option<Date> {
        let date = date(value);
        if date.is_none() {
            let message = "a date of the header is no day of the calendar";
            self.doubt(Diagnostic::new(Code::DateUnreadable, message).on(Table::Filings, None, field), value);
        }
        date
    }

    fn time(&mut self, value: &'a str) -> Option<Timestamp> {
        let time = time(value);
        if time.is_none() {
            let message =
                "the acceptance time of the header cannot be read, or was twice or never in US Eastern time";
            let diagnostic = Diagnostic::new(Code::TimeUnreadable, message);
            self.doubt(diagnostic.on(Table::Filings, None, "acceptance_datetime"), value);
        }
        time
    }

    fn cik(&mut self, value: &'a str) -> Option<Cik> {
        let cik = Cik::parse(value);
        if cik.is_none() && !value.is_empty() && matches!(self.side, Side::Issuer | Side::Owner) {
            self.doubt(
                Diagnostic::new(Code::CikUnreadable, "a CIK of the header is no number of ten digits"),
                value,
            );
        }
        cik
    }

    fn doubt(&mut self, diagnostic: Diagnostic<'a>, raw: &'a str) {
        self.header.diagnostics.push(diagnostic.raw(raw));
    }
}

fn entity_field<'e, 'a>(entity: &'e mut Entity<'a>, name: Name) -> Option<&'e mut Option<&'a str>> {
    Some(match name {
        Name::Conformed => &mut entity.name,
        Name::IrsNumber => &mut entity.irs_number,
        Name::StateOfIncorporation => &mut entity.state_of_incorporation,
        Name::FiscalYearEnd => &mut entity.fiscal_year_end,
        Name::Relationship => &mut entity.relationship,
        Name::FileNumber => &mut entity.file_number,
        Name::FilmNumber => &mut entity.film_number,
        _ => return None,
    })
}

fn address_field<'e, 'a>(address: &'e mut Address<'a>, name: Name) -> Option<&'e mut Option<&'a str>> {
    Some(match name {
        Name::Street1 => &mut address.street1,
        Name::Street2 => &mut address.street2,
        Name::City => &mut address.city,
        Name::State => &mut address.state,
        Name::Zip => &mut address.zip,
        Name::Phone => &mut address.phone,
        _ => return None,
    })
}

/// The digits in the last brackets (`AIRCRAFT & PARTS [3720]`), or the value where it is digits alone.
fn sic(value: &str) -> Option<&str> {
    let code = match value.strip_suffix(']').and_then(|value| value.rsplit_once('[')) {
        Some((_, code)) => code.trim(),
        None => value,
    };
    (!code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

/// `YYYYMMDD`
fn date(value: &str) -> Option<Date> {
    if value.len() != 8 || !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = value.get(..4)?.parse().ok()?;
    Date::from_ymd(year, value.get(4..6)?.parse().ok()?, value.get(6..)?.parse().ok()?)
}

/// `YYYYMMDDHHMMSS`
fn time(value: &str) -> Option<Timestamp> {
    let (day, clock) = value.split_at_checked(8)?;
    if clock.len() != 6 || !clock.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| clock.get(at..at + 2)?.parse::<u32>().ok();
    let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    utc_of_eastern(date(day)?, hour * 3600 + minute * 60 + second)
}
