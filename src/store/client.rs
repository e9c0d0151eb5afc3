//! Clients of object stores, and what they do with single objects.

use super::{Address, Object, ObjectReader};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{ClientConfigKey, Error, ObjectMeta, ObjectStore, ObjectStoreExt, RetryConfig};
use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::{Builder, Runtime};

/// Threads that move bytes. What is read and written is waited for on the threads of who asks.
const THREADS: usize = 2;
/// How long a server may be silent. A whole answer may take any time: archives are large.
const SILENCE: &str = "120 seconds";
const ANY_TIME: &str = "30 days";

/// Where machines of a cloud ask for credentials; other machines ask in vain.
const METADATA: &str = "169.254.169.254";
const NO_KEYS: &str = "; the environment names no credentials (such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), and there \
    are none of the machine";

/// Clients of object stores, which are made when they are needed first.
#[derive(Default)]
pub(crate) struct Stores(Mutex<Made>);

#[derive(Default)]
struct Made {
    runtime: Option<Arc<Runtime>>,
    clients: BTreeMap<String, Arc<dyn ObjectStore>>,
}

/// One bucket or container. Clones are the same client.
#[derive(Clone)]
pub(crate) struct Store {
    pub(super) objects: Arc<dyn ObjectStore>,
    pub(super) runtime: Arc<Runtime>,
}

/// What lies in a store next to each other: objects, and the names of prefixes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Level {
    pub objects: Vec<Object>,
    /// Without slash at the end.
    pub prefixes: Vec<String>,
}

impl Stores {
    /// The client of the store that the address names; what it needs to know stands in the environment.
    pub fn open(&self, address: &Address) -> io::Result<Store> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = match &made.runtime {
            Some(runtime) => runtime.clone(),
            None => {
                let runtime = Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
                made.runtime.insert(Arc::new(runtime)).clone()
            }
        };
        let objects = match made.clients.get(address.store()) {
            Some(objects) => objects.clone(),
            None => {
                let objects = client(address.store()).map_err(to_io)?;
                made.clients.insert(address.store().to_owned(), objects.clone());
                objects
            }
        };
        Ok(Store { objects, runtime })
    }
}

#[cfg(test)]
impl Stores {
    /// Stores of which that of this name (`s3://bucket`) lies in memory.
    pub fn in_memory(name: &str) -> Self {
        let stores = Self::default();
        let objects = Arc::new(object_store::memory::InMemory::new());
        stores.0.lock().unwrap().clients.insert(name.to_owned(), objects);
        stores
    }
}

impl fmt::Debug for Stores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stores")
    }
}

/// Makes a client as the environment says: `AWS_...`, `GOOGLE_...`, `AZURE_...`, as [`object_store`] reads them.
fn client(store: &str) -> object_store::Result<Arc<dyn ObjectStore>> {
    let (scheme, bucket) = store.split_once("://").unwrap_or((store, ""));
    let retry = RetryConfig::default();
    Ok(match scheme {
        "s3" | "s3a" => {
            let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry);
            let set = |b: AmazonS3Builder, (key, value)| b.with_config(AmazonS3ConfigKey::Client(key), value);
            Arc::new(patience("AWS").fold(builder, set).build()?)
        }
        "gs" => {
            let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket).with_retry(retry);
            let set = |b: GoogleCloudStorageBuilder, (key, value)| {
                b.with_config(GoogleConfigKey::Client(key), value)
            };
            Arc::new(patience("GOOGLE").fold(builder, set).build()?)
        }
        _ => {
            let builder = MicrosoftAzureBuilder::from_env().with_url(format!("{store}/")).with_retry(retry);
            let set =
                |b: MicrosoftAzureBuilder, (key, value)| b.with_config(AzureConfigKey::Client(key), value);
            Arc::new(patience("AZURE").fold(builder, set).build()?)
        }
    })
}

/// How long a client waits, where the environment does not say it.
fn patience(provider: &str) -> impl Iterator<Item = (ClientConfigKey, &'static str)> {
    let is_unset = |name: &str| std::env::var_os(format!("{provider}_{name}")).is_none();
    let timeout = is_unset("TIMEOUT").then_some((ClientConfigKey::Timeout, ANY_TIME));
    let silence = is_unset("READ_TIMEOUT").then_some((ClientConfigKey::ReadTimeout, SILENCE));
    timeout.into_iter().chain(silence)
}

impl Store {
    /// The object of this key.
    pub fn find(&self, key: &str) -> io::Result<Option<Object>> {
        let key = path(key)?;
        match self.runtime.block_on(self.objects.head(&key)) {
            Ok(meta) => Ok(Some(meta.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(to_io(error)),
        }
    }

    /// All objects below a prefix, a page of the store at a time, in the order of the store.
    pub fn list(&self, prefix: &str) -> io::Result<Listing> {
        let objects = self.objects.list(prefix_path(prefix)?.as_ref());
        Ok(Listing { objects, store: self.clone() })
    }

    /// What lies right below a prefix.
    pub fn level(&self, prefix: &str) -> io::Result<Level> {
        let prefix = prefix_path(prefix)?;
        let found =
            self.runtime.block_on(self.objects.list_with_delimiter(prefix.as_ref())).map_err(to_io)?;
        Ok(Level {
            objects: found.objects.into_iter().map(Object::from).collect(),
            prefixes: found.common_prefixes.into_iter().map(String::from).collect(),
        })
    }

    /// Opens an object, to be read from its start.
    pub fn read(&self, key: &str) -> io::Result<ObjectReader> {
        ObjectReader::open(self.clone(), path(key)?)
    }

    /// The bytes of a small object; `None` where it is not there.
    pub fn get(&self, key: &str) -> io::Result<Option<Vec<u8>>> {
        let key = path(key)?;
        let got = self.runtime.block_on(async { self.objects.get(&key).await?.bytes().await });
        match got {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(to_io(error)),
        }
    }

    /// Removes objects; those that are not there are no matter.
    pub fn delete(&self, keys: impl Iterator<Item = String> + Send + 'static) -> io::Result<()> {
        let keys = keys.map(|key| Path::parse(key).map_err(Error::from));
        let mut deleted = self.objects.delete_stream(futures_util::stream::iter(keys).boxed());
        self.runtime.block_on(async {
            while let Some(result) = deleted.next().await {
                match result {
                    Ok(_) | Err(Error::NotFound { .. }) => {}
                    Err(error) => return Err(to_io(error)),
                }
            }
            Ok(())
        })
    }
}

/// The objects of a listing, one after another.
pub(crate) struct Listing {
    objects: BoxStream<'static, object_store::Result<ObjectMeta>>,
    store: Store,
}

impl Iterator for Listing {
    type Item = io::Result<Object>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.store.runtime.block_on(self.objects.next())?;
        Some(next.map(Object::from).map_err(to_io))
    }
}

impl From<ObjectMeta> for Object {
    fn from(meta: ObjectMeta) -> Self {
        let version = meta.e_tag.unwrap_or_else(|| meta.last_modified.to_rfc3339());
        Self { key: meta.location.into(), size: meta.size, version }
    }
}

/// A key as it is: nothing of it is percent-encoded.
pub(super) fn path(key: &str) -> io::Result<Path> {
    Path::parse(key).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error.to_string()))
}

fn prefix_path(prefix: &str) -> io::Result<Option<Path>> {
    if prefix.is_empty() { Ok(None) } else { path(prefix).map(Some) }
}

/// What a store said, with all its causes.
pub(super) fn to_io(error: Error) -> io::Error {
    let kind = match &error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        Error::Precondition { .. } => io::ErrorKind::StaleNetworkFileHandle,
        Error::InvalidPath { .. } => io::ErrorKind::InvalidInput,
        _ => io::ErrorKind::Other,
    };
    if kind == io::ErrorKind::StaleNetworkFileHandle {
        return io::Error::new(kind, "the object was replaced while it was read; read it again");
    }
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = error.source();
    }
    if message.contains(METADATA) {
        message.push_str(NO_KEYS);
    }
    io::Error::new(kind, message)
}
