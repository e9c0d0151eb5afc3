//! What lies in an output folder.

use section16::model::Table;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// The number of Parquet files in the tables of a data set. What cannot be read counts for nothing.
pub fn files_in(output: &Path) -> u64 {
    let files = |table: Table| {
        let entries = WalkDir::new(output.join(table.as_str())).into_iter().filter_entry(is_data);
        entries.flatten().filter(is_parquet).count() as u64
    };
    Table::ALL.into_iter().map(files).sum()
}

/// Names that begin with `_` or `.` are no data.
fn is_data(entry: &DirEntry) -> bool {
    entry.depth() == 0
        || !entry.file_name().as_encoded_bytes().starts_with(b"_")
            && !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_parquet(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "parquet")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn counts_what_readers_would_see() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "filings/issuer=0000000042/part-0.parquet",
            "rejects/part-0.parquet",
            "filings/issuer=0000000042/.part-1.parquet",
            "filings/_temporary/part-0.parquet",
            "filings/notes.txt",
            "elsewhere/part-0.parquet",
        ];
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"").unwrap();
        }
        assert_eq!(files_in(folder.path()), 2);
        assert_eq!(files_in(&folder.path().join("nowhere")), 0);
    }
}
