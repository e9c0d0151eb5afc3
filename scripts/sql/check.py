"""Holds the views that a file of SQL makes against expected CSV files: check.py VIEWS.sql EXPECTED ACTUAL

EXPECTED has columns.csv (view, column, type of every view but those that are plain tables) and a file a view, SCHEMA.VIEW.csv, with its
rows in order of all columns. What the views hold is written to ACTUAL in the same way.
"""

import csv
import difflib
import pathlib
import sys

import duckdb

TABLES = {"filings", "reporting_owners", "transactions", "holdings", "footnotes", "signatures", "diagnostics", "rejects"}


def views(db):
    rows = db.execute(
        "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    without = [name for _, name, comment in rows if not comment]
    if without:
        sys.exit(f"no comment on {without}")
    return [(schema, name) for schema, name, _ in rows if (schema, name) not in {("section16", t) for t in TABLES}]


def columns(db, schema, name):
    rows = db.execute(f"DESCRIBE {schema}.{name}").fetchall()
    return [(row[0], row[1]) for row in rows]


def rows(db, schema, name):
    names = [column for column, _ in columns(db, schema, name)]
    as_text = ", ".join(f'CAST("{column}" AS VARCHAR)' for column in names)
    return [names, *db.execute(f"SELECT {as_text} FROM {schema}.{name} ORDER BY ALL").fetchall()]


def write(path, table):
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)


def main(sql, expected, actual):
    actual.mkdir(parents=True, exist_ok=True)
    db = duckdb.connect()
    # Twice: what is there is replaced.
    for _ in range(2):
        for statement in duckdb.extract_statements(sql.read_text()):
            db.execute(statement).fetchall()
    types = [["view", "column", "type"]]
    for schema, name in views(db):
        types += [[f"{schema}.{name}", *column] for column in columns(db, schema, name)]
        write(actual / f"{schema}.{name}.csv", rows(db, schema, name))
    write(actual / "columns.csv", types)
    differences = []
    for name in sorted({path.name for folder in (expected, actual) for path in folder.glob("*.csv")}):
        texts = [(folder / name).read_text() if (folder / name).exists() else "" for folder in (expected, actual)]
        lines = [text.splitlines(keepends=True) for text in texts]
        differences += difflib.unified_diff(*lines, f"expected/{name}", f"actual/{name}", n=0)
    sys.stdout.writelines(differences)
    sys.exit(bool(differences))


main(*map(pathlib.Path, sys.argv[1:]))
