#!/usr/bin/env python3
"""Packs a folder of filings in several ways and checks that each gives the same rows as the folder itself.

    scripts/repack.py SECTION16 FOLDER

SECTION16 is the program, FOLDER holds filings. Needs: pip install duckdb. Exit code 0: all rows equal.
"""
import gzip, io, lzma, os, subprocess, sys, tarfile, tempfile, zipfile
import duckdb

TABLES = "filings reporting_owners transactions holdings footnotes signatures diagnostics rejects".split()
PLACE = {"source_path", "source_member", "source_offset"}


def files(folder):
    """Relative paths, in the order that decides which copy of a filing is kept."""
    found = (os.path.join(d, n) for d, _, names in os.walk(folder) for n in names)
    return sorted((os.path.relpath(p, folder) for p in found), key=os.fsencode)


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as f:
        return f.read()


def pack_gz(folder, out):
    for name in files(folder):
        path = os.path.join(out, name + ".gz")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with gzip.open(path, "wb", compresslevel=1) as f:
            f.write(read(folder, name))


def pack_zip(folder, out):
    with zipfile.ZipFile(os.path.join(out, "all.zip"), "w", zipfile.ZIP_DEFLATED) as z:
        for name in files(folder):
            z.writestr(name, read(folder, name))


def tar_of(folder, mode, change=lambda data: data, ending=""):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as t:
        for name in files(folder):
            data = change(read(folder, name))
            info = tarfile.TarInfo(name + ending)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def pack_tar_gz(folder, out):
    with open(os.path.join(out, "all.tar.gz"), "wb") as f:
        f.write(tar_of(folder, "w:gz"))


def pack_tar_bz2_without_endings(folder, out):
    with open(os.path.join(out, "all"), "wb") as f:
        f.write(tar_of(folder, "w:bz2"))


def pack_gz_in_tar_xz_in_zip(folder, out):
    inner = tar_of(folder, "w", lambda data: gzip.compress(data, 1), ".gz")
    with zipfile.ZipFile(os.path.join(out, "nested.zip"), "w") as z:
        z.writestr("inner.tar.xz", lzma.compress(inner, preset=0))


def convert(program, source, out, *options):
    run = subprocess.run([program, "convert", source, "-o", out, "--progress", "none", *options], stdout=subprocess.PIPE)
    if run.returncode not in (0, 3):
        sys.exit(f"convert of {source} ended with {run.returncode}")


def view(db, out, table, name):
    """A view of the table's columns without those that say where a row was read; returns their names."""
    db.execute(f"CREATE OR REPLACE VIEW {name}_all AS SELECT * FROM "
               f"read_parquet('{out}/{table}/**/*.parquet', hive_partitioning=false)")
    columns = [r[0] for r in db.execute(f"DESCRIBE {name}_all").fetchall() if r[0] not in PLACE]
    listed = ", ".join(f'"{c}"' for c in columns)
    db.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {listed} FROM {name}_all")
    return columns


def differences(db, plain, packed, table):
    if view(db, plain, table, "a") != view(db, packed, table, "b"):
        return "columns differ"
    one = db.execute("SELECT count(*) FROM (FROM a EXCEPT ALL FROM b)").fetchone()[0]
    two = db.execute("SELECT count(*) FROM (FROM b EXCEPT ALL FROM a)").fetchone()[0]
    rows = db.execute("SELECT count(*) FROM a").fetchone()[0]
    return f"{rows} rows, {one} missing, {two} extra" if one or two else rows


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    db, bad = duckdb.connect(), False
    with tempfile.TemporaryDirectory() as work:
        plain = os.path.join(work, "plain")
        convert(program, folder, plain)
        for pack in [pack_gz, pack_zip, pack_tar_gz, pack_tar_bz2_without_endings, pack_gz_in_tar_xz_in_zip]:
            name = pack.__name__.removeprefix("pack_")
            source, out = os.path.join(work, name), os.path.join(work, name + "-out")
            os.makedirs(source)
            pack(folder, source)
            convert(program, source, out)
            results = {table: differences(db, plain, out, table) for table in TABLES}
            wrong = {t: r for t, r in results.items() if not isinstance(r, int)}
            bad = bad or bool(wrong)
            print(f"{name}: {wrong}" if wrong else f"{name}: {sum(results.values())} rows in {len(TABLES)} tables equal")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
