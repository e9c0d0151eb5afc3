//! tar archives.

use super::make;
use super::{INLINE, Shown, show, text};
use crate::reject::Reason;
use tar::{Builder, EntryType, Header};

fn header(kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header
}

#[test]
fn members_come_in_order_with_their_names() {
    let shown = show(&make::tar(&[("b.txt", b"two"), ("a/b/c.nc", b"one"), ("empty", b"")]));
    assert_eq!(shown.damages, []);
    assert_eq!(shown.members(), ["b.txt", "a/b/c.nc", "empty"]);
    assert_eq!(shown.bodies(), [&b"two"[..], b"one", b""]);
}

#[test]
fn large_members_stand_between_small_ones() {
    let large = text(1, INLINE + 12_345);
    let shown =
        show(&make::tar(&[("a", b"a"), ("large", &large), ("b", b"b"), ("last", &large[..INLINE - 1])]));
    assert_eq!(shown.damages, []);
    assert!(shown.bodies() == [b"a", &large[..], b"b", &large[..INLINE - 1]]);
}

#[test]
fn links_folders_and_devices_are_passed_over() {
    let mut builder = Builder::new(Vec::new());
    for kind in [EntryType::Directory, EntryType::Fifo, EntryType::Char, EntryType::Block] {
        builder.append_data(&mut header(kind, 0), "special", &b""[..]).unwrap();
    }
    // Some programs record the size of what a link leads to.
    let mut link = header(EntryType::Link, 700);
    link.set_path("link").unwrap();
    link.set_link_name("a.txt").unwrap();
    link.set_cksum();
    builder.append(&link, &b""[..]).unwrap();
    builder.append_link(&mut header(EntryType::Symlink, 0), "symlink", "/etc/passwd").unwrap();
    builder.append_data(&mut header(EntryType::Regular, 1), "a.txt", &b"a"[..]).unwrap();
    let shown = show(&builder.into_inner().unwrap());
    assert_eq!((shown.members(), shown.damages.len()), (vec!["a.txt"], 0));
}

#[test]
fn names_may_be_long_strange_or_hostile() {
    let long = format!("{}/x.txt", "long".repeat(90));
    for name in [long.as_str(), "../../etc/passwd", "/etc/passwd", "a!b", "with\nline feed", "Ünïcode"] {
        let mut archive = Builder::new(Vec::new());
        let mut header = header(EntryType::Regular, 1);
        let field = name.as_bytes();
        if field.len() <= 100 {
            header.as_old_mut().name[..field.len()].copy_from_slice(field);
            header.set_cksum();
            archive.append(&header, &b"x"[..]).unwrap();
        } else {
            archive.append_data(&mut header, name, &b"x"[..]).unwrap();
        }
        assert_eq!(show(&archive.into_inner().unwrap()).members(), [name]);
    }
}

#[test]
fn pax_headers_give_name_and_size() {
    let mut builder = Builder::new(Vec::new());
    let name = "pax/".repeat(80) + "x.txt";
    builder.append_pax_extensions([("path", name.as_bytes()), ("size", b"5"), ("comment", b"a\nb")]).unwrap();
    let mut wrong = header(EntryType::Regular, 5);
    wrong.set_path("short").unwrap();
    wrong.set_size(0);
    wrong.set_cksum();
    builder.append(&wrong, &b"12345"[..]).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 1), "next", &b"x"[..]).unwrap();
    let shown = show(&builder.into_inner().unwrap());
    assert_eq!(shown.damages, []);
    assert_eq!(shown.members(), [&name, "next"]);
    assert_eq!(shown.bodies(), [&b"12345"[..], b"x"]);
}

#[test]
fn old_archives_have_no_magic() {
    let mut header = Header::new_old();
    header.set_path("old.txt").unwrap();
    header.set_size(3);
    header.set_mode(0o644);
    header.set_cksum();
    let mut builder = Builder::new(Vec::new());
    builder.append(&header, &b"old"[..]).unwrap();
    let mut archive = builder.into_inner().unwrap();
    assert_eq!(show(&archive).bodies(), [b"old"]);

    // Signed bytes in the checksum.
    archive[0] = 0xe9;
    let old = header.cksum().unwrap();
    let sum = i64::from(old) - i64::from(b'o') + i64::from(0xe9_u8.cast_signed());
    archive[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    assert_eq!(show(&archive).members(), ["\\xE9ld.txt"]);
}

#[test]
fn sparse_members_come_with_their_holes() {
    let mut sparse = header(EntryType::GNUSparse, 512 + 100);
    sparse.set_path("sparse").unwrap();
    {
        let gnu = sparse.as_gnu_mut().unwrap();
        gnu.sparse[0].set_offset(1_024);
        gnu.sparse[0].set_length(512);
        gnu.sparse[1].set_offset(4_096);
        gnu.sparse[1].set_length(100);
        gnu.set_real_size(5_000);
    }
    sparse.set_cksum();
    let data = text(2, 612);
    let mut builder = Builder::new(Vec::new());
    builder.append(&sparse, &data[..]).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 1), "next", &b"x"[..]).unwrap();
    let archive = builder.into_inner().unwrap();
    let mut expected = vec![0; 5_000];
    expected[1_024..1_536].copy_from_slice(&data[..512]);
    expected[4_096..4_196].copy_from_slice(&data[512..]);
    assert_eq!(show(&archive).damages, []);
    assert_eq!(show(&archive).bodies(), [&expected[..], b"x"]);

    // Pieces out of order.
    sparse.as_gnu_mut().unwrap().sparse[1].set_offset(1_000);
    sparse.set_cksum();
    let shown = show(&[sparse.as_bytes(), &archive[512..]].concat());
    assert_eq!((shown.members(), shown.damages.len()), (vec!["next"], 1));
    assert_eq!(shown.damages[0].member.as_deref(), Some("sparse"));
}

#[test]
fn pax_sparse_members_are_refused() {
    let mut builder = Builder::new(Vec::new());
    builder.append_pax_extensions([("GNU.sparse.major", &b"1"[..]), ("GNU.sparse.name", b"x")]).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 3), "x", &b"map"[..]).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 1), "next", &b"x"[..]).unwrap();
    let shown = show(&builder.into_inner().unwrap());
    assert_eq!(shown.members(), ["next"]);
    assert_eq!((shown.damages.len(), shown.damages[0].reason), (1, Reason::UnsupportedMember));
}

#[test]
fn archives_stand_one_after_another() {
    let shown = show(&[make::tar(&[("a", b"a")]), make::tar(&[("b", b"b")])].concat());
    assert_eq!((shown.members(), shown.damages.len()), (vec!["a", "b"], 0));
}

#[test]
fn what_stands_behind_the_end_mark_is_reported() {
    let archive = make::tar(&[("a", b"a")]);
    assert_eq!(show(&[&archive[..], &[0; 20_000]].concat()).damages, []);
    for junk in [&b"a third submission"[..], &text(1, 2_000), &[7; 512]] {
        let shown = show(&[&archive[..], junk].concat());
        assert_eq!((shown.members(), shown.damages.len()), (vec!["a"], 1));
        let damage = &shown.damages[0];
        assert_eq!((damage.reason, damage.offset), (Reason::DamagedArchive, archive.len() as u64));
        assert!(damage.message.contains("behind the end"));
        let shown = show(&[&archive[..], &[7; 512], &archive].concat());
        assert_eq!((shown.members(), shown.damages.len()), (vec!["a", "a"], 1));
    }
}

#[test]
fn a_damaged_header_costs_one_member() {
    let mut archive = make::tar(&[("a", b"a"), ("b", &text(1, 2_000)), ("c", b"c")]);
    archive[1_024 + 30] ^= 1;
    let Shown { entries, damages } = show(&archive);
    assert_eq!(entries.iter().map(|e| e.member.as_deref().unwrap()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(damages.len(), 1);
    assert_eq!((damages[0].number, damages[0].offset, &damages[0].member), (1, 1_024, &None));
}

#[test]
fn an_archive_without_end_may_lack_members() {
    let archive = make::tar(&[("a", b"a")]);
    let shown = show(&archive[..1_024]);
    assert_eq!((shown.members(), shown.damages.len()), (vec!["a"], 1));
    assert_eq!(shown.damages[0].reason, Reason::DamagedArchive);
    assert_eq!(show(&archive[..1_536]).damages, []);
}

#[test]
fn a_name_without_end_takes_no_memory() {
    let mut name = header(EntryType::GNULongName, 1 << 33);
    name.set_path("././@LongLink").unwrap();
    name.set_cksum();
    let archive = [&name.as_bytes()[..], &[b'x'; 5_000]].concat();
    let shown = show(&archive);
    assert_eq!(shown.entries, []);
    assert_eq!(shown.damages.len(), 2);
    assert!(shown.damages[0].message.contains("too large"));
}

#[test]
fn zeros_alone_are_an_entry() {
    for length in [1, 512, 10_240] {
        assert_eq!(show(&vec![0; length]).bodies(), [vec![0; length]]);
    }
}
