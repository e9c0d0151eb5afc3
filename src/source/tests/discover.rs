//! Finding files.

use crate::error::ErrorKind;
use crate::reject::Reason;
use crate::source::{Discover, Found, PathList};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    folder
}

fn names(root: &Path, found: impl Iterator<Item = Found>) -> Vec<String> {
    found.map(|found| found.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect()
}

fn find(root: &Path) -> Discover {
    Discover::new([root.to_owned()]).unwrap()
}

#[test]
fn all_files_come_sorted_by_bytes() {
    let folder = folder(&["b/1", "a.txt", "a/2", "a/.hidden", ".x/y", "Z", "a-b/1"]);
    assert_eq!(
        names(folder.path(), find(folder.path())),
        [".x/y", "Z", "a-b/1", "a.txt", "a/.hidden", "a/2", "b/1"]
    );
}

#[test]
fn files_are_inputs_too_and_sizes_may_be_asked_for() {
    let folder = folder(&["one", "dir/three"]);
    let inputs = [folder.path().join("one"), folder.path().join("dir")];
    let found: Vec<_> = Discover::new(inputs.clone()).unwrap().with_sizes().collect();
    assert_eq!(
        found,
        [
            Found::File { path: inputs[1].join("three"), size: Some(9), version: None },
            Found::File { path: inputs[0].clone(), size: Some(3), version: None },
        ]
    );
    let found: Vec<_> = Discover::new(inputs).unwrap().collect();
    assert!(found.iter().all(|found| matches!(found, Found::File { size: None, .. })));
}

#[test]
fn a_missing_input_is_an_error_at_once() {
    let folder = folder(&["one"]);
    let missing = folder.path().join("missing");
    let error = Discover::new([folder.path().to_owned(), missing.clone()]).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::Input { path, .. } if *path == missing));
}

#[test]
fn a_missing_path_of_a_list_is_lost_alone() {
    let folder = folder(&["one", "dir/two"]);
    let list: Vec<u8> = ["one", "missing", "dir"]
        .iter()
        .flat_map(|name| [folder.path().join(name).to_str().unwrap().as_bytes(), b"\n"].concat())
        .collect();
    let list = PathList::new(std::io::Cursor::new(list)).unwrap();
    let found: Vec<_> = Discover::new([]).unwrap().with_list("list", list).collect();
    let lost: Vec<_> = found.iter().filter(|found| matches!(found, Found::Lost { .. })).collect();
    assert_eq!(names(folder.path(), found.clone().into_iter()), ["dir/two", "missing", "one"]);
    assert_eq!(lost.len(), 1);
    assert!(matches!(lost[0], Found::Lost { path, reject }
        if path.ends_with("missing") && reject.reason == Reason::Unreadable));
}

#[test]
fn the_output_is_left_out_wherever_it_is() {
    let folder = folder(&["a", "out/old", "deep/out/not the output"]);
    let expected = ["a", "deep/out/not the output"];
    assert_eq!(names(folder.path(), find(folder.path()).without(&folder.path().join("out"))), expected);
    let roundabout = folder.path().join("deep/../out/.");
    assert_eq!(names(folder.path(), find(folder.path()).without(&roundabout)), expected);

    // Made while the search goes on.
    let later = folder.path().join("later");
    let found = find(folder.path()).without(&later);
    fs::create_dir(&later).unwrap();
    fs::write(later.join("part-0"), "").unwrap();
    assert_eq!(names(folder.path(), found).len(), 3);

    assert_eq!(find(&folder.path().join("out")).without(&folder.path().join("out")).count(), 0);
    assert_eq!(find(&folder.path().join("deep/out")).without(&folder.path().join("deep")).count(), 0);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_harmless() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["dir/file", "elsewhere/real"]);
    symlink("..", folder.path().join("dir/up")).unwrap();
    symlink("file", folder.path().join("dir/alias")).unwrap();
    symlink("gone", folder.path().join("dir/broken")).unwrap();
    symlink("../elsewhere", folder.path().join("dir/other")).unwrap();
    let found: Vec<_> = find(folder.path()).collect();
    let expected = ["dir/alias", "dir/broken", "dir/file", "elsewhere/real"];
    assert_eq!(names(folder.path(), found.iter().cloned()), expected);
    assert!(matches!(&found[1], Found::Lost { reject, .. } if reject.reason == Reason::Unreadable));

    // A link to a folder around the input leads to all but the input.
    let found = find(&folder.path().join("dir"));
    assert_eq!(names(folder.path(), found), ["dir/alias", "dir/broken", "dir/file", "dir/other/real"]);

    let found = find(folder.path()).without(&folder.path().join("elsewhere"));
    assert_eq!(names(folder.path(), found), expected[..3]);

    fs::write(folder.path().join("outside"), "").unwrap();
    let found = find(&folder.path().join("dir"));
    assert_eq!(names(folder.path(), found).last().unwrap(), "dir/up/outside");
}

#[cfg(unix)]
#[test]
fn links_among_folders_lead_to_each_folder_once() {
    use std::os::unix::fs::symlink;
    let folders: Vec<String> = (0..7).map(|i| format!("web/{i}/file")).collect();
    let folder =
        folder(&[&["in/file"], &folders.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
    for (from, to) in (0..7).flat_map(|from| (0..7).map(move |to| (from, to))).filter(|(from, to)| from != to)
    {
        symlink(format!("../{to}"), folder.path().join(format!("web/{from}/to{to}"))).unwrap();
    }
    assert_eq!(names(folder.path(), find(&folder.path().join("web"))), folders);

    // From outside, the first link to a folder gives its files their paths.
    symlink("../web/3", folder.path().join("in/b")).unwrap();
    symlink("../web/3", folder.path().join("in/a")).unwrap();
    let found = names(folder.path(), find(&folder.path().join("in")));
    let expected = ["in/a/file", "in/a/to0/file", "in/a/to1/file", "in/a/to2/file"];
    assert_eq!(found[..4], expected);
    assert_eq!((found.len(), found.last().unwrap().as_str()), (8, "in/file"));

    // A folder around those that were read leads to the rest.
    symlink("..", folder.path().join("in/c")).unwrap();
    fs::write(folder.path().join("web/8"), "").unwrap();
    let found = names(folder.path(), find(&folder.path().join("in")));
    assert_eq!((found.len(), found[7].as_str()), (9, "in/c/web/8"));
}

#[cfg(unix)]
#[test]
fn what_is_named_in_the_output_is_left_out() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["a", "out/part-0", "out/deep/part-1", "dir/b"]);
    let path = |name: &str| folder.path().join(name);
    symlink("out/part-0", path("link")).unwrap();
    symlink("../out/part-0", path("dir/link")).unwrap();
    symlink("out/deep", path("elsewhere")).unwrap();
    let inputs = [
        "out/part-0",
        "a",
        "out/deep/part-1",
        "dir/../out/part-0",
        "link",
        "elsewhere/part-1",
        "elsewhere",
        "dir",
    ];
    let found = Discover::new(inputs.map(path)).unwrap();
    assert_eq!(names(folder.path(), found.without(&path("out"))), ["a", "dir/b"]);

    let list = format!("{}\n{}\n", path("out/part-0").display(), path("a").display());
    let list = PathList::new(std::io::Cursor::new(list)).unwrap();
    let found = Discover::new([]).unwrap().with_list("list", list).without(&path("out"));
    assert_eq!(names(folder.path(), found), ["a"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_lost_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&["a/1", "locked/2", "z/3"]);
    let locked = folder.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&locked).is_ok();
    let found: Vec<_> = find(folder.path()).collect();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root {
        assert_eq!(names(folder.path(), found.iter().cloned()), ["a/1", "locked", "z/3"]);
        assert!(matches!(&found[1], Found::Lost { .. }));
    }
}

#[test]
fn more_files_than_one_window_all_come_once() {
    let names: Vec<String> = (0..16_500).map(|i| format!("{i:05}")).collect();
    let list: Vec<u8> = names.iter().rev().flat_map(|name| format!("{name}\0").into_bytes()).collect();
    let list = PathList::new(std::io::Cursor::new(list)).unwrap();
    let found: Vec<PathBuf> =
        Discover::new([]).unwrap().with_list("list", list).map(|found| found.path().to_owned()).collect();
    assert_eq!(found.len(), names.len());
    assert!(found[..16_384].is_sorted() && found[16_384..].is_sorted());
    assert!(found[16_384] < found[0]);
}

#[test]
fn nothing_is_downloaded() {
    for url in ["https://www.sec.gov/Archives/edgar/Feed/", "http://x/y", "ftp://x/y"] {
        let error = Discover::new(["/".into(), url.into()]).err().unwrap();
        assert!(matches!(error.kind(), ErrorKind::Input { path, .. } if path == Path::new(url)), "{error}");
        assert!(error.to_string().contains("at most 10 requests a second"), "{error}");
        let list = PathList::new(url.as_bytes()).unwrap();
        let mut search = Discover::new([]).unwrap().with_list("list", list);
        assert_eq!(search.by_ref().count(), 0);
        let error = search.take_failure().unwrap();
        assert!(matches!(error.kind(), ErrorKind::Input { path, .. } if path == Path::new(url)), "{error}");
        assert!(error.to_string().contains("at most 10 requests a second"), "{error}");
    }
}
