//! URLs among paths.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Where an object, or all objects below a prefix, lie in an object store: `s3://bucket/edgar/2024`.
///
/// What follows the third slash is the key as it is, not percent-encoded, as the tools of the stores take it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The scheme in lower case, and the bucket or container: `s3://bucket`.
    store: String,
    /// The key or prefix without slashes at its ends; empty for all of the store.
    key: String,
    /// Whether a slash at the end says that it is a prefix.
    is_prefix: bool,
}

/// Object stores.
const STORES: [&str; 6] = ["s3", "s3a", "gs", "az", "abfs", "abfss"];
/// What could be downloaded.
const WEB: [&str; 4] = ["https", "http", "ftp", "ftps"];

/// Why an URL is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is one of the web: section16 downloads nothing.
    Web,
    /// It is one of an object store, and this build lacks the feature `cloud`.
    NotBuilt,
    /// It names no bucket.
    NoBucket,
}

const DOWNLOAD_FIRST: &str = "section16 downloads nothing. Download first and convert the folder: EDGAR has one archive a day below \
    https://www.sec.gov/Archives/edgar/Feed/ (and Oldloads/), and lists of all filings below full-index/. Its rules: a \
    User-Agent that says who you are, with a mail address; at most 10 requests a second; nothing twice. For example \
    `curl --user-agent 'NAME MAIL' --retry 5 --remote-name URL` (or wget, or aria2c with one connection), \
    then `section16 convert FOLDER -o OUT`";

const NOT_BUILT: &str = "this build of section16 has no object storage; \
    `cargo install --path . --features cloud` in its sources makes one that has, or copy it to a folder first";

impl Address {
    /// Reads an URL of an object store; `None` for a path of the file system.
    ///
    /// ```
    /// use section16::store::Address;
    /// use std::path::Path;
    ///
    /// assert!(Address::of(Path::new("edgar/2024")).is_none());
    /// let refused = Address::of(Path::new("https://www.sec.gov/Archives")).unwrap().unwrap_err();
    /// assert!(refused.to_string().contains("at most 10 requests a second"));
    /// ```
    ///
    /// # Errors
    ///
    /// An URL of the web is refused with words on how to download from EDGAR, and one of an object store, in a build without the
    /// feature `cloud`, with which build has it.
    pub fn of(path: &Path) -> Option<Result<Self, Refused>> {
        let (scheme, rest) = path.to_str()?.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        if WEB.contains(&&*scheme) {
            return Some(Err(Refused::Web));
        }
        if !STORES.contains(&&*scheme) {
            return None;
        }
        if !cfg!(feature = "cloud") {
            return Some(Err(Refused::NotBuilt));
        }
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Some(Err(Refused::NoBucket));
        }
        let is_prefix = key.is_empty() || key.ends_with('/');
        let key = key.trim_matches('/').to_owned();
        Some(Ok(Self { store: format!("{scheme}://{bucket}"), key, is_prefix }))
    }

    /// The scheme and the bucket or container: `s3://bucket`.
    pub fn store(&self) -> &str {
        &self.store
    }

    /// The key or prefix, without slashes at its ends; empty for all of the store.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether a slash at the end says that it is a prefix, or all of the store is meant.
    pub fn is_prefix(&self) -> bool {
        self.is_prefix
    }

    /// The object of this key in the same store, as a path.
    pub fn path_of(&self, key: &str) -> PathBuf {
        format!("{}/{key}", self.store).into()
    }
}

/// The URL, without a slash at the end.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slash = if self.key.is_empty() { "" } else { "/" };
        write!(f, "{}{slash}{}", self.store, self.key)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Web => DOWNLOAD_FIRST,
            Self::NotBuilt => NOT_BUILT,
            Self::NoBucket => "the URL names no bucket",
        })
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for io::Error {
    fn from(refused: Refused) -> Self {
        Self::new(io::ErrorKind::Unsupported, refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> Refused {
        Address::of(Path::new(url)).unwrap().unwrap_err()
    }

    #[test]
    fn paths_are_no_urls() {
        for path in ["edgar", "/data/s3:/x", "./s3://bucket", "file:///data", "C:\\data", "s3:/bucket", ""] {
            assert_eq!(Address::of(Path::new(path)).map(|address| address.is_ok()), None, "{path}");
        }
    }

    #[test]
    fn the_web_is_refused_with_the_rules_of_edgar() {
        for url in ["https://www.sec.gov/Archives/edgar/data/1", "HTTP://x/y", "ftp://ftp.sec.gov/edgar"] {
            let refused = refusal(url);
            assert_eq!(refused, Refused::Web);
            let message = refused.to_string();
            for word in
                ["User-Agent", "mail address", "10 requests a second", "Feed/", "Oldloads/", "full-index/"]
            {
                assert!(message.contains(word), "{word}: {message}");
            }
            for tool in ["curl", "wget", "aria2c", "section16 convert FOLDER"] {
                assert!(message.contains(tool), "{tool}: {message}");
            }
        }
    }

    #[cfg(not(feature = "cloud"))]
    #[test]
    fn a_build_without_object_storage_says_which_has_it() {
        for url in
            ["s3://bucket/key", "S3A://bucket", "gs://b/k", "az://c/k", "abfs://c@a/k", "abfss://c@a/k"]
        {
            assert_eq!(refusal(url), Refused::NotBuilt, "{url}");
        }
        assert!(Refused::NotBuilt.to_string().contains("--features cloud"));
    }

    #[test]
    fn refusals_are_errors_of_reading() {
        for refused in [Refused::Web, Refused::NotBuilt, Refused::NoBucket] {
            let error = io::Error::from(refused);
            assert_eq!((error.kind(), error.to_string()), (io::ErrorKind::Unsupported, refused.to_string()));
        }
    }

    #[cfg(feature = "cloud")]
    #[test]
    fn urls_of_stores_are_taken_apart_and_put_together() {
        for (url, store, key, is_prefix) in [
            ("s3://bucket/a/b.tar.gz", "s3://bucket", "a/b.tar.gz", false),
            ("S3://Bucket/a/", "s3://Bucket", "a", true),
            ("gs://bucket", "gs://bucket", "", true),
            ("az://container/", "az://container", "", true),
            (
                "abfss://c@account.dfs.core.windows.net/a b/100%.txt",
                "abfss://c@account.dfs.core.windows.net",
                "a b/100%.txt",
                false,
            ),
        ] {
            let address = Address::of(Path::new(url)).unwrap().unwrap();
            assert_eq!(
                (address.store(), address.key(), address.is_prefix()),
                (store, key, is_prefix),
                "{url}"
            );
            let whole = address.path_of(address.key());
            assert_eq!(address.to_string(), whole.to_str().unwrap().trim_end_matches('/'));
        }
        assert_eq!(refusal("s3:///key"), Refused::NoBucket);
    }
}
