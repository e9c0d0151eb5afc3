//! Inputs that lie in object stores.

use super::discover::Found;
use super::fault::Fault;
use super::limits::Counters;
use crate::reject::Reason;
use crate::store::{Address, Object, ObjectBlocks, ObjectReader, Store, Stores};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The objects that an URL names: the object of that key, or else all below it as a prefix.
pub(super) struct Objects {
    address: Address,
    store: Store,
    objects: Box<dyn Iterator<Item = io::Result<Object>> + Send>,
}

impl Objects {
    /// Looks for the first of them.
    ///
    /// # Errors
    /// [`NotFound`](io::ErrorKind::NotFound) where there is none, and what the store says.
    pub fn find(stores: &Stores, address: Address) -> io::Result<Self> {
        let store = stores.open(&address)?;
        let object = if address.is_prefix() { None } else { store.find(address.key())? };
        let objects: Box<dyn Iterator<Item = _> + Send> = match object {
            Some(object) => Box::new(std::iter::once(Ok(object))),
            None => {
                let mut listing = store.list(address.key())?;
                let first = listing.next().transpose()?.ok_or_else(|| nothing(&address))?;
                Box::new(std::iter::once(Ok(first)).chain(listing))
            }
        };
        Ok(Self { address, store, objects })
    }

    /// The next object, as a file.
    pub fn next(&mut self) -> Option<io::Result<Found>> {
        loop {
            let object = match self.objects.next()? {
                Ok(object) => object,
                Err(error) => return Some(Err(error)),
            };
            match self.is_folder(&object) {
                Ok(true) => {}
                Ok(false) => {
                    let (path, size) = (self.address.path_of(&object.key), Some(object.size));
                    return Some(Ok(Found::File { path, size, version: Some(object.version) }));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Whether it is an empty object whose key ends with a slash, which some tools make for a folder: it is listed without
    /// the slash, and there is no object of that key.
    fn is_folder(&self, object: &Object) -> io::Result<bool> {
        Ok(object.size == 0 && self.store.find(&object.key)?.is_none())
    }

    /// The URL.
    pub fn path(&self) -> PathBuf {
        self.address.to_string().into()
    }
}

fn nothing(address: &Address) -> io::Error {
    let message = format!("there is no object of this key, and none below {address}/");
    io::Error::new(io::ErrorKind::NotFound, message)
}

/// Whether an error says something of one object. All others say that the store cannot be used now: a run that went on would
/// leave out what it should have read.
pub(super) fn is_of_object(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, NotFound, PermissionDenied, StaleNetworkFileHandle, Unsupported};
    let kinds = [InvalidInput, NotFound, PermissionDenied, StaleNetworkFileHandle, Unsupported];
    kinds.contains(&error.kind())
}

/// A reader of an object that tells a run of stores that cannot be used.
pub(super) struct Remote<R> {
    inner: R,
    path: PathBuf,
    counters: Arc<Counters>,
}

impl Remote<ObjectReader> {
    pub fn open(path: &Path, address: &Address, counters: &Arc<Counters>) -> io::Result<Self> {
        let inner = counters.stores().open(address).and_then(|store| store.read(address.key()));
        let inner = inner.inspect_err(|error| counters.note_failure(path, error))?;
        Ok(Self { inner, path: path.to_owned(), counters: counters.clone() })
    }

    pub fn size(&self) -> u64 {
        self.inner.size()
    }

    /// The same object, to be read at any place.
    pub fn into_blocks(self) -> Remote<ObjectBlocks> {
        Remote { inner: self.inner.into_blocks(), path: self.path, counters: self.counters }
    }
}

impl<R: Read> Read for Remote<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into).map_err(|error| {
            self.counters.note_failure(&self.path, &error);
            let is_changed = error.kind() == io::ErrorKind::StaleNetworkFileHandle;
            let reason = if is_changed { Reason::FileChanged } else { Reason::Unreadable };
            Fault::new(reason, error.to_string()).into()
        })
    }
}

impl<R: Seek> Seek for Remote<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
#[cfg(feature = "cloud")]
mod tests {
    use super::*;
    use crate::store::Transfer;

    fn address(url: &str) -> Address {
        Address::of(Path::new(url)).unwrap().unwrap()
    }

    fn found(stores: &Stores, url: &str) -> io::Result<Vec<(String, Option<u64>)>> {
        let mut objects = Objects::find(stores, address(url))?;
        let found = std::iter::from_fn(|| objects.next()).map(|found| match found? {
            Found::File { path, size, version: Some(_) } => Ok((path.to_str().unwrap().to_owned(), size)),
            other => panic!("{other:?}"),
        });
        found.collect()
    }

    #[test]
    fn an_url_is_an_object_or_all_below_it() {
        let stores = Stores::in_memory("s3://bucket");
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        let put = |key: &&str| Transfer { file: file.path().to_owned(), key: (*key).to_owned() };
        let store = stores.open(&address("s3://bucket")).unwrap();
        store.put_files(["in/a.txt", "in/b/c.txt", "inner.txt"].iter().map(put), &|_, _| Ok(())).unwrap();

        let below = |keys: &[&str]| -> Vec<_> {
            keys.iter().map(|key| (format!("s3://bucket/{key}"), Some(3))).collect()
        };
        assert_eq!(found(&stores, "s3://bucket/in/a.txt").unwrap(), below(&["in/a.txt"]));
        assert_eq!(found(&stores, "s3://bucket/in").unwrap(), below(&["in/a.txt", "in/b/c.txt"]));
        assert_eq!(found(&stores, "s3://bucket/in/").unwrap(), below(&["in/a.txt", "in/b/c.txt"]));
        assert_eq!(found(&stores, "s3://bucket").unwrap().len(), 3);
        for nothing in ["s3://bucket/i", "s3://bucket/in/a.txt/"] {
            let error = found(&stores, nothing).unwrap_err();
            assert!(error.kind() == io::ErrorKind::NotFound && is_of_object(&error), "{nothing}: {error}");
        }
    }

    #[test]
    fn a_store_that_cannot_be_used_is_no_matter_of_one_object() {
        assert!(!is_of_object(&io::Error::other("connection refused")));
        assert!(!is_of_object(&io::ErrorKind::UnexpectedEof.into()));
        assert!(is_of_object(&io::ErrorKind::PermissionDenied.into()));
        let counters = Counters::default();
        counters.note_failure(Path::new("s3://bucket/a"), &io::ErrorKind::NotFound.into());
        assert!(counters.take_failure().is_none());
        counters.note_failure(Path::new("s3://bucket/a"), &io::Error::other("connection refused"));
        let failure = counters.take_failure().unwrap().to_string();
        assert_eq!(failure, "cannot read s3://bucket/a: connection refused");
    }
}
