//! zip archives.

use super::make;
use super::{INLINE, show, text};
use crate::reject::Reason;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const METHODS: [CompressionMethod; 5] = [
    CompressionMethod::Stored,
    CompressionMethod::Deflated,
    CompressionMethod::Bzip2,
    CompressionMethod::Zstd,
    CompressionMethod::Xz,
];

#[test]
fn members_come_in_order_by_every_method() {
    let (a, large) = (text(1, 3_000), text(2, INLINE + 5_000));
    for method in METHODS {
        let shown = show(&make::zip_with(&[("b.txt", &a), ("dir/a", &large), ("empty", b"")], method));
        assert_eq!(shown.damages, [], "{method}");
        assert_eq!(shown.members(), ["b.txt", "dir/a", "empty"]);
        assert!(shown.bodies() == [&a[..], &large, b""], "{method}");
    }
}

#[test]
fn lengths_may_stand_behind_the_members() {
    let a = text(3, 3_000);
    let archive = make::zip_streamed(&[("a", &a), ("b", b"b")]);
    assert_eq!(show(&archive).bodies(), [&a[..], b"b"]);

    // The same without the directory.
    let cut = archive.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let shown = show(&archive[..cut]);
    assert_eq!(shown.bodies(), [&a[..], b"b"]);
    assert_eq!((shown.damages.len(), shown.damages[0].reason), (1, Reason::DamagedArchive));
}

#[test]
fn folders_and_links_are_passed_over() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("dir", SimpleFileOptions::default()).unwrap();
    writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    writer.start_file("a", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"a").unwrap();
    let shown = show(&writer.finish().unwrap().into_inner());
    assert_eq!((shown.members(), shown.damages.len()), (vec!["a"], 0));
}

#[test]
fn encrypted_and_unknown_members_are_refused_alone() {
    let archive =
        make::zip_with(&[("a", b"first"), ("b", b"second"), ("c", b"third")], CompressionMethod::Stored);
    let entry = archive.windows(5).rposition(|w| w == b"PK\x01\x02\x2e" || w[..4] == *b"PK\x01\x02").unwrap();
    let middle = archive[..entry].windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    // Encrypted; then by shrinking, deflate64, LZMA, PPMd and a method that nobody knows.
    for (at, value) in [(8, 1), (10, 1), (10, 9), (10, 14), (10, 98), (10, 200)] {
        let mut archive = archive.clone();
        archive[middle + at] = value;
        let shown = show(&archive);
        assert_eq!(shown.bodies(), [&b"first"[..], b"third"]);
        assert_eq!(shown.damages.len(), 1);
        assert_eq!(shown.damages[0].reason, Reason::UnsupportedMember);
        assert_eq!((shown.damages[0].member.as_deref(), shown.damages[0].number), (Some("b"), 1));

        // The same from the front, where the directory is missing.
        let directory = archive.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        let local = archive.windows(4).enumerate().filter(|(_, w)| w == b"PK\x03\x04").nth(1).unwrap().0;
        archive[local + at - 2] = value;
        let shown = show(&archive[..directory]);
        assert_eq!(shown.bodies(), [&b"first"[..], b"third"]);
        assert_eq!(shown.damages[0].reason, Reason::UnsupportedMember);
        assert_eq!(shown.damages[0].member.as_deref(), Some("b"));
    }
}

#[test]
fn members_that_the_end_does_not_count_are_told() {
    let members: [(&str, &[u8]); 3] = [("a", b"first"), ("b", b"second"), ("c", b"third")];
    let whole = make::zip_with(&members, CompressionMethod::Stored);
    let end = whole.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
    let headers: Vec<_> =
        whole.windows(4).enumerate().filter(|(_, w)| w == b"PK\x01\x02").map(|h| h.0).collect();
    for counted in [1, 2] {
        let mut archive = whole.clone();
        (archive[end + 8], archive[end + 10]) = (counted, counted);
        let shown = show(&archive);
        let counted = usize::from(counted);
        assert_eq!(shown.bodies(), members[..counted].iter().map(|m| m.1).collect::<Vec<_>>());
        assert_eq!((shown.damages.len(), shown.damages[0].reason), (1, Reason::DamagedArchive));
        assert_eq!(shown.damages[0].offset, headers[counted] as u64);
    }
    assert_eq!(show(&whole).damages, []);
}

#[test]
fn a_wrong_checksum_casts_doubt_on_the_member() {
    let mut archive = make::zip_with(&[("a", b"first"), ("b", b"second")], CompressionMethod::Stored);
    let at = archive.windows(6).position(|w| w == b"second").unwrap();
    archive[at] ^= 1;
    let shown = show(&archive);
    assert_eq!(shown.bodies(), [&b"first"[..], b"recond"]);
    assert_eq!(shown.entries.iter().map(|entry| entry.is_doubtful).collect::<Vec<_>>(), [false, true]);
    assert_eq!((shown.damages.len(), shown.damages[0].member.as_deref()), (1, Some("b")));
}

#[test]
fn names_are_recorded_as_they_are() {
    let shown = show(&make::zip(&[("../../a", b"1"), ("/abs", b"2"), ("caf\u{e9}", b"3")]));
    assert_eq!(shown.members(), ["../../a", "/abs", "caf\u{e9}"]);
}

/// The parts of a file, the members that are shown, and the places that damages tell.
type Around<'a> = (&'a [&'a [u8]], &'a [&'a str], &'a [usize]);

#[test]
fn what_stands_around_an_archive_is_reported() {
    let (a, b, none) = (make::zip(&[("a", b"a")]), make::zip(&[("b", b"b")]), make::zip(&[]));
    let junk = text(9, 90_000);
    let cases: [Around; 6] = [
        (&[&a, &b], &["b"], &[a.len()]),
        (&[&a, b"a third submission"], &["a"], &[a.len()]),
        (&[&a, &[0; 70], b"x"], &["a"], &[a.len() + 70]),
        (&[&a, &b, b"x"], &["b"], &[a.len(), a.len() + b.len()]),
        (&[&none, &junk[..60_000]], &[], &[none.len()]),
        (&[&a, &[0; 7_000]], &["a"], &[]),
    ];
    for (parts, members, places) in cases {
        let shown = show(&parts.concat());
        assert_eq!(shown.members(), members);
        assert_eq!(shown.damages.len(), places.len(), "{:?}", shown.damages);
        for (damage, place) in shown.damages.iter().zip(places) {
            assert_eq!(damage.reason, Reason::DamagedArchive);
            assert!(damage.message.contains(&format!("byte {place};")), "{}", damage.message);
        }
    }
    // So much that the end is not found.
    let shown = show(&[&a[..], &junk].concat());
    assert_eq!((shown.members(), shown.damages.len()), (vec!["a"], 1));
}

#[test]
fn a_comment_is_part_of_the_archive() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"a").unwrap();
    writer.set_comment("a comment").unwrap();
    let archive = writer.finish().unwrap().into_inner();
    assert_eq!(show(&archive).damages, []);
    assert_eq!(show(&[&archive[..], b"x"].concat()).damages.len(), 1);
}

#[test]
fn an_empty_archive_has_no_entries() {
    let shown = show(&make::zip(&[]));
    assert_eq!((shown.entries.len(), shown.damages.len()), (0, 0));
}
