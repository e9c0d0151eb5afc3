//! Publishing to a store in memory.

use super::*;
use crate::sink::Layout;
use crate::sink::journal::Records;
use crate::sink::listing::ListedFile;
use std::ops::ControlFlow;

/// A run that has staged files, and the store that they go to.
struct Run {
    remote: Remote,
    folder: tempfile::TempDir,
}

/// Files of two tables by the number of their part, and what they hold.
const FILES_OF: [(Table, &str); 2] = [(Table::Filings, "filings"), (Table::Footnotes, "footnotes")];

impl Run {
    fn new(url: &str) -> Self {
        let address = Address::of(Path::new(url)).unwrap().unwrap();
        let store = Stores::in_memory(address.store()).open(&address).unwrap();
        Self { remote: Remote { store, address }, folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, path: &str) -> PathBuf {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    /// Puts an object that no run has made.
    fn put(&self, key: &str, text: &str) {
        let file = self.path("object");
        fs::write(&file, text).unwrap();
        self.remote.put(file, key.to_owned()).unwrap();
    }

    /// Stages files with this text, and the listing of all parts up to that.
    fn stage(&self, part: u32, text: &str) {
        let _ = fs::remove_dir_all(self.path("staged"));
        let mut files = Vec::new();
        for (table, name) in FILES_OF {
            fs::write(self.path(&format!("staged/{name}/part-{part}.parquet")), text).unwrap();
            let file = |part| ListedFile {
                table,
                partition: Layout::None.unknown(),
                part,
                rows: 1,
                bytes: text.len() as u64,
                crc32: 0,
            };
            files.extend((0..=part).map(file));
        }
        Listing::new(Layout::None, files).write(&Disk::default(), self.folder.path()).unwrap();
    }

    fn publish(&self, how: How, is_cleared: bool, sent: &BTreeMap<String, String>) -> Result<Vec<String>> {
        let path = self.path("journal");
        let _ = fs::remove_file(&path);
        let mut journal = Journal::create(&Disk::default(), &path).unwrap();
        self.remote.publish(Publishing {
            how,
            is_cleared,
            staged: (self.path("staged"), self.path("rejects")),
            run: self.folder.path().to_owned(),
            own: self.path("own"),
            sent,
            journal: &mut journal,
            watch: &|_| ControlFlow::Continue(()),
        })?;
        let records = Records::open(&path).unwrap().map(Result::unwrap);
        Ok(records.filter_map(|record| Some(record["sent"].as_str()?.to_owned())).collect())
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<_> =
            self.remote.store.list("").unwrap().map(|object| object.unwrap().key).collect();
        keys.sort();
        keys
    }

    fn text(&self, key: &str) -> String {
        String::from_utf8(self.remote.store.get(key).unwrap().unwrap()).unwrap()
    }
}

const WHOLE: [&str; 4] = [
    "out/_section16/dataset.json",
    "out/_section16/files.jsonl",
    "out/filings/part-0.parquet",
    "out/footnotes/part-0.parquet",
];

#[test]
fn what_lies_below_the_url_is_told_apart() {
    let run = Run::new("s3://bucket/out");
    let holds = || run.remote.holds().unwrap();
    assert!(holds().is_empty && !holds().is_ours);
    run.put("outer/filings/part-0.parquet", "");
    assert!(holds().is_empty, "another prefix that begins alike");
    run.put("out/_section16/uploading", "");
    assert!(holds().is_empty && holds().is_ours && !holds().is_whole);
    run.put("out/_section16/dataset.json", "{}");
    run.put("out/filings/part-0.parquet", "");
    assert!(!holds().is_empty && holds().is_ours && holds().is_whole);
    let other = Run::new("s3://bucket");
    other.put("notes.txt", "");
    assert!(!other.remote.holds().unwrap().is_empty && !other.remote.holds().unwrap().is_ours);
}

#[test]
fn a_data_set_makes_room_for_the_next_one_and_nothing_else_does() {
    let run = Run::new("s3://bucket/out");
    run.stage(0, "first");
    assert_eq!(run.publish(How::Replace, false, &BTreeMap::new()).unwrap().len(), 2);
    assert_eq!(run.keys(), WHOLE);
    for key in
        ["out/filings/part-1.parquet", "out/filings/year=2024/part-0.parquet", "out/_section16/rejects/a/b"]
    {
        run.put(key, "old");
    }
    let foreign = ["out/filings/notes.txt", "out/filings/x/part-0.parquet", "outer/filings/part-0.parquet"];
    foreign.into_iter().for_each(|key| run.put(key, "foreign"));
    run.stage(0, "second");
    fs::write(run.path("rejects/no-document/1"), "bytes").unwrap();
    run.publish(How::Replace, false, &BTreeMap::new()).unwrap();
    let mut expected = [&WHOLE[..], &foreign, &["out/_section16/rejects/no-document/1"]].concat();
    expected.sort_unstable();
    assert_eq!(run.keys(), expected);
    assert_eq!(run.text(WHOLE[2]), "second");
}

#[test]
fn what_the_store_has_taken_is_not_sent_again() {
    let run = Run::new("s3://bucket/out");
    run.stage(0, "text");
    run.publish(How::Replace, false, &BTreeMap::new()).unwrap();
    let version = |key: &str| plain(&run.remote.store.find(key).unwrap().unwrap().version).to_owned();
    let sent: BTreeMap<_, _> = WHOLE[2..].iter().map(|key| ((*key).to_owned(), version(key))).collect();
    assert!(run.publish(How::Replace, true, &sent).unwrap().is_empty());
    // Somebody has replaced one of them since.
    run.put(WHOLE[3], "something else");
    assert_eq!(run.publish(How::Replace, true, &sent).unwrap(), WHOLE[3..]);
    assert_eq!(run.text(WHOLE[3]), "text");
}

#[test]
fn a_data_set_grows_unless_another_run_has_changed_it() {
    let run = Run::new("s3://bucket/out");
    run.stage(0, "old");
    run.publish(How::Replace, false, &BTreeMap::new()).unwrap();
    fs::copy(run.path(ABOUT), run.path("own/dataset.json")).unwrap();
    run.stage(1, "new");
    let sent = run.publish(How::Add, false, &BTreeMap::new()).unwrap();
    assert_eq!(sent, ["out/footnotes/part-1.parquet", "out/filings/part-1.parquet"]);
    assert_eq!((run.text("out/filings/part-0.parquet"), run.keys().len()), ("old".to_owned(), 6));
    // The run that has done this may do it again; one that began before may not.
    assert!(run.publish(How::Add, false, &BTreeMap::new()).is_ok());
    run.stage(2, "newer");
    let error = run.publish(How::Add, false, &BTreeMap::new()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Changed { .. }), "{error}");
}
