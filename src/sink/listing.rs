use super::disk::Disk;
use super::part_reader::damaged;
use super::{Layout, Partition};
use crate::error::{Error, Result};
use crate::model::Table;
use crate::schema::SCHEMA_VERSION;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// What a data set holds: `_section16/files.jsonl`, a line a file, and `_section16/dataset.json`, which says how the tables
/// are split and vouches for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) layout: Layout,
    /// In the order of [`ListedFile`].
    pub(super) files: Vec<ListedFile>,
}

/// A published file. The order is that of tables, then folders, then parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ListedFile {
    pub(super) table: Table,
    pub(super) partition: Partition,
    /// The number in its name.
    pub(super) part: u32,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    /// CRC-32 of its bytes.
    pub(super) crc32: u32,
}

/// The names of the two files.
pub(super) const FILES: &str = "files.jsonl";
pub(super) const ABOUT: &str = "dataset.json";

/// Bytes that are written at once: the list of a large data set is long.
const PIECE: usize = 64 * 1024;

impl Listing {
    /// Files in any order.
    pub(super) fn new(layout: Layout, mut files: Vec<ListedFile>) -> Self {
        files.sort_unstable();
        Self { layout, files }
    }

    /// Writes both files into a folder.
    pub(super) fn write(&self, disk: &Disk, folder: &Path) -> Result<()> {
        let path = folder.join(FILES);
        let mut out = disk.replace_file(&path)?;
        let (mut lines, mut crc) = (Vec::with_capacity(PIECE), flate2::Crc::new());
        for (n, file) in self.files.iter().enumerate() {
            let line = json!({
                "path": file.path(self.layout),
                "rows": file.rows,
                "bytes": file.bytes,
                "crc32": hex(file.crc32),
            });
            // Writing to a vector cannot fail.
            let _ = writeln!(lines, "{line}");
            if lines.len() >= PIECE || n + 1 == self.files.len() {
                crc.update(&lines);
                out.write_all(&lines).map_err(Error::io("write", &path))?;
                lines.clear();
            }
        }
        let about = json!({
            "section16_version": env!("CARGO_PKG_VERSION"),
            "schema_version": SCHEMA_VERSION,
            "partition": self.layout.to_string(),
            "files": self.files.len(),
            "files_crc32": hex(crc.sum()),
        });
        disk.write_file(&folder.join(ABOUT), format!("{about}\n").as_bytes())
    }

    /// Reads both files from the folder of section16's own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DataSet`] where they are not there, or not as they were written.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let (about, layout) = read_about(&folder.join(ABOUT))?;
        let path = folder.join(FILES);
        let (files, crc) = read_files(&path, layout)?;
        let is_whole = about["files"].as_u64() == Some(files.len() as u64)
            && about["files_crc32"].as_str() == Some(&hex(crc));
        if !is_whole {
            return Err(damaged(&path, format!("it is not the list that {ABOUT} speaks of")));
        }
        Ok(Self { layout, files })
    }

    /// How the tables of the data set in `output` are split.
    ///
    /// # Errors
    ///
    /// As for [`Listing::read`].
    pub(super) fn layout_in(output: &Path) -> Result<Layout> {
        Ok(read_about(&output.join(super::folder::OWN).join(ABOUT))?.1)
    }

    /// The files of each folder of a table, which lie one after another.
    pub(super) fn folders(&self) -> impl Iterator<Item = &[ListedFile]> {
        self.files.chunk_by(|a, b| (a.table, a.partition) == (b.table, b.partition))
    }
}

impl ListedFile {
    /// Its path in the output folder, `/` between components.
    pub(super) fn path(&self, layout: Layout) -> String {
        format!("{}/{}", self.folder(layout), part_name(self.part))
    }

    /// The path of the folder it lies in.
    pub(super) fn folder(&self, layout: Layout) -> String {
        let table = self.table.as_str();
        match layout.of_table(self.table).folder(self.partition) {
            Some(folder) => format!("{table}/{folder}"),
            None => table.to_owned(),
        }
    }

    fn parse(line: &[u8], layout: Layout) -> Option<Self> {
        let value: Value = serde_json::from_slice(line).ok()?;
        let mut parts = value["path"].as_str()?.split('/');
        let table = Table::parse(parts.next()?)?;
        let name = parts.next_back()?;
        let partition = layout.of_table(table).parse_folder(parts.next())?;
        let file = Self {
            table,
            partition,
            part: part_number(name)?,
            rows: value["rows"].as_u64()?,
            bytes: value["bytes"].as_u64()?,
            crc32: u32::from_str_radix(value["crc32"].as_str()?, 16).ok()?,
        };
        parts.next().is_none().then_some(file)
    }
}

/// The name of a file of a table: `part-0.parquet`.
pub(super) fn part_name(part: u32) -> String {
    format!("part-{part}.parquet")
}

/// The number in a name as [`part_name`] gives it.
pub(super) fn part_number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("part-")?.strip_suffix(".parquet")?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn read_about(path: &Path) -> Result<(Value, Layout)> {
    let about = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => damaged(path, "it is not there: no run has ended here"),
        _ => Error::io("read", path)(error),
    })?;
    let about: Value = serde_json::from_slice(&about).map_err(|e| damaged(path, e.to_string()))?;
    let version = about["schema_version"].as_u64();
    if version != Some(u64::from(SCHEMA_VERSION)) {
        let of = version.map_or("none".to_owned(), |v| v.to_string());
        return Err(damaged(path, format!("its tables have schema version {of}, not {SCHEMA_VERSION}")));
    }
    let layout = about["partition"].as_str().and_then(|text| text.parse().ok());
    let layout = layout.ok_or_else(|| damaged(path, "partition cannot be read"))?;
    Ok((about, layout))
}

fn read_files(path: &Path, layout: Layout) -> Result<(Vec<ListedFile>, u32)> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    let mut crc = flate2::Crc::new();
    let mut files = Vec::new();
    let (mut lines, mut line) = (BufReader::new(file), Vec::new());
    while lines.read_until(b'\n', &mut line).map_err(Error::io("read", path))? > 0 {
        crc.update(&line);
        let parsed = ListedFile::parse(&line, layout);
        files.push(parsed.ok_or_else(|| damaged(path, format!("line {} names no file", files.len() + 1)))?);
        line.clear();
    }
    if !files.is_sorted() {
        return Err(damaged(path, "its lines are not in order"));
    }
    Ok((files, crc.sum()))
}

fn hex(crc32: u32) -> String {
    format!("{crc32:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn listing() -> Listing {
        let partition = |folder| Layout::Year.parse_folder(folder).unwrap();
        let file = |table, partition, part| ListedFile {
            table,
            partition,
            part,
            rows: 3,
            bytes: 4_000_000_000,
            crc32: 0xab,
        };
        let year = partition(Some("year=2024"));
        let files = vec![
            file(Table::Rejects, Layout::None.unknown(), 0),
            file(Table::Filings, partition(Some("year=unknown")), 12),
            file(Table::Filings, year, 10),
            file(Table::Filings, year, 9),
        ];
        Listing::new(Layout::Year, files)
    }

    #[test]
    fn is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        listing().write(&Disk::default(), folder.path()).unwrap();
        let text = std::fs::read_to_string(folder.path().join(FILES)).unwrap();
        let paths: Vec<_> = text.lines().map(|line| line.split('"').nth(3).unwrap()).collect();
        let expected = [
            "filings/year=2024/part-9.parquet",
            "filings/year=2024/part-10.parquet",
            "filings/year=unknown/part-12.parquet",
            "rejects/part-0.parquet",
        ];
        assert_eq!(paths, expected);
        assert_eq!(Listing::read(folder.path()).unwrap(), listing());
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        listing().write(&Disk::default(), folder.path()).unwrap();
        let path = folder.path().join(FILES);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            let error = Listing::read(folder.path()).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::DataSet { .. }), "{at}: {error}");
        }
    }

    #[test]
    fn names_of_parts() {
        assert_eq!(part_number(&part_name(7)), Some(7));
        for foreign in ["part-.parquet", "part-x.parquet", "part-+1.parquet", "part-1.parquet.tmp", "1"] {
            assert_eq!(part_number(foreign), None, "{foreign}");
        }
    }
}
