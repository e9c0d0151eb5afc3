//! Reads an output folder again.

use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use section16::model::Table;
use section16::schema;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A folder that is removed when it is dropped; in memory where the system has such a place, since every data set that is
/// written is synced to the disk.
pub fn temporary_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.unwrap()
}

/// The rows of each file, by table and partition folder.
pub type DataSet = BTreeMap<(Table, Option<String>), RecordBatch>;

pub fn data_set(out: &Path) -> DataSet {
    let mut files = DataSet::new();
    for path in bytes(out).into_keys() {
        let parts: Vec<&str> = path.split('/').collect();
        let (table, partition) = match parts.as_slice() {
            ["_section16", _] => continue,
            [table, "part-0.parquet"] => (table, None),
            [table, partition, "part-0.parquet"] => (table, Some(partition.to_string())),
            _ => panic!("{path} is in no table"),
        };
        let table = Table::parse(table).unwrap();
        files.insert((table, partition), rows(table, &out.join(&path)));
    }
    files
}

/// The rows of one file, whose types must be those of the table.
pub fn rows(table: Table, path: &Path) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(path).unwrap()).unwrap();
    let schema = schema::arrow_schema(table);
    assert_eq!(reader.schema().fields(), schema.fields(), "{}", path.display());
    let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    let batch = concat_batches(&batches.first().map_or(schema.clone(), |b| b.schema()), &batches).unwrap();
    RecordBatch::try_new(schema, batch.columns().to_vec()).unwrap()
}

/// The bytes of each file, by its path in the folder.
pub fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, "", &mut files);
    files
}
