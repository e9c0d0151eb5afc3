//! Archives in archives.

use super::make::{self, ARCHIVES, PACKS};
use super::{INLINE, noise, show, text};

#[test]
fn every_compression_goes_into_and_around_every_archive() {
    let bytes = text(1, 4_000);
    for (kind, archive) in ARCHIVES {
        for (inner_name, inner) in PACKS {
            let packed = inner(&bytes);
            let archived = archive(&[("plain", &bytes), ("packed", &packed), ("last", b"last")]);
            for (outer_name, outer) in PACKS {
                let shown = show(&outer(&archived));
                assert_eq!(shown.damages, [], "{inner_name} in {kind} in {outer_name}");
                assert_eq!(shown.members(), ["plain", "packed", "last"]);
                assert_eq!(shown.bodies(), [&bytes[..], &bytes, b"last"]);
            }
        }
    }
}

#[test]
fn members_are_named_from_the_outermost_in() {
    let day = make::gzip(&make::tar(&[("1.nc", b"one"), ("2.nc.gz", &make::gzip(b"two"))]));
    let year = make::zip(&[("readme", b"text"), ("20250108.nc.tar.gz", &day)]);
    let shown = show(&make::tar(&[("2025.zip", &year), ("2026", b"none")]));
    assert_eq!(shown.damages, []);
    assert_eq!(
        shown.members(),
        [
            "2025.zip!readme",
            "2025.zip!20250108.nc.tar.gz!1.nc",
            "2025.zip!20250108.nc.tar.gz!2.nc.gz",
            "2026"
        ]
    );
    assert_eq!(shown.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(shown.bodies(), [&b"text"[..], b"one", b"two", b"none"]);
}

#[test]
fn an_archive_may_be_compressed_twice() {
    let archive = make::tar(&[("a", b"a")]);
    assert_eq!(show(&make::xz(&make::gzip(&make::bzip2(&archive)))).members(), ["a"]);
}

#[test]
fn a_zip_too_large_for_memory_goes_through_a_file() {
    let noise = noise(INLINE + 90_000);
    let zip = make::zip(&[("noise", &noise), ("a", b"a")]);
    assert!(zip.len() > INLINE);
    let shown = show(&make::tar(&[("b.zip", &zip), ("last", b"last")]));
    assert_eq!(shown.damages, []);
    assert_eq!(shown.members(), ["b.zip!noise", "b.zip!a", "last"]);
    assert!(shown.bodies() == [&noise[..], b"a", b"last"]);
}

#[test]
fn damage_inside_does_not_reach_the_outside() {
    let mut packed = make::gzip(&text(2, 5_000));
    let middle = packed.len() / 2;
    packed.truncate(middle);
    for archive in [
        make::tar(&[("a", b"a"), ("cut.gz", &packed), ("c", b"c")]),
        make::zip(&[("a", b"a"), ("cut.gz", &packed), ("c", b"c")]),
    ] {
        let shown = show(&make::zstd(&archive));
        assert_eq!(shown.members(), ["a", "cut.gz", "c"]);
        assert!(shown.entries[1].is_cut);
        assert_eq!(shown.damages.len(), 1);
        let damage = &shown.damages[0];
        assert_eq!((damage.member.as_deref(), damage.number), (Some("cut.gz"), 1));
        assert_eq!(damage.offset, shown.entries[1].bytes.len() as u64);
    }
}
