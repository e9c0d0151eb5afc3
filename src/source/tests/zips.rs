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
    for (at, value) in [(middle + 8, 1), (middle + 10, 97)] {
        let mut archive = archive.clone();
        archive[at] = value;
        let shown = show(&archive);
        assert_eq!(shown.bodies(), [&b"first"[..], b"third"]);
        assert_eq!(shown.damages.len(), 1);
        assert_eq!(shown.damages[0].reason, Reason::UnsupportedMember);
        assert_eq!((shown.damages[0].member.as_deref(), shown.damages[0].number), (Some("b"), 1));
    }
}

#[test]
fn a_wrong_checksum_withholds_the_member() {
    let mut archive = make::zip_with(&[("a", b"first"), ("b", b"second")], CompressionMethod::Stored);
    let at = archive.windows(6).position(|w| w == b"second").unwrap();
    archive[at] ^= 1;
    let shown = show(&archive);
    assert_eq!(shown.bodies(), [b"first"]);
    assert_eq!((shown.damages.len(), shown.damages[0].member.as_deref()), (1, Some("b")));
}

#[test]
fn names_are_recorded_as_they_are() {
    let shown = show(&make::zip(&[("../../a", b"1"), ("/abs", b"2"), ("caf\u{e9}", b"3")]));
    assert_eq!(shown.members(), ["../../a", "/abs", "caf\u{e9}"]);
}

#[test]
fn something_may_stand_before_the_archive_in_its_offsets() {
    let archive = [&make::zip(&[("a", b"a")])[..], &make::zip(&[("b", b"b")])].concat();
    assert_eq!(show(&archive).members(), ["b"]);
}

#[test]
fn an_empty_archive_has_no_entries() {
    let shown = show(&make::zip(&[]));
    assert_eq!((shown.entries.len(), shown.damages.len()), (0, 0));
}
