"""Runs one engine's block of docs/engines.md as it stands, and measures every column of every table through it.

    engines_measure.py PAGE ENGINE SCHEME SCHEMA RESULT

Works in the folder that holds `insider`; SCHEMA is what `section16 schema --format json` prints. Writes one JSON object to the
file RESULT: for each table its rows, and for each column its type, how many values are not null, and a total. The total of numbers is
their exact sum, of flags how many are true, of days and times the first and last, of texts their characters, of footnote marks their number and
the characters of the footnotes' names.
"""

import datetime
import json
import re
import sys
from decimal import Decimal

from blocks import blocks

KINDS = {
    "Utf8": "text",
    "Decimal128(18, 6)": "decimal",
    "Date32": "date",
    "Timestamp(Microsecond, UTC)": "time",
    "Boolean": "flag",
    "Int32": "int32",
    "Int64": "int64",
}


def kind(arrow):
    return KINDS.get(arrow, "marks" if arrow.startswith("List") else None)


def tables(schema):
    """The kind of each column of each table."""
    with open(schema, encoding="utf-8") as file:
        listed = json.load(file)["tables"]
    return {t["table"]: {c["column"]: kind(c["arrow"]) for c in t["columns"]} for t in listed}


def moment(value):
    """A day or a time in one spelling, whichever engine gave it."""
    if value is None:
        return "-"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def measure(type_, kind, count, values):
    """What is compared of a column. Lists without marks are null in some engines and empty in others, so nulls of lists do not count."""
    if kind in ("date", "time"):
        total = " ".join(map(moment, values))
    elif kind == "decimal":
        total = format(Decimal(values[0] or 0).quantize(Decimal("0.000001")), "f")
    else:
        total = " ".join(str(int(value or 0)) for value in values)
    return [type_, 0 if kind == "marks" else int(count), total]


class Sql:
    """Measures with one statement a table, in the words of one dialect."""

    quote = '"'
    length = "length({})"
    as_utc = "{}"
    marks = ("", "")

    def totals(self, name, kind):
        if kind == "text":
            return [f"sum({self.length.format(name)})"]
        if kind == "flag":
            return [f"sum(CASE WHEN {name} THEN 1 ELSE 0 END)"]
        if kind == "marks":
            return [f"sum({part.format(name)})" for part in self.marks]
        if kind in ("date", "time"):
            value = self.as_utc.format(name) if kind == "time" else name
            return [f"min({value})", f"max({value})"]
        return [f"sum({name})"]

    def measure(self, table, kinds):
        terms = ["count(*)"]
        for name, kind in kinds.items():
            name = f"{self.quote}{name}{self.quote}"
            terms += [f"count({name})", *self.totals(name, kind)]
        values = iter(self.row(f"SELECT {', '.join(terms)} FROM {self.place(table)}"))
        rows, types, columns = int(next(values)), self.types(table), {}
        for name, kind in kinds.items():
            count = next(values)
            columns[name] = measure(types[name], kind, count, [next(values) for _ in self.totals(name, kind)])
        return rows, columns

    def place(self, table):
        return table


class DuckDb(Sql):
    marks = ("len({})", "list_sum(list_transform({}, lambda m: length(m.footnote_id)))")
    as_utc = "CAST(({} AT TIME ZONE 'UTC') AS TIMESTAMP)"

    def __init__(self, names):
        self.db = names["db"]

    def row(self, statement):
        return self.db.sql(statement).fetchall()[0]

    def types(self, table):
        return {name: type_ for name, type_, *_ in self.db.sql(f"DESCRIBE {table}").fetchall()}


class ClickHouse(Sql):
    length = "lengthUTF8({})"
    marks = ("length({})", "arraySum(arrayMap(m -> lengthUTF8(m.footnote_id), {}))")

    def __init__(self, names):
        self.db = names["db"]

    def place(self, table):
        return f"insider.{table}"

    def row(self, statement):
        settings = "SETTINGS output_format_json_quote_decimals = 1"
        row = json.loads(str(self.db.query(f"{statement} {settings}", "JSONCompact")))["data"][0]
        return [value.removesuffix(".000000") if isinstance(value, str) else value for value in row]

    def types(self, table):
        answer = json.loads(str(self.db.query(f"DESCRIBE insider.{table}", "JSONCompact")))
        types = {name: " ".join(type_.split()) for name, type_, *_ in answer["data"]}
        return {name: re.sub(r"^Nullable\((.*)\)$", r"\1", type_) for name, type_ in types.items()}


class DataFusion(Sql):
    length = "char_length({})"

    def __init__(self, names):
        self.db = names["db"]

    def row(self, statement):
        return list(self.db.sql(statement).to_pylist()[0].values())

    def types(self, table):
        return {row["column_name"]: row["data_type"] for row in self.db.sql(f"DESCRIBE {table}").to_pylist()}

    def measure(self, table, kinds):
        self.table = table
        return super().measure(table, kinds)

    def totals(self, name, kind):
        if kind != "marks":
            return super().totals(name, kind)
        unnested = f"SELECT unnest({name}) AS m FROM {self.table}"
        return [
            f"sum(array_length({name}))",
            f"(SELECT sum(char_length(m['footnote_id'])) FROM ({unnested}))",
        ]


class Spark(Sql):
    quote = "`"
    # An aggregate skips null, and the size of a null list would be -1.
    marks = (
        "CASE WHEN {0} IS NULL THEN 0 ELSE size({0}) END",
        "aggregate({}, 0, (sum, m) -> sum + length(m.footnote_id))",
    )

    def __init__(self, names):
        self.spark = names["spark"]

    def row(self, statement):
        return list(self.spark.sql(statement).first())

    def types(self, table):
        return dict(self.spark.table(table).dtypes)

    def totals(self, name, kind):
        if kind != "time":
            return super().totals(name, kind)
        # As text, because Python gets times in the zone of the machine.
        return [f"CAST({end}({name}) AS STRING)" for end in ("min", "max")]


class Polars:
    def __init__(self, names):
        import polars

        self.pl, self.table = polars, names["table"]

    def measure(self, table, kinds):
        scan = self.table(table)
        types = {name: str(type_) for name, type_ in scan.collect_schema().items()}
        frame = scan.collect()
        columns = {
            name: measure(types[name], kind, frame[name].count(), self.values(frame[name], kind)) for name, kind in kinds.items()
        }
        return frame.height, columns

    def values(self, column, kind):
        if kind == "text":
            return [column.str.len_chars().sum()]
        if kind in ("date", "time"):
            return [column.min(), column.max()]
        if kind == "marks":
            marks = column.explode().drop_nulls()
            return [len(marks), marks.struct.field("footnote_id").str.len_chars().sum()]
        return [column.sum()]


class PyArrow:
    def __init__(self, names):
        import pyarrow.compute

        self.pc, self.table = pyarrow.compute, names["table"]

    def measure(self, table, kinds):
        read, columns = self.table(table).to_table(), {}
        for name, kind in kinds.items():
            column = read[name]
            count = len(column) - column.null_count
            columns[name] = measure(str(column.type), kind, count, self.values(column, kind))
        return read.num_rows, columns

    def values(self, column, kind):
        pc = self.pc
        if kind == "text":
            return [pc.sum(pc.utf8_length(column)).as_py()]
        if kind in ("date", "time"):
            ends = pc.min_max(column).as_py()
            return [ends["min"], ends["max"]]
        if kind == "marks":
            marks = pc.list_flatten(column)
            return [len(marks), pc.sum(pc.utf8_length(pc.struct_field(marks, "footnote_id"))).as_py()]
        return [pc.sum(column).as_py()]


class Pandas:
    def __init__(self, names):
        self.table = names["table"]

    def measure(self, table, kinds):
        frame = self.table(table)
        columns = {}
        for name, kind in kinds.items():
            column = frame[name]
            columns[name] = measure(str(column.dtype), kind, column.count(), self.values(column, kind))
        return len(frame), columns

    def values(self, column, kind):
        if kind == "text":
            return [column.str.len().sum()]
        if kind in ("date", "time"):
            ends = [column.min(), column.max()] if column.count() else [None, None]
            # Beyond what a calendar of nanoseconds holds, times are Python's.
            return [end.to_pydatetime() if hasattr(end, "to_pydatetime") else end for end in ends]
        if kind == "marks":
            marks = column.list.flatten()
            return [len(marks), marks.struct.field("footnote_id").str.len().sum()]
        return [column.sum()]


ENGINES = {
    "duckdb": DuckDb,
    "polars": Polars,
    "pyarrow": PyArrow,
    "pandas": Pandas,
    "clickhouse": ClickHouse,
    "datafusion": DataFusion,
    "spark": Spark,
}


def main(page, engine, scheme, schema, result):
    ours = [block for block in blocks(page) if block.language == "python" and block.words[0] == engine]
    if not ours or ours[0].words != [engine]:
        sys.exit(f"{page} has no block for {engine}")
    names = {}
    for block in ours:
        # A block with a second word is for data sets with that partition scheme.
        if block.words[1:] in ([], [scheme]):
            own = {}
            exec(compile(block.text, f"{page}: {' '.join(block.words)}", "exec"), own)
            names = names or own
    measured = ENGINES[engine](names)
    found = {table: measured.measure(table, kinds) for table, kinds in tables(schema).items()}
    with open(result, "w", encoding="utf-8") as out:
        json.dump(found, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
