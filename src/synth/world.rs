//! The invented companies and the people and funds that report on them.

use super::calendar::push_padded;
use super::rng::{Rng, Stream};
use super::words;
use std::borrow::Cow;

/// The first CIK of a company. EDGAR is far from giving these numbers.
const COMPANY_CIK: u64 = 9_000_000;
/// The first CIK of a person or fund.
const OWNER_CIK: u64 = 9_400_000;
/// Insiders a company has.
const INSIDERS: u64 = 14;

/// A company.
#[derive(Debug)]
pub(super) struct Company {
    pub(super) number: u64,
    pub(super) cik: u64,
    pub(super) name: String,
    pub(super) symbol: String,
    pub(super) industry: Option<(&'static str, &'static str)>,
    pub(super) organization: &'static str,
    pub(super) irs_number: u64,
    pub(super) state: &'static str,
    pub(super) fiscal_year_end: (u32, u32),
    pub(super) address: Address,
    pub(super) phone: u64,
    pub(super) former_name: Option<String>,
    pub(super) file_number: String,
    pub(super) stock: &'static str,
    pub(super) price_cents: u64,
}

/// Where somebody is reached.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub(super) street1: String,
    pub(super) street2: Option<String>,
    pub(super) city: &'static str,
    pub(super) state: &'static str,
    pub(super) zip: String,
    /// The country's name, for an address abroad.
    pub(super) country: Option<&'static str>,
}

/// Somebody who reports.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) cik: u64,
    /// As EDGAR prints it: last name first.
    pub(super) name: String,
    /// As it is signed.
    pub(super) signature: String,
    pub(super) is_fund: bool,
}

/// All companies.
pub(super) struct World {
    seed: u64,
    companies: Vec<Company>,
    owners: u64,
}

impl World {
    pub(super) fn new(seed: u64, issuers: u32) -> Self {
        let issuers = u64::from(issuers);
        let companies = (0..issuers).map(|n| company(seed, n)).collect();
        Self { seed, companies, owners: owners(issuers) }
    }

    /// A company; the first of the list come up far more often than the last.
    pub(super) fn company(&self, rng: &mut Rng) -> &Company {
        let u = rng.unit();
        let rank = (u * u * u * self.companies.len() as f64) as usize;
        &self.companies[rank.min(self.companies.len() - 1)]
    }

    /// The `n`th insider of a company; some people sit in several companies.
    pub(super) fn insider(&self, company: &Company, n: u64) -> Person {
        let mut seat = Rng::new(self.seed, Stream::Person, company.number * INSIDERS + n % INSIDERS);
        person(self.seed, seat.below(self.owners))
    }

    /// The `n`th fund of a group that belongs together.
    pub(super) fn fund(&self, company: &Company, n: u64) -> Person {
        fund(self.seed, self.owners, company.number, n)
    }
}

/// People that so many companies share.
fn owners(issuers: u64) -> u64 {
    issuers * INSIDERS * 3 / 4 + 8
}

fn company(seed: u64, number: u64) -> Company {
    let mut rng = Rng::new(seed, Stream::Company, number);
    let rng = &mut rng;
    let name = company_name(rng);
    let symbol: String = name.chars().filter(char::is_ascii_alphabetic).take(1).chain(letters(rng)).collect();
    let former_name = rng.chance(0.3).then(|| company_name(rng).to_uppercase());
    Company {
        number,
        cik: COMPANY_CIK + number,
        symbol: symbol.to_uppercase(),
        name: if rng.chance(0.5) { name.to_uppercase() } else { name },
        industry: rng.chance(0.97).then(|| rng.pick(words::INDUSTRY)),
        organization: rng.pick(words::ORGANIZATION),
        irs_number: rng.range(100_000_000, 999_999_999),
        state: rng.weighted(&[
            (60, "DE"),
            (8, "NV"),
            (8, "MD"),
            (6, "CA"),
            (6, "NY"),
            (4, "TX"),
            (4, "E9"),
            (4, "D0"),
        ]),
        fiscal_year_end: rng.weighted(&[
            (80, (12, 31)),
            (8, (6, 30)),
            (6, (9, 30)),
            (3, (3, 31)),
            (3, (1, 31)),
        ]),
        address: address(rng),
        phone: rng.range(2_000_000_000, 9_899_999_999),
        former_name,
        file_number: format!("{}-{:05}", rng.weighted(&[(8, "001"), (2, "000")]), rng.range(10_000, 99_999)),
        stock: rng.weighted(&[
            (60, "Common Stock"),
            (8, "Class A Common Stock"),
            (6, "Common Stock, par value $0.01"),
            (5, "Ordinary Shares"),
            (4, "Common Shares"),
            (4, "COMMON STOCK"),
            (3, "Common Stock, $.001 par value per share"),
            (2, "American Depositary Shares"),
            (2, "Common Units Representing Limited Partner Interests"),
        ]),
        price_cents: rng.spread(7, 15),
    }
}

fn company_name(rng: &mut Rng) -> String {
    let (first, trade, end) = (rng.pick(words::FIRM), rng.pick(words::TRADE), rng.pick(words::FIRM_END));
    let gap = if end.starts_with(',') { "" } else { " " };
    format!("{first} {trade}{gap}{end}")
}

fn letters(rng: &mut Rng) -> Vec<char> {
    (0..rng.range(1, 3)).map(|_| char::from(b'A' + rng.below(26) as u8)).collect()
}

fn address(rng: &mut Rng) -> Address {
    let mut street1 = format!("{} {}", rng.range(1, 9_999), rng.pick(words::STREET));
    let mut street2 = rng.chance(0.3).then(|| format!("SUITE {}", rng.range(100, 2_500)));
    if rng.chance(0.06) {
        let (city, state, country) = rng.pick(words::PLACE_ABROAD);
        return Address { street1, street2, city, state, zip: String::new(), country: Some(country) };
    }
    if rng.chance(0.02) {
        street2 = Some(std::mem::replace(&mut street1, "ONE & TWO CORPORATE PLAZA".into()));
    }
    let (city, state, zip) = rng.pick(words::PLACE);
    Address { street1, street2, city, state, zip: format!("{zip}{:02}", rng.below(100)), country: None }
}

/// The private address of an owner, or that of the company.
pub(super) fn owner_address(rng: &mut Rng, company: &Company) -> Address {
    if !rng.chance(0.75) {
        return address(rng);
    }
    let mut address = company.address.clone();
    if rng.chance(0.7) {
        let name = company.name.to_uppercase();
        let mut care_of = String::from("C/O ");
        care_of.extend(name.chars().take(36));
        let street = std::mem::replace(&mut address.street1, care_of.trim_end().to_owned());
        address.street2 = Some(street);
    }
    address
}

fn person(seed: u64, number: u64) -> Person {
    let mut rng = Rng::new(seed, Stream::Person, u64::MAX / 2 + number);
    let rng = &mut rng;
    let (given, family) = (rng.pick(words::GIVEN), rng.pick(words::FAMILY));
    let middle = rng.chance(0.7).then(|| char::from(b'A' + rng.below(26) as u8));
    let suffix = rng.weighted(&[(92, ""), (4, " Jr"), (2, " III"), (2, " JR")]);
    let initial = middle.map_or(String::new(), |m| format!(" {m}"));
    let dot = if rng.chance(0.5) && middle.is_some() { "." } else { "" };
    let plain = format!("{family} {given}{initial}{dot}{suffix}");
    let signature = format!("{given}{initial}{} {family}", if middle.is_some() { "." } else { "" });
    let name = if rng.chance(0.45) { plain.to_uppercase() } else { plain };
    Person { cik: OWNER_CIK + number, name, signature, is_fund: false }
}

fn fund(seed: u64, owners: u64, company: u64, n: u64) -> Person {
    let mut rng = Rng::new(seed, Stream::Person, u64::MAX / 4 + company);
    let family = rng.pick(words::FAMILY);
    let mut rng = Rng::new(seed, Stream::Person, u64::MAX / 8 + company * 16 + n);
    let kind: Cow<'static, str> = rng.pick(words::FUND).into();
    let name = format!("{family} {kind} {}", rng.pick(words::FUND_END));
    Person { cik: OWNER_CIK + owners + company * 16 + n, signature: name.clone(), name, is_fund: true }
}

/// Ten digits.
pub(super) fn push_cik(out: &mut Vec<u8>, cik: u64) {
    push_padded(out, cik, 10);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_companies_have_most_filings_and_all_have_some() {
        let world = World::new(1, 50);
        let mut rng = Rng::new(1, Stream::Filing, 0);
        let mut seen = [0u32; 50];
        for _ in 0..50_000 {
            seen[world.company(&mut rng).number as usize] += 1;
        }
        assert!(seen[0] > 10_000 && seen[0] > 20 * seen[40], "{seen:?}");
        assert!(seen.iter().all(|&n| n > 100), "{seen:?}");
    }

    #[test]
    fn ciks_of_companies_people_and_funds_do_not_meet() {
        let world = World { seed: 1, companies: vec![company(1, 399_999)], owners: owners(400_000) };
        let last = &world.companies[0];
        assert!(last.cik < OWNER_CIK);
        let people = OWNER_CIK + world.owners;
        assert!((0..INSIDERS).all(|n| (OWNER_CIK..people).contains(&world.insider(last, n).cik)));
        assert!(world.fund(last, 15).cik >= people);
        assert!(world.fund(last, 15).cik < 10_000_000_000);
    }

    #[test]
    fn texts_fit_the_limits_of_the_forms() {
        assert!(words::TITLE.iter().chain(words::OTHER_RELATION).all(|t| t.len() <= 30));
        assert!(words::NATURE.iter().all(|t| t.len() <= 100));
        let world = World::new(3, 500);
        for company in &world.companies {
            assert!(company.symbol.len() <= 10 && company.name.len() <= 150 && company.stock.len() <= 60);
            assert!(company.address.street1.len() <= 40);
            let mut rng = Rng::new(3, Stream::Filing, company.number);
            let address = owner_address(&mut rng, company);
            assert!(address.street1.len() <= 40 && address.street2.is_none_or(|s| s.len() <= 40));
        }
    }
}
