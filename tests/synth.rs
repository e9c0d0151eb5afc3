//! The invented archives: the same for the same options, readable, and what their truth says.

#![allow(clippy::unwrap_used, clippy::panic)]

use ring::digest::{Context, SHA256};
use section16::synth::{Container, Options, Summary, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Files by their path below the folder.
type Files = BTreeMap<String, Vec<u8>>;

fn options(container: Container, folder: &Path) -> Options {
    Options {
        filings: 120,
        issuers: 20,
        container,
        output: folder.join("edgar"),
        truth: Some(folder.join("truth.jsonl")),
        other_share: 0.2,
        duplicate_share: 0.2,
        loose_share: 0.05,
        printed_share: 0.1,
        oddity_share: 0.3,
        reject_share: 0.1,
        correction_share: 0.05,
        ..Options::default()
    }
}

fn files_of(folder: &Path) -> Files {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    files.map(|e| (name(e.path()), fs::read(e.path()).unwrap())).collect()
}

fn digest(files: &Files) -> String {
    let mut sha = Context::new(&SHA256);
    for (name, bytes) in files {
        sha.update(name.as_bytes());
        sha.update(&(bytes.len() as u64).to_le_bytes());
        sha.update(bytes);
    }
    sha.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The entries as the crates of the formats read them: file, member, bytes.
fn entries(folder: &Path, container: Container) -> Vec<(String, Option<String>, Vec<u8>)> {
    let mut entries = Vec::new();
    for (name, bytes) in files_of(folder) {
        match container {
            Container::Plain => entries.push((name, None, bytes)),
            Container::Gz => entries.push((name, None, gunzip(&bytes))),
            Container::Zip => {
                let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                for index in 0..zip.len() {
                    let mut member = zip.by_index(index).unwrap();
                    let mut body = Vec::new();
                    member.read_to_end(&mut body).unwrap();
                    entries.push((name.clone(), Some(member.name().unwrap().to_string()), body));
                }
            }
            Container::TarGz | Container::NcTarGz => {
                let plain = gunzip(&bytes);
                for member in tar::Archive::new(&plain[..]).entries().unwrap() {
                    let mut member = member.unwrap();
                    let mut body = Vec::new();
                    member.read_to_end(&mut body).unwrap();
                    let path = member.path().unwrap().to_string_lossy().into_owned();
                    entries.push((name.clone(), Some(path), body));
                }
            }
        }
    }
    entries
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

fn json_lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str()
}

#[test]
fn equal_options_give_equal_bytes_and_another_seed_gives_others() {
    for &container in Container::ALL {
        let folders: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
        let digests: Vec<String> = [7, 7, 8]
            .into_iter()
            .zip(&folders)
            .map(|(seed, folder)| {
                generate(&Options { seed, filings: 40, ..options(container, folder.path()) }).unwrap();
                digest(&files_of(folder.path()))
            })
            .collect();
        assert_eq!(digests[0], digests[1], "{container}");
        assert_ne!(digests[0], digests[2], "{container}");
    }
}

#[test]
fn counts_add_up_and_agree_with_what_lies_on_disk() {
    for &container in Container::ALL {
        let folder = tempfile::tempdir().unwrap();
        let summary = generate(&options(container, folder.path())).unwrap();
        let others: u64 = summary.other_forms.values().sum();
        let rejects: u64 = summary.rejects.values().sum();
        let parts = summary.filings + summary.duplicates + others + summary.corrections + rejects;
        assert_eq!(summary.entries, parts, "{container}");
        assert_eq!(summary.filings, 120);
        assert!(summary.duplicates > 8 && rejects > 3 && others > 0, "{container}: {summary:?}");
        assert_eq!(summary.corrections > 0, container == Container::NcTarGz);

        let entries = entries(&folder.path().join("edgar"), container);
        let bytes: usize = entries.iter().map(|(_, _, body)| body.len()).sum();
        assert_eq!(summary.bytes, bytes as u64, "{container}");
        let starts: usize = entries.iter().map(|(_, _, body)| submissions(body).max(1)).sum();
        assert_eq!(summary.entries, starts as u64, "{container}");

        let counts: Value =
            serde_json::from_str(&fs::read_to_string(folder.path().join("truth.counts.json")).unwrap())
                .unwrap();
        assert_eq!(counts, summary.to_json());
    }
}

/// Lines that begin a submission.
fn submissions(body: &[u8]) -> usize {
    let is_start = |line: &[u8]| line.starts_with(b"<SEC-DOCUMENT>") || line.starts_with(b"<SUBMISSION>");
    body.split(|&b| b == b'\n' || b == b'\r').filter(|line| is_start(line)).count()
}

#[test]
fn the_truth_names_every_copy_and_counts_its_rows() {
    for &container in Container::ALL {
        let folder = tempfile::tempdir().unwrap();
        let summary = generate(&options(container, folder.path())).unwrap();
        let truth = json_lines(&folder.path().join("truth.jsonl"));
        let places: BTreeMap<(String, Option<String>), Vec<u8>> =
            entries(&folder.path().join("edgar"), container)
                .into_iter()
                .map(|(p, m, b)| ((p, m), b))
                .collect();
        let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
        let (mut ids, mut copies) = (BTreeSet::new(), 0);
        for filing in &truth {
            if let Some(accession) = text(filing, "accession_number") {
                assert!(ids.insert(accession.to_owned()), "{accession} stands twice");
            }
            *rows.entry("filings").or_default() += 1;
            for table in ["reporting_owners", "transactions", "holdings", "footnotes", "signatures"] {
                *rows.entry(table).or_default() += filing[table].as_array().unwrap().len() as u64;
            }
            let sources = filing["sources"].as_array().unwrap();
            copies += sources.len() as u64 - 1;
            for source in sources {
                let place = (
                    text(source, "source_path").unwrap().to_owned(),
                    text(source, "source_member").map(str::to_owned),
                );
                let body = places.get(&place).unwrap_or_else(|| panic!("{place:?} is not there"));
                let accession = text(filing, "accession_number").unwrap_or("<ownershipDocument>");
                let in_text = String::from_utf8_lossy(body).contains(accession);
                let in_path = format!("{place:?}").replace('-', "").contains(&accession.replace('-', ""));
                assert!(in_text || in_path, "{place:?} does not hold {accession}");
            }
        }
        assert_eq!(rows, summary.rows, "{container}");
        assert_eq!(copies, summary.duplicates, "{container}");
        let rejects = json_lines(&folder.path().join("truth.rejects.jsonl"));
        assert_eq!(rejects.len() as u64, summary.rejects.values().sum::<u64>());
    }
}

#[test]
fn shares_are_those_that_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Options {
        filings: 3000,
        issuers: 300,
        container: Container::Plain,
        output: folder.path().to_owned(),
        other_share: 0.2,
        duplicate_share: 0.1,
        ..Options::default()
    };
    let summary = generate(&asked).unwrap();
    let share = |n: u64, of: u64| n as f64 / of as f64;
    let within = |share: f64, low: f64, high: f64, what: &str| {
        assert!((low..high).contains(&share), "{what}: {share}")
    };
    within(share(summary.forms["4"], 3000), 0.88, 0.92, "Form 4");
    within(share(summary.forms["3"], 3000), 0.065, 0.095, "Form 3");
    within(share(summary.forms["4/A"], 3000), 0.008, 0.021, "Form 4/A");
    within(share(summary.duplicates, 3000), 0.08, 0.12, "duplicates");
    within(share(summary.other_bytes, summary.bytes), 0.1, 0.21, "other forms");
    within(share(summary.rows["transactions"] + summary.rows["holdings"], 3000), 2.5, 4.0, "rows");
    let own = summary.bytes - summary.other_bytes;
    within(share(own, summary.entries), 5_500.0, 9_500.0, "bytes of a filing");
    for schema in
        ["X0101", "X0201", "X0202", "X0203", "X0206", "X0303", "X0305", "X0306", "X0407", "X0508", "X0609"]
    {
        assert!(summary.schemas.contains_key(schema), "no filing of {schema}");
    }
}

#[test]
fn a_day_of_the_feed_is_mostly_other_forms() {
    let folder = tempfile::tempdir().unwrap();
    let day = Options {
        filings: 15,
        issuers: 60,
        container: Container::NcTarGz,
        output: folder.path().to_owned(),
        years: 2025..=2025,
        filings_per_archive: Some(u64::MAX),
        other_share: 0.97,
        ..Options::default()
    };
    let summary = generate(&day).unwrap();
    let share = summary.other_bytes as f64 / summary.bytes as f64;
    assert!(share > 0.6, "{share}");
    assert_eq!(files_of(folder.path()).keys().collect::<Vec<_>>(), ["Feed/2025/QTR1/20250106.nc.tar.gz"]);
}

#[test]
fn the_feed_has_an_archive_a_day_and_ends_with_its_filings() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { filings_per_archive: Some(12), ..options(Container::NcTarGz, folder.path()) };
    let summary = generate(&options).unwrap();
    assert_eq!(summary.files, 10);
    let days: BTreeSet<String> = files_of(&folder.path().join("edgar")).into_keys().collect();
    assert_eq!(days.len(), 10);
    assert!(days.iter().all(|day| day.starts_with("Feed/20") && day.ends_with(".nc.tar.gz")), "{days:?}");
}

/// What the bytes of a plain archive hold, each at least once.
#[test]
fn wrappings_and_oddities_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let summary =
        generate(&Options { filings: 1500, oddity_share: 0.5, ..options(Container::Plain, folder.path()) })
            .unwrap();
    let files = files_of(&folder.path().join("edgar"));
    let holds =
        |needle: &str| files.values().any(|body| body.windows(needle.len()).any(|w| w == needle.as_bytes()));
    for needle in [
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n",
        "\n- ----",
        "\r\n<TYPE>4\r\n",
        "<nonDerivativeSecurity>",
        "<transactionValue>",
        "<aff10b5One>",
        "<issuerForeignTradingSymbol>",
        "<rptOwnerNonUSAddressFlag>",
        "<value>1988-08-08</value>",
        "-05:00</value>",
        "T00:00:00.000-05:00</value>",
        "&amp;",
        "&#233;",
        "\u{e9}",
        "<noSecuritiesOwned>true",
        "<transactionTimeliness/>",
        "<value></value>",
        "<value/>",
        "<TYPE>EX-24\n",
        "<TYPE>EX-99.1\n",
        "<TYPE>GRAPHIC\n",
        "\t\tEIN:\t",
        "ORGANIZATION NAME:",
        "FORMER NAME:",
        "<nonDerivativeTable ativeTable>",
        "<documentNote>",
        "R&D",
        "<value>3,090</value>",
        "-13-04</value>",
        "<value>0015-03-04",
        "<RELATIONSHIP>DIRECTOR",
        "<TITLE>Form 4",
    ] {
        assert!(holds(needle), "nowhere {needle:?}");
    }
    assert!(
        files.values().any(|body| body.contains(&0x92) && std::str::from_utf8(body).is_err()),
        "no Windows-1252"
    );
    assert!(files.values().any(|body| submissions(body) > 1), "no text with several submissions");
    assert!(
        files.keys().any(|name| name.ends_with("/form4.xml")),
        "no bare document in a folder of its filing"
    );
    assert!(files.keys().any(|name| name.contains("/00098") && name.ends_with(".xml")), "none named by it");
    assert!(
        files.values().any(|body| body.split(|&b| b == b'\n').any(|line| line.len() == 1023)),
        "no cut line"
    );
    for code in ["no-document", "truncated-document", "no-issuer-no-owner"] {
        assert!(summary.rejects.contains_key(code), "no reject {code}");
    }
    for code in [
        "number-repaired",
        "number-rounded",
        "number-too-large",
        "number-unreadable",
        "date-unreadable",
        "date-implausible",
        "flag-unreadable",
        "footnote-missing",
        "stray-ampersand",
        "damaged-tag",
        "misplaced-element",
        "unknown-element",
        "hard-wrap-rejoined",
        "encoding-windows-1252",
    ] {
        assert!(summary.diagnostics.contains_key(code), "no {code}");
    }
}

#[test]
fn gz_is_plain_packed_at_times_in_several_members() {
    let folder = tempfile::tempdir().unwrap();
    let make = |container, name| {
        let output = folder.path().join(name);
        generate(&Options { filings: 400, ..options(container, folder.path()) }).unwrap();
        fs::rename(folder.path().join("edgar"), &output).unwrap();
        files_of(&output)
    };
    let (plain, packed) = (make(Container::Plain, "plain"), make(Container::Gz, "gz"));
    let unpacked: Files = packed
        .iter()
        .map(|(name, bytes)| (name.strip_suffix(".gz").unwrap().to_owned(), gunzip(bytes)))
        .collect();
    assert!(unpacked == plain);
    let first_only = |bytes: &[u8]| {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
        plain
    };
    assert!(packed.iter().any(|(name, bytes)| first_only(bytes) != plain[name.strip_suffix(".gz").unwrap()]));
}

#[test]
fn options_that_cannot_be_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let good = options(Container::NcTarGz, folder.path());
    let wrong = [
        Options { issuers: 0, ..good.clone() },
        Options { other_share: 1.0, ..good.clone() },
        Options { duplicate_share: f64::NAN, ..good.clone() },
        Options { years: 1999..=2005, ..good.clone() },
        Options { filings_per_archive: Some(0), ..good.clone() },
        Options { filings: 10_000, filings_per_archive: Some(1), ..good.clone() },
    ];
    for options in wrong {
        assert!(generate(&options).is_err(), "{options:?}");
    }
    assert_eq!("tar.gz".parse::<Container>().unwrap(), Container::TarGz);
    assert!("rar".parse::<Container>().is_err());
    assert_eq!(generate(&Options { filings: 0, ..good }).unwrap(), Summary::default());
}

/// The truth of one filing, value by value, against its text read by a reader that shares nothing with the maker.
#[test]
fn the_truth_holds_against_an_independent_reader() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { loose_share: 0.6, oddity_share: 0.0, ..options(Container::Plain, folder.path()) };
    generate(&options).unwrap();
    let mut checked = 0;
    for filing in json_lines(&folder.path().join("truth.jsonl")) {
        let path = folder.path().join("edgar").join(text(&filing, "source_path").unwrap());
        let mut body = String::new();
        if !path.to_string_lossy().ends_with(".xml") {
            continue;
        }
        if File::open(path).unwrap().read_to_string(&mut body).is_err() {
            continue;
        }
        check_rows(&filing, &body);
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

/// Compares the titles, shares and footnotes of a filing with those that quick-xml finds.
fn check_rows(filing: &Value, body: &str) {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reader = quick_xml::Reader::from_str(body);
    let mut names: Vec<String> = Vec::new();
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Start(tag) => names.push(tag.name().as_ref().to_owned()),
            Event::End(_) => drop(names.pop()),
            Event::Text(text) if names.last().is_some_and(|name| name == "value") => {
                let text: &str = text.as_ref();
                found.entry(names[names.len() - 2].clone()).or_default().push(text.trim().to_owned());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut rows: Vec<&Value> =
        ["transactions", "holdings"].iter().flat_map(|t| filing[*t].as_array().unwrap()).collect();
    rows.sort_by_key(|row| row["row_index"].as_u64());
    for (element, column) in [
        ("transactionShares", "transaction_shares"),
        ("transactionPricePerShare", "transaction_price_per_share"),
        ("sharesOwnedFollowingTransaction", "shares_owned_following_transaction"),
        ("transactionAcquiredDisposedCode", "transaction_acquired_disposed_code"),
    ] {
        let truth: Vec<&str> = rows.iter().filter_map(|row| text(row, column)).collect();
        let read: Vec<String> = found.remove(element).unwrap_or_default().into_iter().map(plain).collect();
        if column != "transaction_price_per_share" || filing["filings"]["source_format"] == "xml" {
            assert_eq!(read, truth, "{element} of {}", filing["source_path"]);
        }
    }
}

/// A decimal without zeros at its end.
fn plain(number: String) -> String {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => number,
    }
}
