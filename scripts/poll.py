"""Reads all tables of a data set with DuckDB again and again, until it is stopped, and says what it saw.

    poll.py DIR

Files that come and go between listing and reading are no fault. A file that is there and cannot be read is one, and so is a
filing that is there twice, or a filing that is there without its owners.
"""

import glob
import signal
import sys

import duckdb

folder = sys.argv[1]
TABLES = ["filings", "reporting_owners", "transactions", "holdings", "footnotes", "signatures", "diagnostics", "rejects"]
reads = gone = 0
is_over = False


def stop(*_):
    # An exception in the middle of a query would look like a query that failed.
    global is_over
    is_over = True


signal.signal(signal.SIGTERM, stop)
connection = duckdb.connect()
while not is_over:
    for table in TABLES:
        pattern = f"{folder}/{table}/**/*.parquet"
        if not glob.glob(pattern, recursive=True):
            continue
        key = "source_path" if table == "rejects" else "filing_id"
        query = f"SELECT count(*), count(DISTINCT {key}), min(filename) FROM read_parquet('{pattern}', filename = true)"
        try:
            rows, keys, _ = connection.execute(query).fetchone()
        except (duckdb.Error, RuntimeError) as error:
            text = str(error)
            if is_over:
                break
            if any(word in text for word in ("No files found", "No such file", "Cannot open file", "does not exist")):
                gone += 1
                continue
            print(f"cannot read {table}: {text}")
            sys.exit(1)
        reads += 1
        if table == "filings" and rows != keys:
            print(f"{rows} rows of filings, and {keys} filings")
            sys.exit(1)
print(f"DuckDB read tables {reads} times, {gone} times files had gone between listing and reading: no broken file")
