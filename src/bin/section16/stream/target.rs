//! Where a stream goes.

use section16::{Error, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write, stdout};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Standard output or a file.
pub struct Target {
    out: BufWriter<Box<dyn Write + Send>>,
    /// A file that is not whole yet, and its name to be.
    unnamed: Option<(TempPath, PathBuf)>,
}

const BUFFER: usize = 64 << 10;

impl Target {
    /// Standard output, or a file. A pipe or device of that name is written to; else the file gets its name in the end.
    pub fn open(file: Option<&Path>) -> Result<Self> {
        let (out, unnamed): (Box<dyn Write + Send>, _) = match file {
            None => (Box::new(stdout()), None),
            Some(path) if is_special(path) => {
                let file = File::options().write(true).open(path);
                (Box::new(file.map_err(Error::io("open", path))?), None)
            }
            Some(path) => {
                let (file, unnamed) = unnamed(path).map_err(Error::io("create", path))?;
                (Box::new(file), Some((unnamed, path.to_owned())))
            }
        };
        Ok(Self { out: BufWriter::with_capacity(BUFFER, out), unnamed })
    }

    /// Writes all of the bytes.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).map_err(failed)
    }

    /// Hands on what is buffered, and gives a file its name.
    pub fn finish(mut self) -> Result<()> {
        self.out.flush().map_err(failed)?;
        match self.unnamed {
            Some((file, path)) => file.persist(&path).map_err(|e| Error::io("create", &path)(e.error)),
            None => Ok(()),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Why nothing more can be written.
pub fn failed(source: io::Error) -> Error {
    Error::io("write", "the stream")(source)
}

fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir())
}

fn unnamed(path: &Path) -> io::Result<(File, TempPath)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".section16-");
    // As any new file, less what the process masks.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(builder.tempfile_in(folder)?.into_parts())
}
