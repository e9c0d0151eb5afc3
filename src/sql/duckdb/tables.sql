-- The tables of the data set. Below the folder of a table, `issuer=...`, `issuer_bucket=...` or `year=...` becomes a last column
-- of that name, as text: a filter on it opens only the files that it names.
CREATE SCHEMA IF NOT EXISTS section16;

CREATE OR REPLACE VIEW section16.filings AS
SELECT * FROM read_parquet('{folder}/filings/**/*.parquet', hive_partitioning = true, hive_types_autocast = false);
COMMENT ON VIEW section16.filings IS 'One row a filing.';

CREATE OR REPLACE VIEW section16.reporting_owners AS
SELECT * FROM read_parquet('{folder}/reporting_owners/**/*.parquet', hive_partitioning = true, hive_types_autocast = false);
COMMENT ON VIEW section16.reporting_owners IS 'One row an owner of a filing.';

CREATE OR REPLACE VIEW section16.transactions AS
SELECT * FROM read_parquet('{folder}/transactions/**/*.parquet', hive_partitioning = true, hive_types_autocast = false);
COMMENT ON VIEW section16.transactions IS 'One row a transaction of Table I or II.';

CREATE OR REPLACE VIEW section16.holdings AS
SELECT * FROM read_parquet('{folder}/holdings/**/*.parquet', hive_partitioning = true, hive_types_autocast = false);
COMMENT ON VIEW section16.holdings IS 'One row a holding of Table I or II.';

CREATE OR REPLACE VIEW section16.footnotes AS
SELECT * FROM read_parquet('{folder}/footnotes/**/*.parquet', hive_partitioning = true, hive_types_autocast = false);
COMMENT ON VIEW section16.footnotes IS 'One row a footnote.';

CREATE OR REPLACE VIEW section16.signatures AS
SELECT * FROM read_parquet('{folder}/signatures/**/*.parquet', hive_partitioning = true, hive_types_autocast = false);
COMMENT ON VIEW section16.signatures IS 'One row a signature.';

CREATE OR REPLACE VIEW section16.diagnostics AS
SELECT * FROM read_parquet('{folder}/diagnostics/*.parquet');
COMMENT ON VIEW section16.diagnostics IS 'One row for each thing that was repaired, doubted or left null.';

CREATE OR REPLACE VIEW section16.rejects AS
SELECT * FROM read_parquet('{folder}/rejects/*.parquet');
COMMENT ON VIEW section16.rejects IS 'One row for each entry that gave no filing although it should have.';
