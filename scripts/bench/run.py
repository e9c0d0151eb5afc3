"""Runs section16 and what it is compared with over the same invented filings; prints Markdown tables, ratios first."""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time

program, filings, issuers, work, peers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
printed = sys.argv[6]
here = pathlib.Path(__file__).parent
out = pathlib.Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else work) / f"section16-bench-{os.getpid()}"
ROUNDS = 3


def measure(command):
    """CPU seconds, wall seconds and peak resident MiB of a command; its best of some rounds, each into a fresh folder."""
    best = None
    for _ in range(ROUNDS):
        shutil.rmtree(out, ignore_errors=True)
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        process = subprocess.Popen(command, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        message = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if os.waitstatus_to_exitcode(status) not in (0, 3):
            sys.exit(f"{command}: {message}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if best is None or cpu < best[0]:
            best = cpu, wall, usage.ru_maxrss / 1024
    shutil.rmtree(out, ignore_errors=True)
    return best


def convert(folder, *options):
    return f"{program} convert {folder} -o {out} --progress none --report json {' '.join(options)}"


def make(name, *options):
    folder = f"{work}/{name}"
    command = [program, "synth", "--filings", str(filings), "--issuers", str(issuers), "--seed", "7", "--output", folder]
    command += options if "--printed-share" in options else ["--printed-share", printed, *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def size(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


INFLATE = {
    "gz": "find {0} -type f -name '*.gz' -print0 | xargs -0 gzip -dc",
    "tar.gz": "find {0} -type f -name '*.gz' -print0 | xargs -0 gzip -dc",
    "zip": "find {0} -type f -name '*.zip' -print0 | xargs -0 -n 1 unzip -p",
    "plain": "find {0} -type f -print0 | xargs -0 cat",
}
CASES = [
    ("many .txt.gz", "gz", ["--container", "gz"]),
    ("many .txt.gz, none printed", "gz", ["--container", "gz", "--printed-share", "0"]),
    ("plain files", "plain", ["--container", "plain"]),
    ("twenty tar.gz", "tar.gz", ["--container", "tar.gz", "--filings-per-archive", str(max(1, filings // 20))]),
    ("one tar.gz", "tar.gz", ["--container", "tar.gz", "--filings-per-archive", str(10 * filings)]),
    ("a zip", "zip", ["--container", "zip", "--filings-per-archive", str(10 * filings)]),
]

print(f"{filings:,} invented filings of {issuers:,} issuers, {float(printed):.0%} of them printed as text or HTML, 5 % of the bytes other forms;")
print(f"CPU and wall seconds, the best of {ROUNDS} rounds. `x` is CPU against decompressing the same bytes with gzip -dc (unzip -p, cat).\n")
print("| input | partition | x CPU | CPU s | wall s | filings/s of CPU | peak MiB |")
print("|---|---|---|---|---|---|---|")
gz = None
for number, (title, kind, options) in enumerate(CASES):
    folder = make(f"case-{number}", *options)
    gz = gz or folder
    floor, wall, _ = measure(INFLATE[kind].format(folder))
    print(f"| {title} ({size(folder) / 1e6:.0f} MB) | decompression alone | 1.00 | {floor:.2f} | {wall:.2f} | {filings / floor:,.0f} | |")
    for partition in ["issuer", "issuer-bucket=64", "none"]:
        cpu, wall, peak = measure(convert(folder, "--partition", partition))
        print(f"| | {partition} | **{cpu / floor:.2f}** | {cpu:.2f} | {wall:.2f} | {filings / cpu:,.0f} | {peak:.0f} |", flush=True)
    if title != "many .txt.gz":
        shutil.rmtree(folder)

folder = f"{work}/feed"
command = [program, "synth", "--filings", str(max(1, filings // 50)), "--container", "nc.tar.gz", "--other-share", "0.97"]
subprocess.run([*command, "--seed", "7", "--output", folder], check=True, stdout=subprocess.DEVNULL)
floor, wall, _ = measure(INFLATE["tar.gz"].format(folder))
cpu, with_all, peak = measure(convert(folder, "--partition", "issuer-bucket=64"))
print(f"| days of the Feed ({size(folder) / 1e6:.0f} MB) | decompression alone | 1.00 | {floor:.2f} | {wall:.2f} | | |")
print(f"| | issuer-bucket=64 | **{cpu / floor:.2f}** | {cpu:.2f} | {with_all:.2f} | {filings // 50 / cpu:,.0f} | {peak:.0f} |", flush=True)

print("\n| threads | many .txt.gz, issuer-bucket=64: wall s | against one thread |")
print("|---|---|---|")
alone = None
for threads in range(1, (os.cpu_count() or 1) + 1):
    _, wall, _ = measure(convert(gz, "--partition", "issuer-bucket=64", "--threads", str(threads)))
    alone = alone or wall
    print(f"| {threads} | {wall:.2f} | {alone / wall:.2f} |", flush=True)

print("\n| the same .txt.gz | x slower | filings/s of CPU | filings/s | peak MiB |")
print("|---|---|---|---|---|")
cpu, wall, peak = measure(convert(gz, "--partition", "none", "--threads", "1"))
own = filings / cpu
print(f"| section16, all tables, one file a table | 1 | {own:,.0f} | {filings / wall:,.0f} | {peak:.0f} |", flush=True)
COMPARED = [
    ("lxml -> pyarrow -> Parquet", "lxml", [f"{here}/baseline.py", "{sample}", "{out}"]),
    ("edgartools, to data frames", "edgartools", [f"{here}/peers.py", "edgartools", "{sample}", "500"]),
    ("datamule, to tables", "datamule", [f"{here}/peers.py", "datamule", "{sample}", "500"]),
]
sample = f"{work}/sample"
subprocess.run([program, "synth", "--filings", "3000", "--issuers", "500", "--seed", "7", "--container", "gz", "--printed-share", printed,
                "--output", sample], check=True, stdout=subprocess.DEVNULL)
for title, name, arguments in COMPARED:
    python = f"{peers}/{name}/bin/python"
    if not os.path.exists(python):
        print(f"| {title} | not there | | | |")
        continue
    arguments = [a.format(sample=sample, out=out) for a in arguments]
    done = subprocess.run([python, *arguments], capture_output=True, text=True)
    shutil.rmtree(out, ignore_errors=True)
    told = re.search(r"([\d.]+) filings/s of CPU, ([\d.]+) filings/s, peak ([\d.]+) MiB", done.stdout)
    if not told:
        print(f"| {title} | failed: {done.stderr.strip().splitlines()[-1:]} | | | |")
        continue
    rate, wall_rate, peak = map(float, told.groups())
    print(f"| {title} | **{own / rate:,.0f}** | {rate:,.0f} | {wall_rate:,.0f} | {peak:.0f} |", flush=True)
