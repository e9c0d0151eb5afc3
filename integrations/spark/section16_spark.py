"""Converts EDGAR dumps of insider filings to Parquet on a Spark cluster: see README.md.

    spark-submit section16_spark.py [OPTIONS] INPUT... -o OUTPUT [-- ARGUMENTS OF section16 parse]

Every archive is read once, by `section16 parse --table all`, whose Arrow stream goes through `mapInArrow` into a staging folder. What
comes after reads only that folder: of the copies of a filing the best is chosen, and table after table is shuffled by its folders'
key, sorted and written. All that is written goes through Spark's commit protocol, so that the attempts of a task that were lost leave
no rows, and OUTPUT sees tables that are whole.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections import Counter
from typing import Any, Iterable, Iterator, NamedTuple

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.pandas.types import from_arrow_schema, from_arrow_type

# The columns of `filings` that count the rows of a filing in the other tables.
COUNTS = {
    "reporting_owners": "owner_count",
    "transactions": "transaction_count",
    "holdings": "holding_count",
    "footnotes": "footnote_count",
    "diagnostics": "diagnostic_count",
}
# What becomes of entries.
PARTS = ["filings", "duplicates", "filtered", "other_forms", "corrections", "rejects"]
# The column of the rows that hold what section16 said of a shard, and nothing else.
REPORT = pa.field("report", pa.string())
# What the job relies on, whatever the cluster says.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.parquet.writeLegacyFormat": "false",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}


class JobError(Exception):
    """What a person should know; there is no need for a trace."""


# Inputs to shards, on the driver.


class File(NamedTuple):
    """An input: its path as bytes, for a path need not be text, and its size, `None` where only section16 can tell."""

    path: bytes
    size: int | None


def find(inputs: list[str]) -> Iterator[File]:
    """The inputs that are files, and all files in those that are folders.

    As `convert` does it: links to folders are followed after all else, and only to what is not read yet.
    """
    walked: set[tuple[int, int]] = set()
    links: list[str] = []
    for name in inputs:
        if "://" in name:
            yield File(os.fsencode(name), None)
        elif os.path.isdir(name):
            yield from find_in(name, walked, links)
        else:
            yield look_at(name)
    while links:
        links.sort(key=os.fsencode)
        yield from find_in(links.pop(0), walked, links)


def find_in(folder: str, walked: set[tuple[int, int]], links: list[str]) -> Iterator[File]:
    data = os.stat(folder)
    if (data.st_dev, data.st_ino) in walked:
        return
    walked.add((data.st_dev, data.st_ino))
    # A folder that cannot be listed ends the job: what is in it would be missing without a word.
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            if os.path.islink(path):
                links.append(path)
            else:
                yield from find_in(path, walked, links)
        elif os.path.islink(path) and not os.path.exists(path):
            # A link to nowhere: section16 rejects it and says so.
            yield File(os.fsencode(path), 0)
        else:
            yield look_at(path)


def look_at(path: str) -> File:
    if not os.path.isfile(path):
        raise JobError(f"{path} is no file or folder that can be read here; executors must see it under the same path")
    return File(os.fsencode(path), os.stat(path).st_size)


def shards(files: Iterator[File], group_bytes: int, group_files: int = 10_000) -> list[list[bytes]]:
    """What one task reads each, the largest first: a large file alone, small ones together. A path that comes twice is taken once."""
    done: list[tuple[int, list[bytes]]] = []
    group: list[bytes] = []
    held = 0
    for path, size in sorted(set(files), key=lambda file: file.path):
        if size is None or size >= group_bytes:
            done.append((sys.maxsize if size is None else size, [path]))
            continue
        if group and (held + size > group_bytes or len(group) == group_files):
            done.append((held, group))
            group, held = [], 0
        group.append(path)
        held += size
    if group:
        done.append((held, group))
    return [paths for _, paths in sorted(done, key=lambda shard: -shard[0])]


# Shards to rows, on the executors.


def program() -> str:
    """What `SECTION16_BIN` names, else the program that `--files` brought, else the first on the path."""
    named = os.environ.get("SECTION16_BIN")
    if named:
        return named
    shipped = SparkFiles.get("section16")
    found = shipped if os.path.isfile(shipped) else shutil.which("section16")
    if found is None:
        raise JobError("the program section16 is not here: ship it with --files, put it on the path, or set SECTION16_BIN")
    return found


def entry_schema() -> pa.Schema:
    """The columns of what section16 reads, as the program itself tells them."""
    done = subprocess.run([*command(), "--files-from", os.devnull], stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise JobError(f"section16 ended with {done.returncode}: {last_words(done.stderr)}")
    return pa.ipc.open_stream(done.stdout).schema


def command() -> list[str]:
    return [program(), "parse", "--log-format=json", "--table=all", "--format=arrow-stream"]


def read_shards(batches: Iterator[pa.RecordBatch], arguments: list[str], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """For `mapInArrow`: shards to entries, and after those of a shard a row with nothing but the report."""
    for batch in batches:
        for paths in batch.column("paths").to_pylist():
            yield from read(paths, arguments, schema)


def read(paths: list[bytes], arguments: list[str], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The entries of some files as they are read, and the report.

    A run that does not end well raises, whatever came before: Spark drops the rows of an attempt that failed.
    """
    columns = schema.append(REPORT)
    with tempfile.TemporaryFile() as listed, tempfile.TemporaryFile() as said:
        listed.write(b"".join(path + b"\0" for path in paths))
        listed.seek(0)
        process = subprocess.Popen(
            [*command(), "--files-from=-", *arguments], stdin=listed, stdout=subprocess.PIPE, stderr=said
        )
        try:
            broken = None
            try:
                with pa.ipc.open_stream(process.stdout) as entries:
                    if entries.schema.types != schema.types:
                        raise JobError(f"{program()} on this executor is another version than the driver's")
                    for batch in entries:
                        arrays = [*batch.columns, pa.nulls(batch.num_rows, REPORT.type)]
                        yield pa.RecordBatch.from_arrays(arrays, schema=columns)
            except (pa.ArrowInvalid, OSError) as error:
                broken = error
            process.stdout.close()
            # A stream that ends between two batches looks whole: only the exit code tells. 3: some entries were rejected.
            code = process.wait()
        finally:
            process.kill()
            process.wait()
        said.seek(0)
        events = said.read()
        if broken or code not in (0, 3):
            raise JobError(f"section16 ended with {code}: {last_words(events) or broken}") from broken
        report = next(event["report"] for event in map(json.loads, events.splitlines()) if event["event"] == "report")
        arrays = [*(pa.nulls(1, field.type) for field in schema), pa.array([json.dumps(report)])]
        yield pa.RecordBatch.from_arrays(arrays, schema=columns)


def last_words(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").splitlines()[-3:])


# Rows to a data set, by Spark.


class Layout:
    """How tables are split into folders, as `section16 convert --partition` does it."""

    def __init__(self, text: str):
        kind, _, number = text.partition("=")
        self.buckets = int(number) if kind == "issuer-bucket" and number.isdigit() else 0
        if text not in ("issuer", "year", "none") and not 1 <= self.buckets <= 10_000:
            raise argparse.ArgumentTypeError(f"{text!r} is none of issuer, issuer-bucket=N (N from 1 to 10000), year, none")
        self.name = None if kind == "none" else kind.replace("-", "_")
        # A folder of these is written by one task; of the others, by as many as its rows need.
        self.is_by_issuer = kind.startswith("issuer")

    def key(self) -> Column:
        """The folder's key, as text that is never null."""
        if self.buckets:
            number = F.coalesce(F.col("issuer_cik").cast("bigint"), F.lit(0)) % self.buckets
            return F.lpad(F.coalesce(number, F.lit(0)).cast("string"), 4, "0")
        if self.name == "year":
            return F.coalesce(F.lpad(F.year("filing_date").cast("string"), 4, "0"), F.lit("unknown"))
        return F.coalesce(F.col("issuer_cik"), F.lit("unknown"))

    def unknown(self) -> str:
        """The folder of an empty table."""
        return f"{self.name}={'0000' if self.buckets else 'unknown'}"


class Folder:
    """A folder in whatever file system Hadoop knows."""

    def __init__(self, spark: SparkSession, path: str):
        self.jvm = spark._jvm.org.apache.hadoop.fs
        self.path = path.rstrip("/")
        self.system = self.jvm.Path(path).getFileSystem(spark._jsc.hadoopConfiguration())

    def __truediv__(self, name: str) -> str:
        return f"{self.path}/{name}"

    def has(self, name: str) -> bool:
        return self.system.exists(self.jvm.Path(self / name))

    def move(self, name: str, to: str) -> None:
        target = self.jvm.Path(self / to)
        self.system.mkdirs(target.getParent())
        if not self.system.rename(self.jvm.Path(self / name), target):
            raise JobError(f"{self / name} cannot be moved to {self / to}")

    def remove(self, name: str) -> None:
        self.system.delete(self.jvm.Path(self / name), True)

    def measure(self, name: str) -> tuple[int, int]:
        """The number of the Parquet files below, and their bytes."""
        files, count, size = self.system.listFiles(self.jvm.Path(self / name), True), 0, 0
        while files.hasNext():
            file = files.next()
            if file.getPath().getName().endswith(".parquet"):
                count, size = count + 1, size + file.getLen()
        return count, size


class Job:
    """One run, from shards to tables."""

    def __init__(self, spark: SparkSession, output: str, layout: Layout, arguments: list[str]):
        self.spark, self.layout, self.arguments = spark, layout, arguments
        self.schema = entry_schema()
        # The columns that are lists are the tables.
        self.tables = [field.name for field in self.schema if pa.types.is_list(field.type)]
        self.output = Folder(spark, output)
        # Readers of data sets pass over what begins with `_`.
        self.staging = f"_staging-{uuid.uuid4().hex}"

    def run(self, shards: list[list[bytes]], overwrite: bool) -> dict[str, Any]:
        """Reads, writes and publishes; gives the report."""
        self.check(overwrite)
        try:
            entries, reports = self.read(shards)
            kept = self.keep(entries)
            for table in self.tables:
                self.write(table, entries, kept)
            told = [json.loads(row.report) for row in reports.toLocalIterator()]
            report = self.report(summed(told))
            self.check_counts(report, {
                "shards": (len(shards), len(told)),
                "copies": (report["filings"] + report["duplicates"], entries.where(F.size("filings") == 1).count()),
                "filings": (report["filings"], kept.count()),
            })
        except BaseException:
            self.output.remove(self.staging)
            raise
        self.publish()
        return report

    def check(self, overwrite: bool) -> None:
        """Refuses a folder that would lose something."""
        if self.output.has("_section16"):
            raise JobError(f"{self.output.path} holds a data set of `section16 convert`; choose another folder")
        there = [table for table in self.tables if self.output.has(table)]
        if there and not overwrite:
            raise JobError(f"{self.output.path} holds {', '.join(there)} already; --overwrite replaces them")

    def read(self, shards: list[list[bytes]]) -> tuple[DataFrame, DataFrame]:
        """Reads each shard once, into the staging folder. Gives the entries, and the reports of section16."""
        schema = self.schema
        columns = from_arrow_schema(schema.append(REPORT), prefer_timestamp_ntz=False)
        columns = T.StructType([T.StructField(field.name, field.dataType) for field in columns])
        tasks = self.spark.sparkContext.parallelize([(paths,) for paths in shards], max(1, len(shards)))
        tasks = self.spark.createDataFrame(tasks, "paths array<binary>")
        read = functools.partial(read_shards, arguments=self.arguments, schema=schema)
        # Not a cache: what an executor held would be read again where it is lost.
        tasks.mapInArrow(read, columns).write.parquet(self.staged("entries"))
        staged = self.spark.read.schema(columns).parquet(self.staged("entries"))
        return staged.where("report IS NULL"), staged.where("report IS NOT NULL").select("report")

    def keep(self, entries: DataFrame) -> DataFrame:
        """The copy of each filing that is kept: the least by rank, path (byte by byte), entry and offset."""
        filing = F.get("filings", F.lit(0))
        keys = [filing[name].alias(name) for name in ("issuer_cik", "filing_date")]
        copies = self.copies(entries, "filings").select("filing_id", F.struct("place", *keys).alias("copy"))
        best = copies.groupBy("filing_id").agg(F.min("copy").alias("copy")).select("filing_id", "copy.*")
        best.write.parquet(self.staged("kept"))
        return self.spark.read.parquet(self.staged("kept"))

    def copies(self, entries: DataFrame, table: str) -> DataFrame:
        """The entries with rows in a table of filings, the filing of each, and what tells its copies apart."""
        filing = F.get("filings", F.lit(0))
        names = ("source_path", "source_entry", "source_offset")
        parts = [F.col(name) if name == "source_entry" else filing[name] for name in names]
        place = F.struct("source_rank", *(part.alias(name) for part, name in zip(parts, names)))
        entries = entries.where(F.size(table) > 0)
        return entries.withColumn("filing_id", filing["filing_id"]).withColumn("place", place)

    def write(self, table: str, entries: DataFrame, kept: DataFrame) -> None:
        """Writes a table, sorted as `convert` sorts it."""
        if table == "rejects":
            rows = self.rows(entries, table)
            names = ["row.source_path", "source_entry", "row.source_offset", "row.code", "row.message"]
            order = [F.col(name) for name in names]
        else:
            copies = self.copies(entries, table).join(kept, ["filing_id", "place"])
            rows = self.rows(copies, table, "filing_id", "issuer_cik", "filing_date")
            order = [F.asc_nulls_last("issuer_cik"), F.asc_nulls_last("filing_date"), F.col("filing_id"), F.col("position")]
        name = None if table in ("diagnostics", "rejects") else self.layout.name
        columns = [required(F.col("row")[f.name], f).alias(f.name) for f in self.schema.field(table).type.value_type]
        if name is None:
            rows = rows.repartitionByRange(*order).sortWithinPartitions(*order).select(*columns)
            rows.write.parquet(self.staged(f"tables/{table}"))
            return
        rows = rows.withColumn(name, self.layout.key())
        order = [F.col(name), *order]
        rows = rows.repartition(name) if self.layout.is_by_issuer else rows.repartitionByRange(*order)
        rows = rows.sortWithinPartitions(*order).select(*columns, name)
        rows.write.partitionBy(name).parquet(self.staged(f"tables/{table}"))
        if self.output.measure(f"{self.staging}/tables/{table}")[0] == 0:
            rows.drop(name).write.parquet(self.staged(f"tables/{table}/{self.layout.unknown()}"))

    def rows(self, entries: DataFrame, table: str, *columns: str) -> DataFrame:
        """A table's rows in `row`, where each stands in its filing, and what else they are sorted by."""
        return entries.select("source_entry", *columns, F.posexplode(table).alias("position", "row"))

    def report(self, sums: dict[str, Any]) -> dict[str, Any]:
        """What became of every entry, and what lies in the files."""
        tables = {}
        for table in self.tables:
            files, size = self.output.measure(f"{self.staging}/tables/{table}")
            tables[table] = {"rows": self.table(table).count(), "files": files, "bytes": size}
        filings = tables["filings"]["rows"]
        return {
            "entries": sums["entries"],
            "filings": filings,
            "duplicates": sums["filings"] - filings,
            "filtered": sums["filtered"],
            "other_forms": sums["other_forms"],
            "corrections": sums["corrections"],
            "rejects": sums["rejects"],
            "diagnostics": dict(sorted(self.table("diagnostics").groupBy("code").count().collect())),
            "tables": tables,
            "files_read": sums["files_read"],
            "bytes_read": sums["bytes_read"],
            "bytes_decompressed": sums["bytes_decompressed"],
        }

    def check_counts(self, report: dict[str, Any], pairs: dict[str, tuple[int, int]]) -> None:
        """Raises where the counts do not add up, to one another and to the rows that lie in the files."""
        tables = {table: counts["rows"] for table, counts in report["tables"].items()}
        promised = self.table("filings").agg(*(F.sum(count).alias(table) for table, count in COUNTS.items())).first()
        checks = {
            **pairs,
            "entries": (report["entries"], sum(total(report[part]) for part in PARTS)),
            "rejects": (total(report["rejects"]), tables["rejects"]),
            **{table: (promised[table] or 0, tables[table]) for table in COUNTS},
        }
        wrong = [f"{name}: {one:,} and {other:,}" for name, (one, other) in checks.items() if one != other]
        if wrong:
            raise JobError(f"the counts do not add up: {'; '.join(wrong)}")

    def publish(self) -> None:
        """Gives the tables their names. An earlier table stays until its successor is whole."""
        for table in self.tables:
            if self.output.has(table):
                self.output.move(table, f"{self.staging}/replaced/{table}")
            self.output.move(f"{self.staging}/tables/{table}", table)
        self.output.remove(self.staging)

    def table(self, name: str) -> DataFrame:
        return self.spark.read.parquet(self.staged(f"tables/{name}"))

    def staged(self, name: str) -> str:
        return self.output / f"{self.staging}/{name}"


def required(column: Column, field: pa.Field) -> Column:
    """The same values, never null where `field` says so: Spark forgets that on the way through a file."""
    if pa.types.is_list(field.type):
        return F.transform(column, lambda item: required(item, field.type.value_field))
    if pa.types.is_struct(field.type):
        return F.struct(*(required(column[f.name], f).alias(f.name) for f in field.type))
    if field.nullable:
        return column
    return F.coalesce(column, F.lit("0").cast(from_arrow_type(field.type)))


def summed(reports: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The counts of some runs of section16 together."""
    names = ["entries", "filings", "filtered", "corrections", "files_read", "bytes_read", "bytes_decompressed"]
    sums = {name: 0 for name in names}
    by_name = {name: Counter() for name in ("other_forms", "rejects")}
    for report in reports:
        for name in names:
            sums[name] += report[name]
        for name, counts in by_name.items():
            counts.update(report[name])
    return {**sums, **{name: dict(sorted(counts.items())) for name, counts in by_name.items()}}


def total(count: int | dict[str, int]) -> int:
    return sum(count.values()) if isinstance(count, dict) else count


def as_text(report: dict[str, Any]) -> str:
    """The report for a person."""
    lines = [f"     {'entries':<17} {report['entries']:>12,}"]
    for sign, part in zip("=+++++", PARTS):
        lines.append(f"  {sign}  {part.replace('_', ' '):<17} {total(report[part]):>12,}")
    for name in ("rejects", "diagnostics"):
        lines += ["", f"{name.capitalize()} ({total(report[name]):,})"]
        lines += [f"     {code:<24} {count:>5,}" for code, count in sorted(report[name].items(), key=lambda item: -item[1])]
    lines += ["", f"{'Table':<22} {'rows':>12} {'files':>8} {'bytes':>15}"]
    lines += [f"{table:<22} {t['rows']:>12,} {t['files']:>8,} {t['bytes']:>15,}" for table, t in report["tables"].items()]
    return "\n".join(lines)


def typed() -> argparse.Namespace:
    """What was typed; what stands behind `--` is for section16."""
    own, arguments = sys.argv[1:], []
    if "--" in own:
        own, arguments = own[: own.index("--")], own[own.index("--") + 1 :]
    parser = argparse.ArgumentParser(
        usage="spark-submit section16_spark.py [OPTIONS] INPUT... -o OUTPUT [-- ARGUMENTS OF section16 parse]",
        description="Converts EDGAR dumps of insider filings to Parquet on a Spark cluster.",
    )
    known = "files, folders and archives, under paths that every executor knows"
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help=known)
    parser.add_argument("--files-from", metavar="FILE", help="a list of more inputs, one a line")
    parser.add_argument("-o", "--output", required=True, help="the folder of the data set, any URI that Hadoop knows")
    parser.add_argument("--partition", type=Layout, default="issuer", help="issuer (default), issuer-bucket=N, year or none")
    parser.add_argument("--overwrite", action="store_true", help="replace the tables that are there")
    together = "small files are read together, up to so many MiB a task (default 128); a larger one is one task"
    parser.add_argument("--group-mib", type=int, default=128, metavar="N", help=together)
    parser.add_argument("--report", choices=["text", "json"], default="text")
    options = parser.parse_args(own)
    if options.files_from:
        with open(options.files_from, encoding="utf-8", errors="surrogateescape") as names:
            options.inputs += [name for name in names.read().split("\n") if name]
    if not options.inputs:
        parser.error("no INPUT")
    options.arguments = arguments
    return options


def main() -> None:
    options = typed()
    spark = SparkSession.builder.appName("section16").getOrCreate()
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    try:
        threads = f"--threads={spark.sparkContext.getConf().get('spark.task.cpus', '1')}"
        job = Job(spark, options.output, options.partition, [threads, *options.arguments])
        report = job.run(shards(find(options.inputs), options.group_mib << 20), options.overwrite)
    except JobError as error:
        sys.exit(f"section16_spark: {error}")
    print(json.dumps(report) if options.report == "json" else as_text(report))


if __name__ == "__main__":
    main()
