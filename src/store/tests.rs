//! Readers and writers against stores in memory, in a folder, and one that fails.

use super::client::Store;
use super::{Address, Object, Stores, Transfer};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, GetResultPayload, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use std::fmt;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// So many bytes that differ from place to place.
fn bytes_of(length: usize) -> Vec<u8> {
    (0..length as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn store(objects: impl ObjectStore) -> Store {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    Store { objects: Arc::new(objects), runtime: Arc::new(runtime) }
}

/// Puts small objects.
fn put(store: &Store, objects: &[(&str, &[u8])]) {
    let folder = tempfile::tempdir().unwrap();
    let files = objects.iter().enumerate().map(|(n, (key, bytes))| {
        let file = folder.path().join(n.to_string());
        fs::write(&file, bytes).unwrap();
        Transfer { file, key: (*key).to_owned() }
    });
    let files: Vec<_> = files.collect();
    store.put_files(files.into_iter(), &|_, _| Ok(())).unwrap();
}

fn keys(listing: impl Iterator<Item = io::Result<Object>>) -> Vec<String> {
    let mut keys: Vec<_> = listing.map(|object| object.unwrap().key).collect();
    keys.sort();
    keys
}

#[test]
fn keys_are_taken_as_they_are() {
    let store = store(InMemory::new());
    put(&store, &[("in/a b%20c.txt", b"1"), ("in/d/é.txt", b"22"), ("inner/x", b"3")]);
    assert_eq!(keys(store.list("in").unwrap()), ["in/a b%20c.txt", "in/d/é.txt"]);
    assert_eq!(keys(store.list("").unwrap()).len(), 3);
    assert_eq!(store.find("in/d/é.txt").unwrap().unwrap().size, 2);
    assert_eq!(store.find("in/d").unwrap(), None);
    assert_eq!(store.get("inner/x").unwrap().unwrap(), b"3");
    assert_eq!(store.get("inner/y").unwrap(), None);
    let level = store.level("in").unwrap();
    assert_eq!((level.objects.len(), level.prefixes), (1, vec!["in/d".to_owned()]));
    store.delete(["in/d/é.txt".to_owned(), "nowhere".to_owned()].into_iter()).unwrap();
    assert_eq!(keys(store.list("in").unwrap()), ["in/a b%20c.txt"]);
    assert_eq!(store.find("a//b").unwrap_err().kind(), io::ErrorKind::InvalidInput);
}

#[test]
fn large_files_go_in_parts_and_come_back_the_same() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let sizes = [0, 1, 8 << 20, (8 << 20) + 1, 21 << 20];
    let transfers = |folder: &std::path::Path| {
        let transfer = |size| Transfer { file: folder.join(format!("x/{size}")), key: format!("out/{size}") };
        sizes.map(transfer)
    };
    fs::create_dir(here.path().join("x")).unwrap();
    for (size, transfer) in sizes.into_iter().zip(transfers(here.path())) {
        fs::write(transfer.file, bytes_of(size)).unwrap();
    }
    let store = store(Flaky::new(0));
    let done = Mutex::new(Vec::new());
    let note = |transfer: &Transfer, version: Option<String>| {
        done.lock().unwrap().push((transfer.key.clone(), version));
        Ok(())
    };
    store.put_files(transfers(here.path()).into_iter(), &note).unwrap();
    assert_eq!(done.lock().unwrap().len(), sizes.len());
    for (key, version) in done.into_inner().unwrap() {
        assert_eq!(store.find(&key).unwrap().unwrap().version, version.unwrap(), "{key}");
    }
    store.get_files(transfers(there.path()).into_iter()).unwrap();
    for (size, transfer) in sizes.into_iter().zip(transfers(there.path())) {
        assert!(fs::read(transfer.file).unwrap() == bytes_of(size), "{size}");
    }
}

#[test]
fn the_first_file_that_fails_ends_the_transfer() {
    let store = store(InMemory::new());
    let files = (0..100).map(|n| Transfer { file: "/nowhere/at/all".into(), key: n.to_string() });
    let error = store.put_files(files, &|_, _| panic!("nothing can be sent")).unwrap_err();
    assert!(error.to_string().starts_with("cannot upload /nowhere/at/all: "), "{error}");
    let files = [Transfer { file: tempfile::tempdir().unwrap().path().join("a"), key: "missing".into() }];
    assert!(store.get_files(files.into_iter()).is_err());
}

#[test]
fn a_stream_that_breaks_goes_on_where_it_was() {
    let bytes = bytes_of(9 << 20);
    let flaky = Flaky::new(3 << 20);
    let requests = flaky.requests.clone();
    let store = store(flaky);
    put(&store, &[("a", &bytes)]);
    let mut reader = store.read("a").unwrap();
    assert_eq!(reader.size(), bytes.len() as u64);
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == bytes);
    assert_eq!(requests.load(SeqCst), 3, "one, and twice from where it broke");
}

#[test]
fn a_store_that_gives_nothing_is_not_asked_for_ever() {
    let flaky = Flaky::new(usize::MAX);
    let requests = flaky.requests.clone();
    let store = store(flaky);
    put(&store, &[("a", b"abc")]);
    let error = store.read("a").unwrap().read_to_end(&mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("the line broke"), "{error}");
    assert_eq!(requests.load(SeqCst), 4);
}

#[test]
fn an_object_that_is_replaced_meanwhile_is_not_mixed() {
    let store = store(Flaky::new(1 << 20));
    put(&store, &[("a", &bytes_of(7 << 20))]);
    let mut reader = store.read("a").unwrap();
    let mut blocks = store.read("a").unwrap().into_blocks();
    put(&store, &[("a", &bytes_of(6 << 20))]);
    for error in
        [reader.read_to_end(&mut Vec::new()), blocks.read_to_end(&mut Vec::new())].map(io::Result::unwrap_err)
    {
        assert_eq!(error.kind(), io::ErrorKind::StaleNetworkFileHandle, "{error}");
    }
}

#[test]
fn blocks_give_what_a_file_gives() {
    let bytes = bytes_of(13 << 20);
    let flaky = Flaky::new(0);
    let requests = flaky.requests.clone();
    let store = store(flaky);
    put(&store, &[("a", &bytes)]);
    let mut blocks = store.read("a").unwrap().into_blocks();
    requests.store(0, SeqCst);
    for (at, length) in
        [(0, 10), ((4 << 20) - 5, 10), (13 << 20, 1), ((13 << 20) - 3, 9), (7, 4 << 20), (99, 1)]
    {
        let mut read = Vec::new();
        blocks.seek(SeekFrom::Start(at as u64)).unwrap();
        blocks.by_ref().take(length as u64).read_to_end(&mut read).unwrap();
        let expected = &bytes[at.min(bytes.len())..(at + length).min(bytes.len())];
        assert!(read == expected, "{at} {length}");
    }
    assert_eq!(requests.load(SeqCst), 5, "first and second, last, then the first two again");
    assert_eq!(blocks.seek(SeekFrom::End(-1)).unwrap(), (13 << 20) - 1);
    assert!(blocks.seek(SeekFrom::End(i64::MIN)).is_err());
}

#[test]
fn clients_are_made_for_every_scheme() {
    let open = |url: &str| {
        let address = Address::of(std::path::Path::new(url)).unwrap().unwrap();
        Stores::default().open(&address).map(|store| store.objects.to_string())
    };
    assert_eq!(open("s3://bucket/a").unwrap(), "AmazonS3(bucket)");
    assert_eq!(open("gs://bucket/a").unwrap(), "GoogleCloudStorage(bucket)");
    let azure = open("abfss://box@account.dfs.core.windows.net/a").unwrap();
    assert!(azure.contains("account") && azure.contains("box"), "{azure}");
    assert!(
        open("az://box/a").unwrap_err().to_string().contains("ccount"),
        "the account stands in the environment"
    );
}

#[test]
fn credentials_that_are_missing_are_named() {
    let source = "Error performing PUT http://169.254.169.254/latest/api/token".into();
    let error = super::client::to_io(object_store::Error::Generic { store: "S3", source });
    assert!(error.to_string().contains("the environment names no credentials"), "{error}");
    assert!(!super::client::to_io(broken()).to_string().contains("credentials"));
}

/// A store in memory that breaks each stream after some bytes, and lets a file that goes in parts be seen.
#[derive(Debug)]
struct Flaky {
    inner: InMemory,
    /// 0: never; [`usize::MAX`]: at once.
    breaks_after: usize,
    requests: Arc<AtomicUsize>,
}

impl Flaky {
    fn new(breaks_after: usize) -> Self {
        Self { inner: InMemory::new(), breaks_after, requests: Arc::default() }
    }
}

impl fmt::Display for Flaky {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Flaky")
    }
}

fn broken() -> object_store::Error {
    object_store::Error::Generic { store: "Flaky", source: "the line broke".into() }
}

type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

#[rustfmt::skip]
impl ObjectStore for Flaky {
    fn put_opts<'a, 'b, 'c>(&'a self, at: &'b Path, bytes: PutPayload, options: PutOptions) -> Boxed<'c, PutResult>
    where 'a: 'c, 'b: 'c {
        self.inner.put_opts(at, bytes, options)
    }

    fn put_multipart_opts<'a, 'b, 'c>(&'a self, at: &'b Path, options: PutMultipartOptions) -> Boxed<'c, Box<dyn MultipartUpload>>
    where 'a: 'c, 'b: 'c {
        self.inner.put_multipart_opts(at, options)
    }

    fn get_opts<'a, 'b, 'c>(&'a self, at: &'b Path, options: GetOptions) -> Boxed<'c, GetResult>
    where 'a: 'c, 'b: 'c {
        Box::pin(async move {
            let is_head = options.head;
            let mut got = self.inner.get_opts(at, options).await?;
            if is_head {
                return Ok(got);
            }
            self.requests.fetch_add(1, SeqCst);
            if self.breaks_after == 0 {
                return Ok(got);
            }
            let (meta, range) = (got.meta.clone(), got.range.clone());
            let bytes = got.bytes().await?;
            let mut pieces = Vec::new();
            if self.breaks_after < bytes.len() {
                pieces.push(Ok(bytes.slice(..self.breaks_after)));
            }
            match self.breaks_after {
                after if after >= bytes.len() && after != usize::MAX => pieces.push(Ok(bytes)),
                _ => pieces.push(Err(broken())),
            }
            let payload = GetResultPayload::Stream(futures_util::stream::iter(pieces).boxed());
            got = self.inner.get_opts(at, GetOptions::default()).await?;
            Ok(GetResult { payload, meta, range, attributes: got.attributes, extensions: got.extensions })
        })
    }

    fn delete_stream(&self, keys: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(keys)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    fn list_with_delimiter<'a, 'b, 'c>(&'a self, prefix: Option<&'b Path>) -> Boxed<'c, ListResult>
    where 'a: 'c, 'b: 'c {
        self.inner.list_with_delimiter(prefix)
    }

    fn copy_opts<'a, 'b, 'c, 'd>(&'a self, from: &'b Path, to: &'c Path, options: CopyOptions) -> Boxed<'d, ()>
    where 'a: 'd, 'b: 'd, 'c: 'd {
        self.inner.copy_opts(from, to, options)
    }
}
