//! Readers of single values.

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use section16::model::{Cik, Date, FormType, Table};
use section16::store::{Address, Refused};
use section16::synth::Container;
use section16::{Error, ErrorKind};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A size in bytes: a whole number and a unit.
///
/// KiB, MiB, GiB are powers of 1024, kB, MB, GB powers of 1000; without a unit, or with B, it is bytes. Letter case and a
/// space between are free.
pub fn size(text: &str) -> Result<usize, String> {
    let wrong = || format!("{text:?} is no size: write a whole number and a unit, such as 512MiB or 2GB");
    let trimmed = text.trim();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = trimmed.split_at(digits);
    let number: usize = number.parse().map_err(|_| wrong())?;
    let factor: usize = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err(wrong()),
    };
    number.checked_mul(factor).ok_or_else(|| format!("{text:?} is more than memory can be"))
}

/// The most threads that can be asked for: what more there are stand in each other's way.
const MOST_THREADS: usize = 1024;

/// A number of threads.
pub fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse().ok().filter(|number: &NonZeroUsize| number.get() <= MOST_THREADS);
    number.ok_or_else(|| format!("{text:?} is no number of threads: write one from 1 to {MOST_THREADS}"))
}

/// A day, as `2024-02-29`.
pub fn date(text: &str) -> Result<Date, String> {
    let wrong = || format!("{text:?} is no day of the calendar: write it as 2024-02-29");
    let bytes = text.as_bytes();
    let shape = |i: usize, b: &u8| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() };
    if bytes.len() != 10 || !bytes.iter().enumerate().all(|(i, b)| shape(i, b)) {
        return Err(wrong());
    }
    let mut parts = text.split('-').map(u16::from_str);
    let mut part = || parts.next().and_then(Result::ok).ok_or_else(wrong);
    let (year, month, day) = (part()?, part()?, part()?);
    // Two digits each: both fit.
    Date::from_ymd(year, month as u8, day as u8).ok_or_else(wrong)
}

/// A CIK, with or without leading zeros.
pub fn cik(text: &str) -> Result<Cik, String> {
    Cik::parse(text.trim()).ok_or_else(|| format!("{text:?} is no CIK: write up to ten digits"))
}

/// One of the six forms.
pub fn form(text: &str) -> Result<FormType, String> {
    FormType::parse(text).ok_or_else(|| {
        let names = FormType::ALL.map(FormType::as_str).join(", ");
        format!("{text:?} is none of the forms {names}")
    })
}

/// A value of the library that reads itself; of its error only what is wrong, since the option's name is told anyway.
pub fn of_library<T: FromStr<Err = Error>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: Error| match error.kind() {
        ErrorKind::Option { message, .. } => message.clone(),
        _ => error.to_string(),
    })
}

/// One of the ways to wrap invented filings; help lists them.
pub fn container() -> impl TypedValueParser<Value = Container> {
    let names = Container::ALL.iter().map(|container| container.as_str());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Container>())
}

/// A table by its name.
pub fn table(name: &str) -> Result<Table, String> {
    Table::parse(name).ok_or_else(|| {
        let names: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        format!("the tables are {}", names.join(", "))
    })
}

/// A path of the file system.
pub fn local() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match Address::of(&path) {
        Some(_) => {
            Err("only `convert`, `parse` and `inspect` read URLs, and only `convert` writes to them; \
            copy a data set to a folder first, for example with `aws s3 sync`")
        }
        None => Ok(path),
    })
}

/// Where a data set is written: a path of the file system, or an URL of an object store.
pub fn output() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match Address::of(&path) {
        Some(Err(Refused::Web)) => Err(OUTPUTS.to_owned()),
        Some(Err(refused)) => Err(refused.to_string()),
        None if has_scheme(&path) => {
            Err(format!("{OUTPUTS}; for another file system name a folder of it, or copy the data set there"))
        }
        Some(Ok(_)) | None => Ok(path),
    })
}

const OUTPUTS: &str = "a data set is written to a folder, or to s3://, gs:// or az://";

/// Whether a path is an URL: `hdfs://name/folder`, `file:///folder`.
fn has_scheme(path: &Path) -> bool {
    let scheme = path.to_str().and_then(|path| path.split_once("://")).map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use section16::sink::{Compression, Layout};

    #[test]
    fn numbers_of_threads() {
        assert_eq!(threads("1").ok().map(NonZeroUsize::get), Some(1));
        assert_eq!(threads("1024").ok().map(NonZeroUsize::get), Some(1024));
        for wrong in ["0", "1025", "-1", "two", ""] {
            assert!(threads(wrong).is_err_and(|message| message.contains("from 1 to 1024")), "{wrong}");
        }
    }

    #[test]
    fn sizes() {
        let cases = [
            ("0", 0),
            ("123", 123),
            ("1b", 1),
            ("128MiB", 128 << 20),
            ("128 mib", 128 << 20),
            ("3KiB", 3072),
            ("2GiB", 2 << 30),
            ("5kB", 5_000),
            ("5MB", 5_000_000),
            (" 1GB ", 1_000_000_000),
        ];
        for (text, bytes) in cases {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn what_is_no_size_is_refused_with_an_example() {
        for text in ["", "MiB", "-1", "1.5GiB", "128M", "128 MiB x", "1e6", "\u{662}MB"] {
            let message = size(text).unwrap_err();
            assert!(message.ends_with("such as 512MiB or 2GB"), "{text}: {message}");
        }
        assert!(size("99999999999GiB").unwrap_err().ends_with("more than memory can be"));
    }

    #[test]
    fn dates() {
        assert_eq!(date("2024-02-29").map(|d| d.to_string()), Ok("2024-02-29".into()));
        for text in ["", "2023-02-29", "2024-2-9", "20240229", "2024-02-29T00:00", "+024-02-01", "2024/02/01"]
        {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ciks_and_forms() {
        assert_eq!(cik("1750"), cik("0000001750"));
        assert!(cik("CIK1750").is_err());
        assert_eq!(form("4/a"), Ok(FormType::FourAmended));
        assert_eq!(form("6"), Err("\"6\" is none of the forms 3, 3/A, 4, 4/A, 5, 5/A".into()));
    }

    #[test]
    fn errors_of_the_library_lose_the_name_that_is_told_anyway() {
        assert_eq!(of_library("issuer-bucket=64"), Ok(Layout::IssuerBucket(64)));
        assert_eq!(of_library("zstd:3"), Ok(Compression::Zstd(3)));
        let message = of_library::<Compression>("gzip").unwrap_err();
        assert!(message.starts_with("\"gzip\" is none of"), "{message}");
    }
}
