//! Files on disk.

use super::make;
use super::{Shown, noise, text};
use crate::reject::Reason;
use crate::source::{Codec, Counters, Discover, Found, Kind, Limits, Reader};
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn show(path: &Path) -> (Shown, u64, u64) {
    let counters = Arc::new(Counters::default());
    let mut reader = Reader::new(Limits::default(), Arc::clone(&counters));
    let mut shown = Shown::default();
    let flow = reader.open(path).unwrap().visit(&mut shown);
    assert!(flow.is_continue());
    (shown, counters.read(), counters.shown())
}

#[test]
fn files_of_every_size_are_read_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for length in [0, 1, 131_071, 131_072, 131_073, 700_000] {
        let bytes = text(length as u32, length);
        fs::write(&path, &bytes).unwrap();
        let (shown, read, decoded) = show(&path);
        assert!(shown.bodies() == [&bytes[..]], "{length}");
        assert_eq!((shown.damages.len(), read, decoded), (0, length as u64, length as u64));

        let packed = make::gzip(&bytes);
        fs::write(&path, &packed).unwrap();
        let (shown, read, decoded) = show(&path);
        assert!(shown.bodies() == [&bytes[..]], "{length}");
        assert_eq!((shown.damages.len(), read, decoded), (0, packed.len() as u64, length as u64));
    }
}

#[test]
fn archives_larger_than_a_buffer_are_read_from_disk() {
    let noise = noise(900_000);
    let members: [(&str, &[u8]); 3] = [("a", b"a"), ("noise", &noise), ("c", b"c")];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for archive in [make::tar(&members), make::zip(&members), make::zstd(&make::tar(&members))] {
        fs::write(&path, &archive).unwrap();
        let (shown, ..) = show(&path);
        assert_eq!((shown.members(), shown.damages.len()), (vec!["a", "noise", "c"], 0));
        assert!(shown.bodies()[1] == noise);

        fs::write(&path, &archive[..archive.len() / 2]).unwrap();
        let (shown, ..) = show(&path);
        assert_eq!((shown.members(), shown.damages.len()), (vec!["a", "noise"], 1));
        assert!(shown.entries[1].is_cut && noise.starts_with(shown.bodies()[1]));
        assert_eq!(shown.damages[0].member.as_deref(), Some("noise"));
    }
}

#[test]
fn bytes_that_are_read_again_count_once() {
    let noise = noise(200_000);
    let members = make::zip(&[("a", &noise), ("b", &noise), ("c", &noise)]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    // Archives that lost their directory are read from the end, and then from the start.
    for archive in [&members[..], &members[..members.len() - 10]] {
        fs::write(&path, archive).unwrap();
        let (shown, read, _) = show(&path);
        assert_eq!((shown.entries.len(), read), (3, archive.len() as u64));
    }
}

#[test]
fn what_was_opened_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("misleading.zip");
    let mut reader = Reader::new(Limits::default(), Default::default());

    fs::write(&path, make::gzip(b"x")).unwrap();
    let opened = reader.open(&path).unwrap();
    assert_eq!((opened.kind(), opened.is_whole()), (Kind::Compressed(Codec::Gzip), true));
    assert_eq!(opened.size(), Some(make::gzip(b"x").len() as u64));

    fs::write(&path, make::tar(&[("a", &text(1, 500_000))])).unwrap();
    let opened = reader.open(&path).unwrap();
    assert_eq!((opened.kind(), opened.is_whole()), (Kind::Tar, false));
    assert_eq!(opened.size(), Some(fs::metadata(&path).unwrap().len()));
}

#[test]
fn work_can_go_to_other_threads() {
    fn can_go<T: Send>() {}
    can_go::<Reader>();
    can_go::<Discover>();
    can_go::<Found>();
}

#[test]
fn what_cannot_be_opened_is_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::new(Limits::default(), Default::default());
    for path in [folder.path().join("gone"), folder.path().to_owned()] {
        let damage = reader.open(&path).err().unwrap();
        assert_eq!((damage.reason, damage.number, damage.offset), (Reason::Unreadable, 0, 0));
    }
}

#[test]
fn a_reader_is_as_good_after_damage_as_before() {
    let bytes = text(1, 5_000);
    let mut reader = Reader::new(Limits::default(), Default::default());
    for (_, pack) in make::PACKS {
        let packed = pack(&bytes);
        for cut in [packed.len() / 3, packed.len() / 2, packed.len() - 1, packed.len()] {
            let mut shown = Shown::default();
            let _ = reader.bytes(&packed[..cut]).visit(&mut shown);
        }
        let mut shown = Shown::default();
        let _ = reader.bytes(&packed).visit(&mut shown);
        assert_eq!((shown.bodies(), shown.damages.len()), (vec![&bytes[..]], 0));
    }
}

/// Opens a file, changes its length, and reads it.
fn read_changed(change: impl FnOnce(&fs::File)) -> (Vec<u8>, Shown) {
    let bytes = text(1, 900_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, &bytes).unwrap();
    let mut reader = Reader::new(Limits::default(), Default::default());
    let opened = reader.open(&path).unwrap();
    change(&fs::File::options().append(true).open(&path).unwrap());
    let mut shown = Shown::default();
    assert!(opened.visit(&mut shown).is_continue());
    (bytes, shown)
}

#[test]
fn a_file_that_shrinks_is_told_and_what_was_there_is_kept() {
    let (bytes, shown) = read_changed(|file| file.set_len(500_000).unwrap());
    assert!(shown.bodies() == [&bytes[..500_000]]);
    assert!(shown.entries[0].is_cut);
    let [damage] = shown.damages.as_slice() else { panic!("{:?}", shown.damages) };
    assert_eq!((damage.reason, damage.number, damage.offset), (Reason::FileChanged, 0, 500_000));
    assert!(damage.message.contains("its last 400000 bytes are gone"), "{}", damage.message);
}

#[test]
fn a_file_that_grows_is_told_and_read_as_far_as_it_went_at_first() {
    let (bytes, shown) = read_changed(|mut file| std::io::Write::write_all(&mut file, b"more").unwrap());
    assert!(shown.bodies() == [&bytes[..]]);
    let [damage] = shown.damages.as_slice() else { panic!("{:?}", shown.damages) };
    assert_eq!((damage.reason, damage.number, damage.offset), (Reason::FileChanged, 0, 900_000));
    assert!(damage.message.contains("the file grew"), "{}", damage.message);
}

#[test]
fn a_reader_that_was_stopped_shows_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, make::tar(&[("a", &text(1, 300_000)), ("b", &text(2, 300_000))])).unwrap();
    let counters = Arc::new(Counters::default());
    let mut reader = Reader::new(Limits::default(), Arc::clone(&counters));
    let opened = reader.open(&path).unwrap();
    counters.stop();
    let mut shown = Shown::default();
    assert!(opened.visit(&mut shown).is_break());
    assert!(shown.entries.iter().all(|entry| entry.is_cut) && shown.damages.is_empty());
}
