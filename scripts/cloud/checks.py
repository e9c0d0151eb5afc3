"""The checks of cloud.sh: checks.py PROGRAM FOLDER FILINGS."""

import atexit
import gzip
import io
import json
import os
import random
import resource
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import boto3
import pyarrow.parquet as parquet
from proxy import Proxy

program, work, filings = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
BUCKET = "bucket"
OPTIONS = ["--progress", "none", "--report", "json"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server():
    port = free_port()
    log = open(work / "moto.log", "w", encoding="utf-8")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=log, stderr=log)
    atexit.register(server.kill)
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.1)
    sys.exit("the S3 server does not start")


port = start_server()
proxy = Proxy(port)
keys = dict(AWS_ACCESS_KEY_ID="invented", AWS_SECRET_ACCESS_KEY="invented", AWS_REGION="us-east-1")
environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "SECTION16_"))}
environment |= keys | dict(AWS_ENDPOINT_URL=proxy.url, AWS_ALLOW_HTTP="true", TMPDIR=str(work / "tmp"))
(work / "tmp").mkdir()
s3 = boto3.client(
    "s3",
    endpoint_url=f"http://127.0.0.1:{port}",
    aws_access_key_id="invented",
    aws_secret_access_key="invented",
    region_name="us-east-1",
)
s3.create_bucket(Bucket=BUCKET)


def start(*args):
    return subprocess.Popen(
        [program, *map(str, args)], env=environment, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run(*args, codes=(0, 3)):
    process = start(*args)
    out, err = process.communicate()
    if process.returncode not in codes:
        sys.exit(f"section16 {' '.join(map(str, args))} ended with {process.returncode}: {err}")
    return out if process.returncode in (0, 3) else err


def convert(*args, **more):
    return run("convert", *args, *OPTIONS, **more)


def listed(prefix):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix + "/")
    return {item["Key"][len(prefix) + 1 :]: item for page in pages for item in page.get("Contents", [])}


def download(prefix):
    folder = work / "down" / prefix
    shutil.rmtree(folder, ignore_errors=True)
    for name in listed(prefix):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        s3.download_file(BUCKET, f"{prefix}/{name}", str(path))
    return folder


def files(folder):
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    found.pop("_section16/lock", None)
    return found


def same_bytes(prefix, folder):
    here, there = files(folder), files(download(prefix))
    wrong = set(here) ^ set(there) | {n for n in set(here) & set(there) if here[n].read_bytes() != there[n].read_bytes()}
    check(not wrong, f"{prefix}: {len(here)} files have the bytes of a run on disk", sorted(wrong)[:5])


def rows(folder):
    """All rows without the path of the input, in order."""
    tables = {}
    for table in sorted(path.name for path in folder.iterdir() if not path.name.startswith("_")):
        found = []
        for path in sorted((folder / table).rglob("*.parquet")):
            for row in parquet.ParquetFile(path).read().to_pylist():
                row.pop("source_path", None)
                found.append(json.dumps(row, sort_keys=True, default=str))
        tables[table] = sorted(found)
    return tables


def no_work_folder_left():
    left = list((work / "tmp").iterdir())
    check(not left, "nothing is left of the work folder", left)


def check(holds, what, told=""):
    print("ok   " if holds else "WRONG", what, told if not holds else "", flush=True)
    if not holds:
        sys.exit(1)


def uploaded(prefix):
    paths = [path for method, path, _ in proxy.requests if method == "PUT" and "partNumber" not in path]
    return [path for path in paths if f"/{prefix}/" in path and "_section16" not in path]


# Three shapes of input. The large archive is read by several threads, the zip by ranges.
for name, share, years, more in [
    ("day", 1.0, "2005-2010", ["--container", "tar.gz", "--filings-per-archive", filings]),
    ("zips", 1.0, "2011-2016", ["--container", "zip", "--filings-per-archive", filings]),
    ("loose", 0.02, "2017-2022", ["--container", "gz"]),
]:
    run("synth", "--filings", int(filings * share), "--issuers", 60, "--years", years, "-o", f"edgar/{name}", *more)
# Archives of several blocks with the same filings around bytes that do not shrink, and a reject that is kept and large.
texts = [gzip.decompress(path.read_bytes()) for path in files(work / "edgar/loose").values()]
noise = random.Random(16).randbytes(9 << 20)
members = [*texts[:3], noise, *texts[3:]]
with zipfile.ZipFile(work / "edgar/zips/noise.zip", "w") as archive:
    for number, member in enumerate(members):
        archive.writestr(f"{number}.txt", member)
with tarfile.open(work / "edgar/day/noise.tar.gz", "w:gz") as archive:
    for number, member in enumerate(members):
        about = tarfile.TarInfo(f"{number}.txt")
        about.size = len(member)
        archive.addfile(about, io.BytesIO(member))
header = "ACCESSION NUMBER:\t0009900001-24-000001\nCONFORMED SUBMISSION TYPE:\t4\nFILED AS OF DATE:\t20240228\n"
filler = "<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n" + "nothing of interest\n" * 500_000 + "</TEXT>\n</DOCUMENT>\n"
document = f"<SEC-DOCUMENT>\n<SEC-HEADER>\n{header}</SEC-HEADER>\n{filler}</SEC-DOCUMENT>\n"
(work / "edgar/loose/large.txt").write_text(document, encoding="ascii")
for path in files(work / "edgar").values():
    s3.upload_file(str(path), BUCKET, str(path.relative_to(work)))
s3.put_object(Bucket=BUCKET, Key="edgar/day/", Body=b"")  # as some tools make folders

# To the store.
convert("edgar", "-o", "disk-large", "--keep-rejects", "--partition", "none")
convert("edgar", "-o", f"s3://{BUCKET}/large", "--keep-rejects", "--partition", "none")
same_bytes("large", work / "disk-large")
parts = [item for item in listed("large").values() if "-" in item["ETag"]]
check(parts, f"{len(parts)} of them went in parts")
on_disk = json.loads(convert("edgar", "-o", "disk"))
in_store = json.loads(convert("edgar", "-o", f"s3://{BUCKET}/out"))
same_bytes("out", work / "disk")
no_work_folder_left()
counted = {name: on_disk[name] for name in ("entries", "filings", "rejects", "tables")}
check(counted == {name: in_store[name] for name in counted}, f"the report counts {on_disk['filings']} filings as on disk")
message = convert("edgar", "-o", f"s3://{BUCKET}/out", codes=(1,))
check("--overwrite replaces" in message, "a data set that is there is not replaced unasked")
message = run("convert", "edgar", "-o", f"s3://{BUCKET}/out", "--resume", "--progress", "none")
check(message == "", "there is nothing to resume, and that is no failure")

# From the store.
proxy.reset()
convert(f"s3://{BUCKET}/edgar", "-o", f"s3://{BUCKET}/both")
zipped = max(files(work / "edgar/zips").values(), key=lambda path: path.stat().st_size)
spans = [span for method, path, span in proxy.requests if path.endswith(zipped.name) and span]
blocks = -(-zipped.stat().st_size // (4 << 20))
check(blocks > 2 and 0 < len(spans) <= blocks + 2, f"a zip archive of {blocks} blocks was read by {len(spans)} ranges")
expected = rows(work / "disk")
check(rows(download("both")) == expected, "input in the store: the rows of a run on disk")
convert(f"s3://{BUCKET}/edgar/day/", f"s3://{BUCKET}/edgar/zips", f"s3://{BUCKET}/edgar/loose", "-o", "from-store")
check(rows(work / "from-store") == expected, "input in the store, output on disk: the same rows")
loose = sorted((name, path) for name, path in files(work / "edgar/loose").items() if name.endswith(".gz"))
name = next(name for name, path in loose if b"<ownershipDocument" in gzip.decompress(path.read_bytes()))
check(run("inspect", "--json", f"s3://{BUCKET}/edgar/loose/{name}").strip(), "inspect reads an object")
count = len(run("parse", "--table", "filings", f"s3://{BUCKET}/edgar/loose").splitlines())
check(count == len(run("parse", "--table", "filings", "edgar/loose").splitlines()), f"parse gives {count} filings")
message = convert(f"s3://{BUCKET}/nothing", "-o", "nowhere", codes=(1,))
check("there is no object of this key" in message, "an URL that names nothing is refused")

# What is in the way, and what is not ours.
s3.put_object(Bucket=BUCKET, Key="foreign/notes.txt", Body=b"x")
for more in ([], ["--overwrite"], ["--append"]):
    message = convert("edgar/loose", "-o", f"s3://{BUCKET}/foreign", *more, codes=(1,))
    check("is not of section16" in message, f"a prefix of others is refused {' '.join(more)}")
s3.put_object(Bucket=BUCKET, Key="out/filings/notes.txt", Body=b"x")
convert("edgar/loose", "-o", f"s3://{BUCKET}/out", "--overwrite")
check("filings/notes.txt" in listed("out"), "what others have put beside the tables stays")
s3.delete_object(Bucket=BUCKET, Key="out/filings/notes.txt")
convert("edgar/loose", "-o", "disk", "--overwrite")
same_bytes("out", work / "disk")

# More.
convert("edgar/zips", "-o", "disk", "--append")
convert("edgar/zips", "-o", f"s3://{BUCKET}/out", "--append")
same_bytes("out", work / "disk")
proxy.reset()
convert("edgar/zips", "-o", f"s3://{BUCKET}/out", "--append")
same_bytes("out", work / "disk")
check(not uploaded("out"), "what is held already is not sent again")
no_work_folder_left()

# Killed in the midst of sending, again and again.
for number, more in enumerate(([], ["--overwrite"], ["--append"])):
    source, target = ("edgar/day" if more == ["--append"] else "edgar/zips"), f"s3://{BUCKET}/killed"
    convert(source, "-o", "disk-killed", *more)
    proxy.reset(put_seconds=0.3)
    kills, sent, process = 0, 0, start("convert", source, "-o", target, *more, *OPTIONS)
    while process.poll() is None:
        if len(uploaded("killed")) >= sent + 7 and kills < 4:
            process.kill()
            process.communicate()
            kills, sent = kills + 1, len(uploaded("killed"))
            if kills == 1 and not more:
                check("_section16/dataset.json" not in listed("killed"), "a data set that is not whole has no dataset.json")
                message = convert(source, "-o", target, codes=(1,))
                check("--resume" in message, "a run that did not end is not begun again unasked")
            process = start("convert", source, "-o", target, *more, "--resume", *OPTIONS)
        time.sleep(0.02)
    err = process.communicate()[1]
    check(process.returncode in (0, 3) and kills > 0, f"{' '.join(more) or 'convert'}: killed {kills} times and resumed", err)
    same_bytes("killed", work / "disk-killed")
    total = len(uploaded("killed"))
    new = len(files(work / "disk-killed")) - (before if more == ["--append"] else 0)
    check(total <= new + 16 * kills, f"{total} uploads for {new} files: what was there was not sent again")
    before = len(files(work / "disk-killed"))
no_work_folder_left()

# A store that fails.
proxy.reset(fail_every=5, drop_every=2)
convert(f"s3://{BUCKET}/edgar", "-o", f"s3://{BUCKET}/shaky")
failed, dropped = proxy.failed, proxy.dropped
proxy.reset()
check(failed > 3 and dropped > 0, f"{failed} requests were answered with 503 and {dropped} answers broke off")
check(rows(download("shaky")) == expected, "and all rows are there")
proxy.reset(refuse=zipped.name)
message = convert(f"s3://{BUCKET}/edgar", "-o", "unreached", codes=(1,))
is_told = f"cannot read s3://{BUCKET}/edgar/zips/{zipped.name}: " in message and "503" in message
check(is_told and not (work / "unreached/filings").exists(), "a store out of reach ends the run, nothing is left out", message)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
check(most < 600, f"no run took more than {most:.0f} MB of memory")
print("all is well")
