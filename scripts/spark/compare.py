"""Compares the data set of a Spark job with that of `section16 convert`, and their reports.

    compare.py CONVERTED CONVERTED.json SPARK SPARK.json

A line for each table: columns and types, rows that only one of them has, folders, and the order of the rows in each.
"""

import json
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

TABLES = ["filings", "reporting_owners", "transactions", "holdings", "footnotes", "signatures", "diagnostics", "rejects"]


def folders(root):
    """The rows of each folder, its files one after another."""
    files = sorted(path for path in root.rglob("*.parquet") if not path.name.startswith(("_", ".")))
    found = {}
    for file in files:
        found.setdefault(str(file.parent.relative_to(root)), []).append(pq.ParquetFile(file).read())
    return {folder: pa.concat_tables(tables).replace_schema_metadata() for folder, tables in found.items()}


def differences(table, one, other):
    """What is not the same, in words, and how many rows were compared."""
    left, right = (f"SELECT * FROM read_parquet('{root}/{table}/**/[!_.]*.parquet', hive_partitioning = false)" for root in (one, other))
    rows, other_rows = (duckdb.sql(f"SELECT count(*) FROM ({query})").fetchall()[0][0] for query in (left, right))
    wrong = [] if rows == other_rows else [f"{rows} rows and {other_rows}"]
    for first, second in ((left, right), (right, left)):
        only = duckdb.sql(f"SELECT count(*) FROM (({first}) EXCEPT ALL ({second}))").fetchall()[0][0]
        wrong += [f"{only} rows that the other has not"] if only else []
    here, there = folders(one / table), folders(other / table)
    if here.keys() != there.keys():
        wrong.append(f"folders {sorted(here.keys() ^ there.keys())}")
    for folder in here.keys() & there.keys():
        if here[folder].schema != there[folder].schema:
            wrong.append(f"{folder}: columns {here[folder].schema} and {there[folder].schema}")
        elif not here[folder].equals(there[folder]):
            wrong.append(f"{folder}: the rows stand in another order")
    return wrong, f"{rows:,} rows in {len(here)} folder" + "s" * (len(here) > 1)


def report_differences(one, other):
    for name in one.keys() & other.keys():
        first, second = one[name], other[name]
        if name == "tables":
            first, second = ({table: counts["rows"] for table, counts in tables.items()} for tables in (first, second))
        if first != second:
            yield f"{name}: {first} and {second}"


def main(converted, converted_report, spark, spark_report):
    all_well = True
    for table in TABLES:
        wrong, seen = differences(table, Path(converted), Path(spark))
        print(f"  {table}: {'; '.join(wrong) or f'{seen}: equal, EXCEPT ALL is empty both ways, the same order'}")
        all_well &= not wrong
    with open(converted_report, encoding="utf-8") as one, open(spark_report, encoding="utf-8") as other:
        first, second = json.load(one), json.load(other)
    wrong = list(report_differences(first, second))
    counts = {name: first[name] if isinstance(first[name], int) else sum(first[name].values()) for name in
              ("entries", "filings", "duplicates", "filtered", "other_forms", "corrections", "rejects")}
    shown = " ".join(f"{name} {count:,}" for name, count in counts.items())
    print(f"  report: {'; '.join(wrong) or f'equal: {shown}'}")
    sys.exit(0 if all_well and not wrong else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
