"""Tests of what runs without a cluster; `scripts/spark.sh` runs these and the rest. They need pyspark."""

import argparse
import os
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import pyarrow as pa
import section16_spark as job

SCHEMA = pa.schema([pa.field("source_entry", pa.int64())])
# Writes a stream of two batches, or a part of it, and a report.
STAND_IN = """\
#!{python}
import sys
import pyarrow as pa
names = sys.stdin.buffer.read()
schema = pa.schema([pa.field("source_entry", pa.int64())])
with pa.ipc.new_stream(sys.stdout.buffer, schema) as stream:
    for number in (1, 2):
        stream.write(pa.record_batch([[number]], schema=schema))
        if b"cut" in names:
            sys.stdout.flush()
            sys.stderr.write('{{"event": "message", "message": "disk on fire"}}')
            sys.stderr.flush()
            import os; os._exit(1)
print('{{"event": "message", "message": "hello"}}', file=sys.stderr)
print('{{"event": "report", "report": {{"entries": %d}}}}' % names.count(b"\\0"), file=sys.stderr)
sys.exit(3)
"""


class Inputs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        for name, size in (("in/b/2", 5), ("in/a", 1), ("in/b/1", 3), ("other/3", 2)):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x" * size)

    def found(self, *names):
        files = job.find([str(self.root / name) for name in names])
        return [(os.fsdecode(file.path).removeprefix(f"{self.root}/"), file.size) for file in files]

    def test_folders_are_walked_and_links_come_last(self):
        (self.root / "in/a-link").symlink_to(self.root / "other")
        (self.root / "in/b/loop").symlink_to(self.root / "in")
        (self.root / "in/nowhere").symlink_to(self.root / "gone")
        expected = [("in/a", 1), ("in/b/1", 3), ("in/b/2", 5), ("in/nowhere", 0), ("in/a-link/3", 2)]
        self.assertEqual(self.found("in"), expected)
        self.assertEqual(self.found("other", "in/b/1"), [("other/3", 2), ("in/b/1", 3)])

    def test_names_need_not_be_text(self):
        (self.root / os.fsdecode(b"other/\xff\n")).write_bytes(b"")
        self.assertIn(os.fsencode(self.root / "other") + b"/\xff\n", [file.path for file in job.find([str(self.root / "other")])])

    def test_what_is_no_file_ends_the_job(self):
        os.mkfifo(self.root / "other/pipe")
        with self.assertRaisesRegex(job.JobError, "other/pipe is no file"):
            self.found("other")
        with self.assertRaisesRegex(job.JobError, "missing is no file"):
            self.found("missing")

    def test_small_files_go_together_and_the_largest_come_first(self):
        sizes = {b"a": 4, b"b": 5, b"c": 9, b"d": 2, b"e": 10, b"f": 30, b"s3://g": None}
        files = [job.File(path, size) for path, size in sizes.items()]
        shards = job.shards(iter([*files, files[0]]), 10)
        self.assertEqual(shards, [[b"s3://g"], [b"f"], [b"e"], [b"a", b"b"], [b"c"], [b"d"]])
        many = (job.File(b"%d" % number, 0) for number in range(5))
        self.assertEqual([len(paths) for paths in job.shards(many, 10, group_files=2)], [2, 2, 1])


class Reading(unittest.TestCase):
    def read(self, *paths):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "stand-in")
            program.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            with mock.patch.dict(os.environ, {"SECTION16_BIN": str(program)}):
                return [batch.to_pylist() for batch in job.read(list(paths), [], SCHEMA)]

    def test_the_report_is_the_last_row(self):
        entries = [[{"source_entry": number, "report": None}] for number in (1, 2)]
        self.assertEqual(self.read(b"a", b"b"), [*entries, [{"source_entry": None, "report": '{"entries": 2}'}]])

    def test_a_stream_that_looks_whole_is_not_where_the_program_failed(self):
        with self.assertRaisesRegex(job.JobError, "section16 ended with 1: .*disk on fire"):
            self.read(b"cut")


class Counts(unittest.TestCase):
    def test_reports_are_added_name_by_name(self):
        one = dict.fromkeys(["entries", "filings", "filtered", "corrections", "files_read", "bytes_read", "bytes_decompressed"], 1)
        one |= {"other_forms": {"8-K": 1, "10-K": 2}, "rejects": {}, "seconds": 1.5}
        sums = job.summed([one, {**one, "other_forms": {"8-K": 3}, "rejects": {"no-document": 1}}])
        self.assertEqual((sums["entries"], sums["other_forms"]), (2, {"10-K": 2, "8-K": 4}))
        self.assertEqual(sums["rejects"], {"no-document": 1})
        self.assertEqual(job.summed([])["entries"], 0)

    def test_layouts_are_those_of_convert(self):
        names = {text: (job.Layout(text).name, job.Layout(text).buckets) for text in ("issuer", "issuer-bucket=10000", "year", "none")}
        expected = [("issuer", 0), ("issuer_bucket", 10000), ("year", 0), (None, 0)]
        self.assertEqual(list(names.values()), expected)
        for wrong in ("", "issuer=1", "issuer-bucket", "issuer-bucket=0", "issuer-bucket=10001", "year=1", "none=", "Year"):
            with self.assertRaises(argparse.ArgumentTypeError, msg=wrong):
                job.Layout(wrong)


if __name__ == "__main__":
    unittest.main()
