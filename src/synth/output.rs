//! Puts entries into folders or archives, with fixed times and owners: equal entries give equal files.

use super::gzip::Gzip;
use super::options::Container;
use super::truth::Place;
use crate::error::{Error, ErrorKind, Result};
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// How hard compressed containers are packed: fast, as most dumps are made.
pub(super) const LEVEL: u32 = 4;

enum Archive {
    Zip(Box<zip::ZipWriter<BufWriter<File>>>),
    Tar(Box<tar::Builder<GzEncoder<BufWriter<File>>>>),
}

/// The folder that is filled.
pub(super) struct Output {
    root: PathBuf,
    container: Container,
    gzip: Gzip,
    archive: Option<Archive>,
    /// The open archive below the root.
    path: String,
    entries: u64,
    pub(super) files: u64,
}

impl Output {
    pub(super) fn new(root: &Path, container: Container) -> Result<Self> {
        fs::create_dir_all(root).map_err(Error::io("create", root))?;
        let (root, gzip) = (root.to_owned(), Gzip::new());
        Ok(Self { root, container, gzip, archive: None, path: String::new(), entries: 0, files: 0 })
    }

    /// Closes the archive that is open and begins the next.
    pub(super) fn begin(&mut self, path: String) -> Result<()> {
        self.finish()?;
        let full = self.root.join(&path);
        let file = BufWriter::with_capacity(1 << 18, create(&full)?);
        self.archive = Some(match self.container {
            Container::Zip => Archive::Zip(Box::new(zip::ZipWriter::new(file))),
            _ => {
                let packed =
                    GzBuilder::new().mtime(0).operating_system(255).write(file, Compression::new(LEVEL));
                Archive::Tar(Box::new(tar::Builder::new(packed)))
            }
        });
        (self.path, self.entries) = (path, 0);
        self.files += 1;
        Ok(())
    }

    /// Writes one file, or one member of the open archive.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8], is_bare: bool) -> Result<Place> {
        let Some(archive) = &mut self.archive else {
            return self.put_file(name, bytes, is_bare);
        };
        let full = self.root.join(&self.path);
        match archive {
            Archive::Zip(zip) => {
                let options = SimpleFileOptions::DEFAULT
                    .compression_method(zip::CompressionMethod::Deflated)
                    .compression_level(Some(i64::from(LEVEL)))
                    .unix_permissions(0o644);
                zip.start_file(name, options).map_err(io::Error::from).map_err(Error::io("write", &full))?;
                zip.write_all(bytes).map_err(Error::io("write", &full))?;
            }
            Archive::Tar(tar) => {
                let mut header = tar::Header::new_gnu();
                header.set_size(bytes.len() as u64);
                header.set_mode(0o644);
                header.set_mtime(0);
                tar.append_data(&mut header, name, bytes).map_err(Error::io("write", &full))?;
            }
        }
        self.entries += 1;
        let (path, member) = (self.path.clone(), Some(name.to_owned()));
        Ok(Place { path, entry: self.entries - 1, offset: 0, member, is_bare })
    }

    fn put_file(&mut self, name: &str, bytes: &[u8], is_bare: bool) -> Result<Place> {
        let (path, packed);
        let stored = if self.container == Container::Gz {
            path = format!("{name}.gz");
            packed = self.gzip.pack([bytes])?;
            packed
        } else {
            path = name.to_owned();
            bytes
        };
        let full = self.root.join(&path);
        create(&full)?.write_all(stored).map_err(Error::io("write", &full))?;
        self.files += 1;
        Ok(Place { path, entry: 0, offset: 0, member: None, is_bare })
    }

    /// Writes one gzipped file whose pieces are gzip members of their own, as where files were packed and then joined.
    pub(super) fn put_members<'b>(
        &mut self,
        name: &str,
        pieces: impl IntoIterator<Item = &'b [u8]>,
    ) -> Result<Place> {
        let path = format!("{name}.gz");
        let full = self.root.join(&path);
        create(&full)?.write_all(self.gzip.pack(pieces)?).map_err(Error::io("write", &full))?;
        self.files += 1;
        Ok(Place { path, entry: 0, offset: 0, member: None, is_bare: false })
    }

    /// Writes the end of the archive that is open.
    pub(super) fn finish(&mut self) -> Result<()> {
        let full = self.root.join(&self.path);
        let file = match self.archive.take() {
            None => return Ok(()),
            Some(Archive::Zip(zip)) => zip.finish().map_err(io::Error::from),
            Some(Archive::Tar(tar)) => tar.into_inner().and_then(GzEncoder::finish),
        };
        file.and_then(|mut file| file.flush()).map_err(Error::io("write", &full))
    }
}

/// Makes a file, and the folders above it where they are missing.
fn create(path: &Path) -> Result<File> {
    match File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some(folder) = path.parent() else {
                return Err(ErrorKind::Defect("a file without a folder".into()).into());
            };
            fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
            File::create(path).map_err(Error::io("create", path))
        }
        result => result.map_err(Error::io("create", path)),
    }
}
