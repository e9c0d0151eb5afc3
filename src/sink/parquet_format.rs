use super::Compression;
use crate::error::{ErrorKind, Result};
use crate::model::Table;
use crate::schema::{self, SCHEMA_VERSION};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::ArrowRowGroupWriterFactory;
use parquet::basic::{Compression as Codec, ZstdLevel};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::TypePtr;
use std::path::PathBuf;

/// How the files of one table are written; made once, used for every file.
///
/// No file carries an `ARROW:schema`: every type comes back from Parquet's own.
pub(super) struct TableFormat {
    pub(super) schema: TypePtr,
    pub(super) small: Profile,
    pub(super) large: Profile,
}

/// The properties of a file, and what makes its column writers.
pub(super) struct Profile {
    pub(super) properties: WriterPropertiesPtr,
    pub(super) columns: ArrowRowGroupWriterFactory,
}

/// A large dictionary costs more time than it saves bytes; a column that has outgrown this is written plainly.
const DICTIONARY_BYTES: usize = 64 << 10;

impl TableFormat {
    pub(super) fn new(table: Table, compression: Compression) -> Result<Self> {
        let defect = |source| ErrorKind::Parquet { path: PathBuf::from(table.as_str()), source };
        let schema = ArrowSchemaConverter::new()
            .convert(&schema::arrow_schema(table))
            .map_err(defect)?
            .root_schema_ptr();
        let profile = |codec, dictionary| {
            let properties = properties(table, codec, dictionary).into();
            Profile::new(table, &schema, properties).map_err(defect)
        };
        let [small, large] = codecs(compression).map_err(defect)?;
        Ok(Self { small: profile(small, false)?, large: profile(large, true)?, schema })
    }
}

impl Profile {
    fn new(table: Table, schema: &TypePtr, properties: WriterPropertiesPtr) -> parquet::errors::Result<Self> {
        // The factory takes from a writer what it can be had from only, and keeps nothing of the file.
        let writer = SerializedFileWriter::new(std::io::sink(), schema.clone(), properties.clone())?;
        let columns = ArrowRowGroupWriterFactory::new(&writer, schema::arrow_schema(table));
        Ok(Self { properties, columns })
    }
}

/// The codecs of small and of large files.
fn codecs(compression: Compression) -> parquet::errors::Result<[Codec; 2]> {
    let zstd = |level: u8| ZstdLevel::try_new(i32::from(level)).map(Codec::ZSTD);
    Ok(match compression {
        Compression::BySize => [Codec::SNAPPY, zstd(1)?],
        Compression::Zstd(level) => [zstd(level)?; 2],
        Compression::Snappy => [Codec::SNAPPY; 2],
        Compression::Lz4 => [Codec::LZ4_RAW; 2],
        Compression::None => [Codec::UNCOMPRESSED; 2],
    })
}

fn properties(table: Table, codec: Codec, dictionary: bool) -> WriterProperties {
    let version = env!("CARGO_PKG_VERSION");
    let metadata = vec![
        KeyValue::new("section16.version".to_owned(), version.to_owned()),
        KeyValue::new("section16.schema_version".to_owned(), SCHEMA_VERSION.to_string()),
    ];
    WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(format!("section16 version {version}"))
        .set_key_value_metadata(Some(metadata))
        .set_sorting_columns(Some(sorting_columns(table)))
        .set_compression(codec)
        .set_dictionary_enabled(dictionary)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .build()
}

/// The columns that rows are sorted by, as far as they are columns.
fn sorting_columns(table: Table) -> Vec<SortingColumn> {
    let names: &[&str] = match table {
        Table::Rejects => &["source_path"],
        Table::Diagnostics => &["issuer_cik"],
        _ => &["issuer_cik", "filing_date", "accession_number", "filing_id"],
    };
    let leaf = |name: &&str| leaf_of(table, name);
    let sorted = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: false };
    names.iter().filter_map(leaf).map(sorted).collect()
}

/// The number of a column among Parquet's leaves. Only columns before the first nested one are asked for.
fn leaf_of(table: Table, name: &str) -> Option<i32> {
    let columns = schema::columns(table);
    let leaves = columns.iter().map(|c| match c.column_type {
        schema::ColumnType::FootnoteRefs => schema::footnote_ref_fields().len() as i32,
        _ => 1,
    });
    let place = columns.iter().position(|c| c.name == name)?;
    Some(leaves.take(place).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_columns_are_the_leaves_of_these_names() {
        for table in Table::ALL {
            let format = TableFormat::new(table, Compression::BySize).unwrap();
            let schema = parquet::schema::types::SchemaDescriptor::new(format.schema.clone());
            let names: Vec<_> = sorting_columns(table)
                .iter()
                .map(|s| schema.column(s.column_idx as usize).name().to_owned())
                .collect();
            let expected: &[&str] = match table {
                Table::Rejects => &["source_path"],
                Table::Diagnostics => &["issuer_cik"],
                _ => &["issuer_cik", "filing_date", "accession_number", "filing_id"],
            };
            assert_eq!(names, expected, "{table:?}");
        }
    }
}
