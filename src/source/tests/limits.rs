//! Archives that are too deep or expand too far.

use super::make;
use super::{Shown, limits, noise, show, show_within, text};
use crate::reject::Reason;
use crate::source::Limits;

fn reasons(shown: &Shown) -> Vec<Reason> {
    shown.damages.iter().map(|damage| damage.reason).collect()
}

#[test]
fn depth_counts_compressions_and_archives() {
    let bytes = text(1, 500);
    let mut file = bytes.clone();
    for _ in 0..8 {
        file = make::gzip(&file);
    }
    assert_eq!(show(&file).bodies(), [&bytes[..]]);
    let shown = show(&make::gzip(&file));
    assert_eq!((shown.entries.len(), reasons(&shown)), (0, vec![Reason::NestedTooDeep]));

    let shallow = Limits { max_depth: 2, ..limits() };
    let archive = make::gzip(&make::tar(&[("a", b"a"), ("b.gz", &make::gzip(b"b")), ("c", b"c")]));
    let shown = show_within(&archive, &shallow);
    assert_eq!(shown.members(), ["a", "c"]);
    assert_eq!(reasons(&shown), [Reason::NestedTooDeep]);
    assert_eq!((shown.damages[0].member.as_deref(), shown.damages[0].number), (Some("b.gz"), 1));

    let flat = Limits { max_depth: 0, ..limits() };
    for archive in [archive, make::zip(&[("a", b"a")])] {
        assert_eq!(reasons(&show_within(&archive, &flat)), [Reason::NestedTooDeep]);
    }
}

fn strict() -> Limits {
    Limits { max_expansion: 20, free_expansion: 100_000, ..limits() }
}

#[test]
fn a_bomb_alone_is_cut() {
    let zeros = vec![b' '; 1_000_000];
    let zip: make::Pack = ("zip", |bytes| make::zip(&[("z", bytes)]));
    for (name, pack) in make::PACKS.into_iter().chain([zip]) {
        let shown = show_within(&pack(&zeros), &strict());
        assert_eq!(reasons(&shown), [Reason::ExpansionTooLarge], "{name}");
        assert!(shown.entries.iter().all(|entry| entry.is_cut && entry.bytes.len() < 400_000), "{name}");
        assert!(show(&pack(&zeros)).bodies() == [&zeros[..]], "{name}");
    }
}

#[test]
fn a_bomb_among_others_costs_itself_alone() {
    let bomb = make::gzip(&vec![b' '; 1_000_000]);
    let noise = noise(200_000);
    let archive = make::tar(&[("a", &noise), ("bomb.gz", &bomb), ("c", b"c")]);
    let shown = show_within(&make::zstd(&archive), &strict());
    assert_eq!(reasons(&shown), [Reason::ExpansionTooLarge]);
    assert_eq!(shown.damages[0].member.as_deref(), Some("bomb.gz"));
    assert_eq!(shown.members().last(), Some(&"c"));
}

#[test]
fn many_bombs_in_one_another_stop_early() {
    let mut file = make::zip(&[("0", &vec![b' '; 300_000]), ("1", b"x")]);
    for _ in 0..3 {
        let copies: Vec<(String, &[u8])> = (0..10).map(|i| (format!("{i}.zip"), &file[..])).collect();
        let members: Vec<(&str, &[u8])> =
            copies.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        file = make::zip(&members);
    }
    let shown = show_within(&file, &strict());
    assert!(shown.damages.iter().all(|damage| damage.reason == Reason::ExpansionTooLarge));
    assert!(shown.damages.len() < 4, "{}", shown.damages.len());
    let read: usize = shown.entries.iter().map(|entry| entry.bytes.len()).sum();
    assert!(read < 2_000_000, "{read}");
}

#[test]
fn a_sparse_member_may_not_grow_without_end() {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_path("sparse").unwrap();
    header.set_size(0);
    header.set_mode(0o644);
    header.as_gnu_mut().unwrap().set_real_size(1 << 50);
    header.set_cksum();
    let mut archive = header.as_bytes().to_vec();
    archive.extend_from_slice(&[0; 1_024]);
    let shown = show_within(&archive, &strict());
    assert_eq!(reasons(&shown), [Reason::ExpansionTooLarge]);
}

#[test]
fn large_windows_are_refused() {
    let limits = Limits { max_window: 1 << 16, ..limits() };
    let bytes = text(1, 200_000);
    for packed in [make::xz(&bytes), make::zstd(&bytes)] {
        let shown = show_within(&packed, &limits);
        assert_eq!((shown.entries.len(), reasons(&shown)), (0, vec![Reason::WindowTooLarge]));
    }
}
