//! What lies in an output folder.

use section16::model::Table;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// Whether the tables of a data set hold any Parquet file. What cannot be read counts for nothing.
pub fn is_there(output: &Path) -> bool {
    Table::ALL.into_iter().any(|table| {
        let entries = WalkDir::new(output.join(table.as_str())).into_iter().filter_entry(is_data);
        entries.flatten().any(|entry| is_parquet(&entry))
    })
}

/// Names that begin with `_` or `.` are no data.
fn is_data(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() == 0 || !name.starts_with(b"_") && !name.starts_with(b".")
}

fn is_parquet(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "parquet")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn with_file(name: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, b"").unwrap();
        is_there(folder.path())
    }

    #[test]
    fn sees_what_readers_would_see() {
        assert!(with_file("filings/issuer=0000000042/part-0.parquet"));
        assert!(with_file("rejects/part-0.parquet"));
        assert!(!with_file("filings/issuer=0000000042/.part-1.parquet"));
        assert!(!with_file("filings/_temporary/part-0.parquet"));
        assert!(!with_file("filings/notes.txt"));
        assert!(!with_file("elsewhere/part-0.parquet"));
        assert!(!is_there(Path::new("/nowhere/at/all")));
    }
}
