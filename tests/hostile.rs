//! Broken and hostile input: whatever it is, what can be read is kept, the rest is a reject with its own code, and the run ends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod support;

use section16::Reason;
use section16::model::Table;
use section16::pipeline::{ConvertOptions, Monitor, Report, convert};
use section16::source::Discover;
use serde_json::{Map, Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use support::{contents, rows};
use tempfile::TempDir;

const ROW: &str = "<nonDerivativeHolding><securityTitle><value>Common</value></securityTitle><postTransactionAmounts>\
    <sharesOwnedFollowingTransaction><value>@</value></sharesOwnedFollowingTransaction></postTransactionAmounts>\
    </nonDerivativeHolding>\n";

/// A submission with this number and these parts behind its issuer.
fn submission(number: usize, issuer: &str, parts: &str) -> String {
    let accession = format!("0009900001-24-{number:06}");
    format!(
        "<SEC-DOCUMENT>{accession}.txt : 20240228\n<SEC-HEADER>{accession}.hdr.sgml : 20240228\n\
         ACCESSION NUMBER:\t\t{accession}\nCONFORMED SUBMISSION TYPE:\t4\n</SEC-HEADER>\n\
         <DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n<ownershipDocument>\n<documentType>4</documentType>\n\
         <issuer><issuerCik>{issuer}</issuerCik></issuer>\n\
         <reportingOwner><reportingOwnerId><rptOwnerCik>0009900002</rptOwnerCik></reportingOwnerId></reportingOwner>\n\
         {parts}</ownershipDocument>\n</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )
}

/// A sound filing that does not shrink much.
fn sound(number: usize) -> String {
    let mut state = number as u64 + 1;
    let noise = std::iter::from_fn(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(char::from(b'a' + (state >> 60) as u8))
    });
    let remarks: String = noise.take(9_000).collect();
    submission(number, "0009900011", &format!("{}<remarks>{remarks}</remarks>", ROW.replace('@', "5")))
}

fn tar(members: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in members {
        let mut header = tar::Header::new_gnu();
        // Written by hand: the builder refuses the names that matter here.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_cksum();
        builder.append(&header, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A folder `in` with these files.
fn input(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join("in").join(name), bytes).unwrap();
    }
    folder
}

fn run(folder: &TempDir, output: &str, change: impl FnOnce(&mut ConvertOptions)) -> Report {
    let mut options = ConvertOptions::default();
    change(&mut options);
    let found = Discover::new([folder.path().join("in")]).unwrap();
    let report = convert(found, &folder.path().join(output), &options, &Monitor::new()).unwrap();
    assert!(report.adds_up());
    report
}

fn rejects(folder: &TempDir) -> Vec<Map<String, Value>> {
    rows(&folder.path().join("out"), Table::Rejects)
}

/// Converts one file beside a sound filing, which must be kept, and gives the reasons of the rejects.
fn reasons(name: &str, bytes: &[u8], change: impl FnOnce(&mut ConvertOptions)) -> Vec<Reason> {
    let folder = input(&[("sound.txt", sound(99).as_bytes()), (name, bytes)]);
    let report = run(&folder, "out", change);
    assert!(report.filings >= 1, "{name}");
    report.rejects.keys().copied().collect()
}

#[test]
fn of_an_archive_that_is_cut_off_the_filings_before_are_kept_and_one_reject_says_where() {
    let filings: Vec<_> = (0..12).map(|n| (format!("{n:02}.txt"), sound(n))).collect();
    let members: Vec<_> = filings.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let archive = tar(&members);
    // In the middle of the eighth member.
    let member = 512 + members[0].1.len().next_multiple_of(512);
    let cut = 7 * member + 512 + 4_000;
    let folder = input(&[("a.tar", &archive[..cut])]);
    let report = run(&folder, "out", |_| {});
    assert_eq!((report.entries, report.filings), (8, 7));
    let rejects = rejects(&folder);
    assert_eq!(rejects.len(), 1);
    let told = |column: &str| &rejects[0][column];
    assert!(told("source_path").as_str().unwrap().ends_with("/in/a.tar"));
    assert_eq!(told("source_member"), "07.txt");
    assert_eq!((told("source_offset"), told("source_bytes")), (&json!(0), &json!(4_000)));
    assert_eq!(told("code"), "damaged-archive");
    assert_eq!(
        told("message"),
        "the data ends in the middle; what came before was read (at byte 4000 of the entry)"
    );
}

#[test]
fn a_flipped_bit_costs_no_filing_before_it() {
    let filings: Vec<_> = (0..12).map(|n| (format!("{n:02}.txt"), sound(n))).collect();
    let members: Vec<_> = filings.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut packed = gzip(&tar(&members));
    let middle = packed.len() / 2;
    packed[middle] ^= 0x40;
    let folder = input(&[("a.tar.gz", &packed)]);
    let report = run(&folder, "out", |_| {});
    assert!((5..=12).contains(&report.filings), "{}", report.filings);
    assert!(report.rejects[&Reason::DamagedArchive] >= 1);
    let kept = rows(&folder.path().join("out"), Table::Filings);
    let whole = input(&[("a.tar.gz", &gzip(&tar(&members)))]);
    run(&whole, "out", |_| {});
    let all = rows(&whole.path().join("out"), Table::Filings);
    for (row, expected) in kept.iter().zip(&all).take(5) {
        assert_eq!(
            (&row["accession_number"], &row["remarks"]),
            (&expected["accession_number"], &expected["remarks"])
        );
    }
}

#[test]
fn names_of_members_lead_nowhere() {
    let names = ["/etc/evil.txt", "../../../evil.txt", "a/../../evil.txt", "..", "b\n\u{1b}[31m.txt"];
    let filings: Vec<_> = (0..names.len()).map(sound).collect();
    let members: Vec<_> = names.iter().copied().zip(filings.iter().map(String::as_str)).collect();
    let folder = input(&[("evil.tar", &tar(&members))]);
    let report = run(&folder, "out", |options| options.keep_rejects = true);
    assert_eq!((report.filings, report.rejected()), (5, 0));
    let told: Vec<_> = rows(&folder.path().join("out"), Table::Filings)
        .iter()
        .map(|row| row["source_member"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(told, names);
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["in", "out"]);
}

#[test]
fn a_wrong_checksum_leaves_the_filing_with_a_diagnostic_and_is_a_reject() {
    let mut packed = gzip(sound(1).as_bytes());
    let at = packed.len() - 8;
    packed[at] ^= 1;
    let folder = input(&[("a.txt.gz", &packed), ("cut.txt.gz", &gzip(sound(2).as_bytes())[..at - 60])]);
    let report = run(&folder, "out", |_| {});
    assert_eq!((report.entries, report.filings), (3, 1));
    assert_eq!(report.rejects, [(Reason::DamagedArchive, 2)].into());
    let told: Vec<_> = rows(&folder.path().join("out"), Table::Diagnostics)
        .iter()
        .filter(|row| row["code"] == "checksum-wrong")
        .map(|row| row["accession_number"].clone())
        .collect();
    assert_eq!(told, [json!("0009900001-24-000001")]);
    assert!(rejects(&folder)[0]["message"].as_str().unwrap().contains("checksum"));
}

#[test]
fn issuers_that_are_paths_have_no_folder_of_their_own() {
    let issuers =
        ["../../../tmp/x", "/etc", "..", "1/2", "-1", &"9".repeat(400), "0x10", "\u{661}", "a\\b", "%2e"];
    let text: String = issuers.iter().enumerate().map(|(n, issuer)| submission(n, issuer, "")).collect();
    let folder = input(&[("a.txt", text.as_bytes())]);
    let report = run(&folder, "out", |_| {});
    assert_eq!((report.filings, report.unknown_issuers), (10, 10));
    let folders: Vec<_> =
        fs::read_dir(folder.path().join("out/filings")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(folders, ["issuer=unknown"]);
    let raw: Vec<_> = rows(&folder.path().join("out"), Table::Diagnostics)
        .into_iter()
        .filter(|row| row["code"] == "cik-unreadable")
        .map(|row| row["raw"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(raw, issuers);
}

#[test]
fn each_limit_has_its_own_code_and_costs_nothing_else() {
    let large = submission(1, "1", &ROW.repeat(9));
    let bomb = gzip(&vec![b' '; 200_000]);
    let long = submission(1, "1", &format!("<remarks>{}</remarks>", "x".repeat(9_001)));
    let deep = submission(1, "1", &"<a>".repeat(10_000));
    let wide = zstd::encode_all(&sound(1).repeat(30).into_bytes()[..], 19).unwrap();
    let printed = format!(
        "<SEC-HEADER>\nACCESSION NUMBER: 0009900001-24-000001\nCONFORMED SUBMISSION TYPE: 4\n</SEC-HEADER>\n\
         <DOCUMENT>\n<TYPE>4\n<TEXT>\nFORM 4\n{}\n</TEXT>\n</DOCUMENT>\n",
        "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n".repeat(50)
    );
    for (name, bytes, reason) in [
        ("entry.txt", large.as_bytes(), Reason::EntryTooLarge),
        ("printed.txt", printed.as_bytes(), Reason::PrintedTooLarge),
        ("records.txt", large.as_bytes(), Reason::TooManyRecords),
        ("value.txt", long.as_bytes(), Reason::ValueTooLarge),
        ("depth.gz", &gzip(&gzip(&gzip(b"x"))), Reason::NestedTooDeep),
        ("ratio.gz", &bomb, Reason::ExpansionTooLarge),
        ("window.zst", &wide, Reason::WindowTooLarge),
        ("element.txt", deep.as_bytes(), Reason::ElementTooDeep),
    ] {
        let found = reasons(name, bytes, |options| {
            let read = &mut options.read;
            match reason {
                Reason::EntryTooLarge => read.entry_limits.max_entry = large.len() - 1,
                Reason::PrintedTooLarge => read.entry_limits.max_printed = 2_000,
                Reason::TooManyRecords => read.entry_limits.max_records = 9,
                Reason::ValueTooLarge => read.entry_limits.max_value = 9_000,
                Reason::NestedTooDeep => read.limits.max_depth = 2,
                Reason::WindowTooLarge => read.limits.max_window = 1 << 16,
                _ => (read.limits.max_expansion, read.limits.free_expansion) = (20, 100_000),
            }
        });
        assert_eq!(found, [reason], "{name}");
    }
}

#[test]
fn a_filing_of_many_rows_is_written_in_parts_and_in_order() {
    let parts: String = (0..6_000).map(|n| ROW.replace('@', &n.to_string())).collect();
    let text = submission(1, "0009900011", &parts) + &submission(2, "0009900011", &ROW.replace('@', "7"));
    let folder = input(&[("a.txt", text.as_bytes()), ("copy.txt", text.as_bytes())]);
    let report = run(&folder, "out", |_| {});
    assert_eq!((report.filings, report.duplicates), (2, 2));
    let holdings = rows(&folder.path().join("out"), Table::Holdings);
    let shares: Vec<u32> = holdings
        .iter()
        .map(|row| row["shares_owned_following_transaction"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(shares.iter().copied().eq((0..6_000).chain([7])));
    assert!(holdings[..6_000].iter().zip(0..).all(|(row, n)| row["row_index"] == n));
    let small = run(&folder, "small", |options| options.sink.memory = 1 << 20);
    assert!(small.bytes_spilled > 0);
    assert!(contents(&folder.path().join("small")) == contents(&folder.path().join("out")));
}

#[test]
fn what_is_no_filing_at_all_is_counted() {
    let nuls = vec![0; 100_000];
    let bad = sound(3)
        .replace("Common", "@")
        .into_bytes()
        .split(|b| *b == b'@')
        .collect::<Vec<_>>()
        .join(&b"\xff\xfe\xc0"[..]);
    let with_nul = sound(4).replace("Common", "Com\0mon");
    let folder = input(&[
        ("empty", b""),
        ("nuls", &nuls),
        ("noise.gz", b"\x1f\x8b\x08\xffnoise"),
        ("bad.txt", &bad),
        ("nul.txt", with_nul.as_bytes()),
    ]);
    let report = run(&folder, "out", |_| {});
    assert_eq!((report.entries, report.filings, report.others()), (5, 2, 2));
    assert_eq!(report.rejects, [(Reason::DamagedArchive, 1)].into());
    let titles: Vec<_> = rows(&folder.path().join("out"), Table::Holdings)
        .iter()
        .map(|row| row["security_title"].clone())
        .collect();
    assert_eq!(titles, ["ÿþÀ", "Common"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_links_in_circles_end() {
    let folder = input(&[("a.txt", sound(1).as_bytes())]);
    let inside = |name: &str| folder.path().join("in").join(name);
    let _socket = std::os::unix::net::UnixListener::bind(inside("socket")).unwrap();
    for (target, name) in [("loop", "loop"), ("nowhere", "broken"), (".", "again"), ("socket", "to-socket")] {
        std::os::unix::fs::symlink(target, inside(name)).unwrap();
    }
    let report = run(&folder, "out", |_| {});
    assert_eq!((report.entries, report.filings), (5, 1));
    assert_eq!(report.rejects, [(Reason::Unreadable, 2), (Reason::NotAFile, 2)].into());
    let named: Vec<_> = rejects(&folder)
        .iter()
        .map(|row| Path::new(row["source_path"].as_str().unwrap()).file_name().unwrap().to_owned())
        .collect();
    assert_eq!(named, ["broken", "loop", "socket", "to-socket"]);
}

#[test]
fn a_file_that_vanishes_is_a_reject() {
    let folder = input(&[("a.txt", sound(1).as_bytes()), ("b.txt", sound(2).as_bytes())]);
    let inputs = ["a.txt", "b.txt"].map(|name| folder.path().join("in").join(name));
    let found = Discover::new(inputs.clone()).unwrap();
    fs::remove_file(&inputs[0]).unwrap();
    let report =
        convert(found, &folder.path().join("out"), &ConvertOptions::default(), &Monitor::new()).unwrap();
    assert_eq!((report.entries, report.filings), (2, 1));
    assert_eq!(report.rejects, [(Reason::Unreadable, 1)].into());
    assert!(rejects(&folder)[0]["source_path"].as_str().unwrap().ends_with("a.txt"));
}

#[test]
fn the_readme_tells_every_code() {
    let readme = include_str!("../README.md");
    for reason in Reason::ALL {
        assert!(readme.contains(&format!("`{reason}`")), "{reason}");
    }
}
