//! Lists of paths: `--files-from`.

use std::ffi::OsString;
use std::io::{self, BufRead, Cursor, ErrorKind, Read};
use std::path::PathBuf;

/// Bytes at the start of a list that tell what stands between its paths, and the longest path.
const LOOK: u64 = 64 << 10;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads the paths of a list, one at a time.
///
/// Paths are separated by NUL (as `find -print0` prints them) if there is one in the first 64 KiB of the list, else by line
/// feeds, with or without a carriage return before them. Empty ones are passed over, and so is the byte order mark of UTF-8 at
/// the start, which some editors write. After an error the list ends.
///
/// ```
/// use section16::source::PathList;
/// use std::path::Path;
///
/// let list = PathList::new(&b"2025/a.txt\n\n2025/b c.txt"[..])?;
/// let paths = list.collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(paths, [Path::new("2025/a.txt"), Path::new("2025/b c.txt")]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct PathList {
    list: Box<dyn BufRead + Send>,
    separator: u8,
    is_done: bool,
}

impl PathList {
    /// Reads the start of a list.
    ///
    /// # Errors
    /// What reading says.
    pub fn new(mut list: impl BufRead + Send + 'static) -> io::Result<Self> {
        let mut start = Vec::new();
        list.by_ref().take(LOOK).read_to_end(&mut start)?;
        if start.starts_with(BYTE_ORDER_MARK) {
            start.drain(..BYTE_ORDER_MARK.len());
        }
        let separator = if start.contains(&0) { 0 } else { b'\n' };
        Ok(Self { list: Box::new(Cursor::new(start).chain(list)), separator, is_done: false })
    }

    fn read_path(&mut self) -> io::Result<Option<PathBuf>> {
        loop {
            let mut line = Vec::new();
            self.list.by_ref().take(LOOK).read_until(self.separator, &mut line)?;
            if line.is_empty() {
                return Ok(None);
            }
            if line.len() as u64 == LOOK {
                return Err(io::Error::new(
                    ErrorKind::InvalidData,
                    "a path of the list is longer than 64 KiB",
                ));
            }
            line.pop_if(|last| *last == self.separator);
            if self.separator == b'\n' {
                line.pop_if(|last| *last == b'\r');
            }
            if !line.is_empty() {
                return native(line).map(|path| Some(path.into()));
            }
        }
    }
}

#[cfg(unix)]
fn native(path: Vec<u8>) -> io::Result<OsString> {
    Ok(std::os::unix::ffi::OsStringExt::from_vec(path))
}

#[cfg(not(unix))]
fn native(path: Vec<u8>) -> io::Result<OsString> {
    let message = "a path of the list is not UTF-8";
    String::from_utf8(path).map(Into::into).map_err(|_| io::Error::new(ErrorKind::InvalidData, message))
}

impl Iterator for PathList {
    type Item = io::Result<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let path = self.read_path().transpose();
        self.is_done = !matches!(path, Some(Ok(_)));
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(list: &'static [u8]) -> Vec<PathBuf> {
        PathList::new(list).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn lines_may_end_in_any_way() {
        let expected = ["a b", "c", " d"].map(Path::new);
        assert_eq!(read(b"a b\nc\n d\n"), expected);
        assert_eq!(read(b"a b\r\n\r\nc\r\n d"), expected);
        assert!(read(b"").is_empty());
        assert!(read(b"\n\n").is_empty());
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_path() {
        assert_eq!(read(b"\xef\xbb\xbfa\r\nb\r\n"), ["a", "b"].map(Path::new));
        assert_eq!(read(b"\xef\xbb\xbfa\0b\0"), ["a", "b"].map(Path::new));
        assert_eq!(read(b"a\n\xef\xbb\xbfb\n"), ["a", "\u{feff}b"].map(Path::new));
        assert!(read(b"\xef\xbb\xbf").is_empty());
    }

    #[test]
    fn nul_leaves_line_feeds_in_names() {
        assert_eq!(read(b"a\nb\r\0c\0\0"), ["a\nb\r", "c"].map(Path::new));
    }

    #[cfg(unix)]
    #[test]
    fn names_need_not_be_utf8() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(read(b"caf\xe9\n")[0].as_os_str().as_bytes(), b"caf\xe9");
    }

    #[test]
    fn a_path_without_end_is_an_error() {
        let mut list = PathList::new(io::BufReader::new(io::repeat(b'x'))).unwrap();
        assert_eq!(list.next().unwrap().unwrap_err().kind(), ErrorKind::InvalidData);
        assert!(list.next().is_none());
    }
}
