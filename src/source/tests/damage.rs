//! Archives cut off anywhere, with bits turned over, or with the visitor leaving early.

use super::make::{self, PACKS};
use super::{INLINE, Shown, limits, noise, show, text};
use crate::reject::Reason;
use crate::source::{Body, Damage, Entry, Kind, Reader, Visit};
use proptest::prelude::*;
use std::ops::ControlFlow;
use std::ops::ControlFlow::{Break, Continue};

/// Cuts a file at each byte. What came before must be there, and the cut be reported once.
fn cut_everywhere(name: &str, file: &[u8], may_be_silent: impl Fn(usize) -> bool) {
    let whole = show(file);
    assert_eq!(whole.damages, [], "{name}");
    let mut most = 0;
    for cut in 0..file.len() {
        let part = &file[..cut];
        let shown = show(part);
        if Kind::of(part).is_plain() {
            assert_eq!((shown.bodies(), shown.damages.len()), (vec![part], 0), "{name} {cut}");
            continue;
        }
        match shown.damages.len() {
            0 => assert!(may_be_silent(cut), "{name} {cut} {shown:?}"),
            count => assert_eq!(count, 1, "{name} {cut} {:?}", shown.damages),
        }
        let good = shown.entries.iter().filter(|entry| !entry.is_cut).count();
        assert!(good >= most, "{name} {cut}: an entry was lost");
        most = if may_be_silent(cut) { most } else { good };
        for (entry, expected) in shown.entries.iter().zip(&whole.entries) {
            if entry.member != expected.member {
                // With too few bytes left to tell an archive, they are an entry themselves.
                assert!(
                    entry.bytes.len() < 512 && entry.number + 1 == shown.entries.len() as u64,
                    "{name} {cut}"
                );
                continue;
            }
            assert!(expected.bytes.starts_with(&entry.bytes), "{name} {cut}");
            assert!(entry.is_cut || entry.bytes == expected.bytes || may_be_silent(cut), "{name} {cut}");
        }
    }
    assert!(may_be_silent(0) || most + 1 >= whole.entries.len(), "{name}");
}

#[test]
fn compressed_files() {
    let bytes = text(1, 300);
    for (name, pack) in PACKS {
        cut_everywhere(name, &pack(&bytes), |_| name == "compress");
    }
    let members = [make::gzip(&bytes), make::gzip(&bytes)].concat();
    cut_everywhere("two members", &members, |cut| cut == members.len() / 2);
}

#[test]
fn tar_archives() {
    let members: [(&str, &[u8]); 3] = [("a", &text(1, 300)), ("b", b"b"), ("c", &text(2, 40))];
    let archive = make::tar(&members);
    let end = 6 * 512;
    cut_everywhere("tar", &archive, |cut| cut > end);
    for (name, pack) in PACKS {
        cut_everywhere(name, &pack(&archive), |_| name == "compress");
    }
}

#[test]
fn zip_archives() {
    let members: [(&str, &[u8]); 3] = [("a", &text(1, 300)), ("b", b"b"), ("c", &text(2, 40))];
    cut_everywhere("zip", &make::zip(&members), |_| false);
    cut_everywhere("streamed zip", &make::zip_streamed(&members), |_| false);
    cut_everywhere("zip in gzip", &make::gzip(&make::zip(&members)), |_| false);
    cut_everywhere("zip in tar", &make::tar(&[("z.zip", &make::zip(&members)), ("d", b"d")]), |cut| {
        cut > 2_048
    });
}

#[test]
fn nested_archives() {
    let inner = make::tar(&[("a.gz", &make::gzip(&text(1, 300))), ("b.zst", &make::zstd(&text(2, 300)))]);
    let outer = make::zip(&[("1.tar.xz", &make::xz(&inner)), ("2", b"two")]);
    cut_everywhere("nested", &make::bzip2(&outer), |_| false);
}

/// Shows a file of this name.
fn show_named(name: &str, bytes: &[u8]) -> Shown {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut shown = Shown::default();
    let flow = Reader::new(limits(), Default::default()).open(&path).unwrap().visit(&mut shown);
    assert_eq!(flow, Continue(()));
    shown
}

fn with_other_start(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes[0] ^= 1;
    bytes
}

#[test]
fn what_a_name_promises_and_the_content_is_not_is_damage() {
    let (small, large) = (text(1, 300), noise(INLINE * 8));
    for bytes in [&small, &large] {
        for (name, file) in [
            ("a.txt.gz", with_other_start(make::gzip(bytes))),
            ("a.BZ2", with_other_start(make::bzip2(bytes))),
            ("a.zip", with_other_start(make::zip(&[("a", bytes)]))),
            ("a.tgz", make::gzip(&with_other_start(make::gzip(bytes)))),
            ("a.nc.tar.gz", make::gzip(b"\0no tar")),
        ] {
            let Shown { entries, damages } = show_named(name, &file);
            let seen: Vec<_> = damages.iter().map(|d| (d.reason, d.number, d.member.as_deref())).collect();
            assert_eq!((entries.len(), seen), (0, vec![(Reason::DamagedArchive, 0, None)]), "{name}");
            assert!(damages[0].message.starts_with("the name promises an archive"), "{name}");
            let unnamed = show(&file);
            assert_eq!((unnamed.entries.len(), unnamed.damages.len()), (1, 0), "{name}");
        }
    }
    let broken = with_other_start(make::gzip(&small));
    let archive = make::tar(&[("a.txt", b"a"), ("b.gz", &broken), ("c.txt", b"c"), ("d.bin", &broken)]);
    let shown = show_named("a.tar", &archive);
    assert_eq!(shown.members(), ["a.txt", "c.txt", "d.bin"]);
    assert_eq!(shown.damages.len(), 1);
    assert_eq!((shown.damages[0].member.as_deref(), shown.damages[0].number), (Some("b.gz"), 1));
}

#[test]
fn what_is_text_or_was_unpacked_is_no_damage_whatever_its_name() {
    let binary: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0";
    for (name, file, body) in [
        ("a.txt.gz", text(1, 300), text(1, 300)),
        ("a.gz", Vec::new(), Vec::new()),
        ("a.png.gz", make::gzip(binary), binary.to_vec()),
        ("a.gz", make::tar(&[("a.png", binary)]), binary.to_vec()),
        ("a.png", binary.to_vec(), binary.to_vec()),
        ("a.tar", vec![0; 10_240], vec![0; 10_240]),
    ] {
        let Shown { entries, damages } = show_named(name, &file);
        assert_eq!(damages, [], "{name}");
        assert!(entries.iter().map(|entry| &entry.bytes).eq([&body]) || body.is_empty(), "{name}");
    }
}

#[test]
fn a_large_member_keeps_what_came_before_the_cut() {
    let large = text(3, INLINE + 100_000);
    let archive = make::tar(&[("a", b"a"), ("large", &large)]);
    for file in [archive[..INLINE + 50_000].to_vec(), {
        let packed = make::gzip(&archive);
        packed[..packed.len() - 2_000].to_vec()
    }] {
        let Shown { entries, damages } = show(&file);
        assert_eq!((entries.len(), damages.len()), (2, 1));
        assert!(entries[1].is_cut && entries[1].bytes.len() > INLINE);
        assert!(large.starts_with(&entries[1].bytes));
        let damage = &damages[0];
        assert_eq!((damage.reason, damage.member.as_deref()), (Reason::DamagedArchive, Some("large")));
        assert_eq!((damage.number, damage.offset), (1, entries[1].bytes.len() as u64));
    }
}

/// Reads the first byte of each entry, and ends after the entry of number `last`.
struct Hasty {
    last: u64,
    members: Vec<String>,
    damages: usize,
}

impl Visit for Hasty {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        if let Body::Stream(stream) = entry.body {
            assert_eq!(stream.read(&mut [0]).unwrap(), 1);
        }
        self.members.push(entry.member.unwrap_or_default().to_owned());
        if entry.number == self.last { Break(()) } else { Continue(()) }
    }

    fn damage(&mut self, _: Damage) -> ControlFlow<()> {
        self.damages += 1;
        Continue(())
    }
}

fn hasty(file: &[u8], last: u64) -> (ControlFlow<()>, Hasty) {
    let mut visitor = Hasty { last, members: Vec::new(), damages: 0 };
    let flow = Reader::new(limits(), Default::default()).bytes(file).visit(&mut visitor);
    (flow, visitor)
}

#[test]
fn bodies_need_not_be_read() {
    let large = text(4, INLINE + 10_000);
    let members: [(&str, &[u8]); 3] = [("a", b"a"), ("large", &large), ("c", b"c")];
    for archive in [make::tar(&members), make::zip(&members), make::gzip(&make::zip(&members))] {
        let (flow, visitor) = hasty(&archive, u64::MAX);
        assert_eq!((flow, visitor.damages), (Continue(()), 0));
        assert_eq!(visitor.members, ["a", "large", "c"]);
        let (flow, visitor) = hasty(&archive, 1);
        assert_eq!((flow, visitor.members.len()), (Break(()), 2));
    }
    let packed = make::gzip(&large);
    assert_eq!(hasty(&packed[..packed.len() - 9], u64::MAX).1.damages, 1);
}

fn nested() -> Vec<u8> {
    let tar = make::tar(&[("a", &text(1, 600)), ("b.gz", &make::gzip(&text(2, 600))), ("c", b"c")]);
    let zip = make::zip(&[
        ("t.tar.zst", &make::zstd(&tar)),
        ("t.tar.bz2", &make::bzip2(&tar)),
        ("t.Z", &make::lzw(&tar)),
    ]);
    make::tar(&[("z.zip", &zip), ("t.tar.xz", &make::xz(&tar)), ("t.tar", &tar)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn turned_bits_never_break_reading(flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u32..8), 1..6)) {
        let mut file = nested();
        for (at, bit) in flips {
            let at = at.index(file.len());
            file[at] ^= 1 << bit;
        }
        show(&file);
    }

    #[test]
    fn a_turned_bit_in_gzip_is_noticed(at in any::<prop::sample::Index>(), bit in 0_u32..8) {
        let bytes = text(1, 3_000);
        let mut file = make::gzip(&bytes);
        let at = 10 + at.index(file.len() - 10);
        file[at] ^= 1 << bit;
        let shown = show(&file);
        // A few bits mean nothing: those that fill the byte behind the head of a stored block or behind the last block.
        if shown.damages.is_empty() {
            prop_assert_eq!(shown.bodies(), [&bytes[..]]);
            return Ok(());
        }
        prop_assert_eq!(shown.damages.len(), 1);
        prop_assert!(shown.entries.iter().all(|entry| entry.is_cut));
    }

    #[test]
    fn any_blocks_after_a_tar_header_end(tail in prop::collection::vec(any::<u8>(), 0..3_000)) {
        let mut file = make::tar(&[("a", b"a")]);
        file.truncate(1_024);
        file.extend_from_slice(&tail);
        show(&file);
    }
}
