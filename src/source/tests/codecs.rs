//! Each compression alone.

use super::make::{self, PACKS};
use super::{INLINE, noise, show, text};
use crate::reject::Reason;
use proptest::prelude::*;

#[test]
fn a_compressed_file_is_one_entry_without_member() {
    for (name, pack) in PACKS {
        for length in [0, 1, 100, 5_000, INLINE - 1, INLINE, 140_000] {
            let bytes = text(length as u32, length);
            let shown = show(&pack(&bytes));
            assert_eq!(shown.damages, [], "{name} {length}");
            assert_eq!(shown.members(), ["-"], "{name} {length}");
            assert!(shown.entries[0].bytes == bytes, "{name} {length}");
        }
    }
}

#[test]
fn large_entries_come_whole() {
    let bytes = text(7, INLINE + 100_000);
    for (name, pack) in PACKS {
        let shown = show(&pack(&bytes));
        assert_eq!(shown.damages, [], "{name}");
        assert!(shown.entries[0].bytes == bytes, "{name}");
        assert!(!shown.entries[0].is_cut, "{name}");
    }
    assert!(show(&bytes).entries[0].bytes == bytes);
}

#[test]
fn streams_stand_one_after_another() {
    let (a, b) = (text(1, 3_000), text(2, 200_000));
    let expected = [&a[..], &b, &a].concat();
    for (name, pack) in PACKS.into_iter().filter(|(name, _)| *name != "compress") {
        let shown = show(&[pack(&a), pack(&b), pack(&a)].concat());
        assert_eq!(shown.damages, [], "{name}");
        assert!(shown.bodies() == [&expected[..]], "{name}");
    }
}

#[test]
fn zeros_behind_gzip_are_passed_over() {
    let (a, b) = (text(3, 2_000), text(4, 100));
    for zeros in [1, 511, 300_000] {
        let padding = vec![0; zeros];
        let shown = show(&[&make::gzip(&a)[..], &padding].concat());
        assert_eq!((shown.bodies(), shown.damages.len()), (vec![&a[..]], 0), "{zeros}");
        let shown = show(&[&make::gzip(&a)[..], &padding, &make::gzip(&b), &padding].concat());
        assert_eq!((shown.bodies(), shown.damages.len()), (vec![&[&a[..], &b].concat()[..]], 0), "{zeros}");
    }
}

#[test]
fn what_else_stands_behind_gzip_is_reported() {
    let bytes = text(3, 2_000);
    let packed = make::gzip(&bytes);
    for (zeros, junk) in [(0, &b"\x1a"[..]), (0, b"a third submission"), (9, b"\x1f\x8c"), (0, &[7; 300_000])]
    {
        let shown = show(&[&packed[..], &vec![0; zeros], junk].concat());
        assert_eq!(shown.bodies(), [&bytes[..]]);
        assert!(!shown.entries[0].is_cut);
        assert_eq!(shown.damages.len(), 1);
        let damage = &shown.damages[0];
        assert_eq!((damage.reason, damage.number, damage.offset), (Reason::DamagedArchive, 1, 2_000));
        assert!(damage.message.contains(&format!("byte {} ", packed.len() + zeros)), "{}", damage.message);
    }

    let archive = make::tar(&[("a.gz", &[&packed[..], b"junk"].concat()), ("b", b"b")]);
    let shown = show(&[&make::gzip(&archive)[..], b"junk"].concat());
    assert_eq!((shown.members(), shown.bodies()), (vec!["a.gz", "b"], vec![&bytes[..], b"b"]));
    let damages: Vec<_> = shown.damages.iter().map(|d| (d.member.as_deref(), d.number)).collect();
    assert_eq!(damages, [(Some("a.gz"), 1), (None, 3)]);
}

#[test]
fn what_stands_behind_other_streams_is_reported() {
    let bytes = text(3, 2_000);
    for (name, pack) in PACKS.into_iter().filter(|(name, _)| !["gzip", "compress"].contains(name)) {
        for junk in [&b"a third submission"[..], b"x", b"\0\0\0\0x"] {
            let shown = show(&[&pack(&bytes)[..], junk].concat());
            assert_eq!(shown.bodies(), [&bytes[..]], "{name} {junk:?}");
            assert_eq!(shown.damages.len(), 1, "{name} {junk:?}");
            assert_eq!(shown.damages[0].reason, Reason::DamagedArchive, "{name} {junk:?}");
        }
    }
}

#[test]
fn gzip_headers_may_hold_anything() {
    let bytes = text(4, 900);
    let mut header = flate2::GzBuilder::new().filename("a.txt").comment("a comment").extra(vec![7; 3_000]);
    header = header.mtime(1_700_000_000);
    let mut encoder = header.write(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &bytes).unwrap();
    let shown = show(&encoder.finish().unwrap());
    assert_eq!((shown.damages.len(), shown.bodies()), (0, vec![&bytes[..]]));
}

#[test]
fn a_zstd_file_may_begin_with_a_skippable_frame() {
    let bytes = text(5, 900);
    let packed = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &make::zstd(&bytes)].concat();
    assert_eq!(show(&packed).bodies(), [&bytes[..]]);
}

#[test]
fn compress_widens_and_clears() {
    let bytes = [noise(120_000), text(6, 40_000)].concat();
    for (width, clear_after) in
        [(16, usize::MAX), (16, 9_000), (12, 5_000), (11, usize::MAX), (10, 3), (16, 1)]
    {
        let shown = show(&make::lzw_with(&bytes, width, clear_after));
        assert_eq!(shown.damages, [], "{width} {clear_after}");
        assert!(shown.entries[0].bytes == bytes, "{width} {clear_after}");
    }
}

#[test]
fn compress_may_use_a_code_before_it_is_known() {
    for length in 1..40 {
        assert_eq!(show(&make::lzw(&vec![b'a'; length])).bodies(), [vec![b'a'; length]]);
    }
}

/// What the program `compress` makes of `a rose is a rose is a rose` and a line feed.
const ROSE: &[u8] = &[
    0x1f, 0x9d, 0x90, 0x61, 0x40, 0xc8, 0x79, 0x33, 0xa7, 0x0c, 0x88, 0x34, 0x73, 0x40, 0x04, 0x1c, 0x58,
    0xf0, 0x60, 0xc2, 0x85, 0x04, 0xcb, 0x28, 0x00,
];

#[test]
fn compress_reads_what_compress_wrote() {
    assert_eq!(show(ROSE).bodies(), [b"a rose is a rose is a rose\n"]);
    assert_eq!(make::lzw(b"a rose is a rose is a rose\n"), ROSE);
}

#[test]
fn a_wrong_checksum_casts_doubt_and_withholds_nothing() {
    let (a, b) = (text(8, 2_000), text(9, 3_000));
    let mut two = [make::gzip(&a), make::gzip(&b)].concat();
    let crc = two.len() - 8;
    two[crc] ^= 1;
    let shown = show(&two);
    let bytes = [a.clone(), b].concat();
    assert_eq!(shown.bodies(), [&bytes[..]]);
    assert!(shown.entries[0].is_cut && shown.entries[0].is_doubtful);
    assert_eq!(shown.damages.len(), 1);
    let damage = &shown.damages[0];
    assert_eq!((damage.reason, damage.number, damage.offset), (Reason::DamagedArchive, 0, 5_000));
    let cut = make::gzip(&a);
    assert!(!show(&cut[..cut.len() - 9]).entries[0].is_doubtful);
}

#[test]
fn zstd_gives_out_no_block_behind_which_the_checksum_is_wrong() {
    let mut packed = make::zstd(&text(8, 2_000));
    *packed.last_mut().unwrap() ^= 1;
    let shown = show(&packed);
    assert_eq!((shown.entries.len(), shown.damages.len()), (0, 1));
    assert_eq!((shown.damages[0].reason, shown.damages[0].offset), (Reason::DamagedArchive, 0));
}

#[test]
fn foreign_archives_are_refused_by_name() {
    let shown = show(b"7z\xbc\xaf\x27\x1c\x00\x04 and so on");
    assert_eq!(shown.entries, []);
    assert_eq!(shown.damages[0].reason, Reason::UnsupportedMember);
    assert!(shown.damages[0].message.contains("7z"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..2_000), pack in 0..PACKS.len()) {
        let (_, pack) = PACKS[pack];
        // The innermost layer is not looked into if it is plain.
        let bytes = [&b"x"[..], &bytes].concat();
        let shown = show(&pack(&bytes));
        prop_assert_eq!(shown.bodies(), [&bytes[..]]);
        prop_assert_eq!(shown.damages, []);
    }

    #[test]
    fn any_bytes_after_a_magic_end(tail in prop::collection::vec(any::<u8>(), 0..600), magic in 0_usize..7) {
        let magics: [&[u8]; 7] = [
            b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"\x1f\x9d\x90", b"PK\x03\x04", b"PK\x05\x06",
        ];
        show(&[magics[magic], &tail].concat());
    }
}
