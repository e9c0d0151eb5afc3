//! Names of files and members, as EDGAR and its downloaders lay them out.

use super::calendar::Day;
use super::model::Filing;

/// Logins that transmit filings.
const AGENTS: u64 = 40;

/// The accession number of the submission with this serial number.
pub(super) fn accession(serial: u64, filed: Day) -> String {
    format!("{:010}-{:02}-{:06}", 9_800_000 + serial % AGENTS, filed.year() % 100, serial / AGENTS + 1)
}

/// `edgar/data/9000012/0009800003-25-000017.txt`
pub(super) fn text_file(cik: u64, accession: &str) -> String {
    format!("edgar/data/{cik}/{accession}.txt")
}

/// `edgar/data/9000012/000980000325000017/form4.xml` as EDGAR has it, or named by the accession number as downloaders do:
/// `edgar/data/9000012/0009800003-25-000017.xml`
pub(super) fn document_file(cik: u64, filing: &Filing<'_>) -> String {
    if filing.accession.ends_with(['1', '4', '7']) {
        return format!("edgar/data/{cik}/{}.xml", filing.accession);
    }
    format!("edgar/data/{cik}/{}/{}", filing.accession.replace('-', ""), filing.filename)
}

/// A bare document whose path tells no accession number.
pub(super) fn loose_file(folder: &str, number: u64, filing: &Filing<'_>) -> String {
    let (year, quarter) = (filing.filed.year(), filing.filed.quarter());
    format!("{folder}/{year}/q{quarter}/form{}-{number}.xml", filing.form.base())
}

/// Many submissions as one text, as EDGAR's old daily loads.
pub(super) fn daily_file(day: Day, number: u64) -> String {
    format!("oldloads/{}/QTR{}/{}-{number}.txt", day.year(), day.quarter(), day.compact())
}

/// `Feed/2025/QTR1/20250108.nc.tar.gz`
pub(super) fn feed_archive(day: Day) -> String {
    format!("Feed/{}/QTR{}/{}.nc.tar.gz", day.year(), day.quarter(), day.compact())
}
