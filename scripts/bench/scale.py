"""Converts archives of several sizes and shows what grows with them; see scripts/scale.sh."""
import argparse
import filecmp
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

PARTITIONS = ["issuer", "issuer-bucket=64", "none"]
HISTORY = {"filings": 5_000_000, "issuers": 25_000}


def arguments():
    numbers = lambda text: [int(number) for number in text.split(",") if number]  # noqa: E731
    parser = argparse.ArgumentParser(prog="scripts/scale.sh")
    parser.add_argument("program")
    parser.add_argument("--filings", type=numbers, default=[10_000, 100_000])
    parser.add_argument("--issuers", type=numbers, default=[5_000, 15_000])
    parser.add_argument("--container", default="tar.gz")
    parser.add_argument("--archive", action="append", default=[])
    parser.add_argument("--outputs", type=lambda text: text.split(","))
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--folder", default=tempfile.gettempdir())
    options = parser.parse_args()
    options.outputs = options.outputs or [folder for folder in ("/dev/shm", options.folder) if os.access(folder, os.W_OK)]
    return options


def run(command, output):
    """Runs a conversion into a fresh folder: its report, with CPU and wall seconds and peak resident MiB."""
    start = time.monotonic()
    process = subprocess.Popen([*command, "-o", output, "--progress", "none", "--report", "json"], stdout=subprocess.PIPE)
    report = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{command} failed")
    report = json.loads(report)
    report |= {"wall": time.monotonic() - start, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}
    report["files"] = sum(table["files"] for table in report["tables"].values())
    return report


def best(options, archive, place, partition):
    """The round with the least CPU. What is written stays until all rounds are done: to remove and make folders at once is slow."""
    with tempfile.TemporaryDirectory(prefix="section16-scale-", dir=place) as folder:
        command = [options.program, "convert", archive, "--partition", partition]
        rounds = [run(command, f"{folder}/{number}") for number in range(options.repeat)]
    least = min(rounds, key=lambda report: report["cpu"])
    return least | {"wall": min(report["wall"] for report in rounds), "peak": max(report["peak"] for report in rounds)}


def same(options, archive):
    """Whether threads and the budget change a byte."""
    with tempfile.TemporaryDirectory(prefix="section16-scale-", dir=options.outputs[0]) as folder:
        cases = {"one thread": ["--threads", "1"], "two threads": ["--threads", "2"], "16 MiB": ["--threads", "2", "--memory", "16MiB"]}
        for name, case in cases.items():
            run([options.program, "convert", archive, *case], f"{folder}/{name}")
        first, *others = [pathlib.Path(folder, name) for name in cases]
        paths = sorted(path.relative_to(first) for path in first.rglob("*.parquet"))
        for other in others:
            if paths != sorted(path.relative_to(other) for path in other.rglob("*.parquet")):
                sys.exit(f"{first.name} and {other.name} give other files")
            _, differ, lost = filecmp.cmpfiles(first, other, paths, shallow=False)
            if differ or lost:
                sys.exit(f"{first.name} and {other.name} differ: {(differ + lost)[:3]}")
        print(f"The smallest archive with {', '.join(cases)}: the same bytes in {len(paths):,} files.\n")


def archives(options, work):
    """Name, whether it was made, and path of each archive, one after another."""
    for filings in options.filings:
        for issuers in options.issuers:
            folder = f"{work}/{filings}-{issuers}"
            command = [options.program, "synth", "--filings", str(filings), "--issuers", str(issuers), "--seed", "7",
                       "--container", options.container, "--output", folder]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            yield f"{filings:,} of {issuers:,}", folder
            shutil.rmtree(folder)
    for archive in options.archive:
        yield os.path.basename(archive.rstrip("/")), archive


def show(name, place, partition, report):
    filings, written = report["filings"], report["bytes_written"]
    cells = [name, f"{report['bytes_decompressed'] / 1e6:,.0f}", partition, place, f"{report['cpu'] / filings * 1e6:.0f}",
             f"{filings / report['cpu']:,.0f}", f"{filings / report['wall']:,.0f}", f"{report['wall']:.2f}", f"{report['peak']:.0f}",
             f"{report['bytes_spilled'] / 1e6:.0f}", f"{report['files']:,}", f"{written / 1e6:.1f}", f"{written / filings:.0f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    options = arguments()
    results = []
    with tempfile.TemporaryDirectory(prefix="section16-scale-", dir=options.folder) as work:
        is_first = True
        for name, archive in archives(options, work):
            if is_first:
                same(options, archive)
                print("| filings of issuers | MB decompressed | partition | written to | us CPU a filing | filings/s of CPU "
                      "| filings/s | wall s | peak MiB | spilled MB | files | MB written | bytes a filing |")
                print("|---|" + "---|" * 12)
                is_first = False
            for place in options.outputs:
                cases = {}
                for partition in PARTITIONS:
                    cases[partition] = best(options, archive, place, partition)
                    show(name, place, partition, cases[partition])
                results.append((name, place, cases))
    files(results)
    history(options, results)


def file_cost(cases, what):
    """Seconds that a file of an issuer takes beyond its rows."""
    more = cases["issuer"]["files"] - cases["none"]["files"]
    return max(0.0, cases["issuer"][what] - cases["none"][what]) / max(1, more)


def files(results):
    print("\nWhat a file of an issuer takes: the difference between by issuer and whole, for each file more.\n")
    print("| filings of issuers | written to | files | filings a file | us CPU a file | us wall a file | bytes a file |")
    print("|---|---|---|---|---|---|---|")
    for name, place, cases in results:
        by_issuer = cases["issuer"]
        count, cpu, wall = by_issuer["files"], file_cost(cases, "cpu") * 1e6, file_cost(cases, "wall") * 1e6
        print(f"| {name} | {place} | {count:,} | {by_issuer['filings'] / count:.1f} | {cpu:.0f} | {wall:.0f} "
              f"| {by_issuer['bytes_written'] / count:,.0f} |")


def history(options, results):
    """From the largest archive: a filing costs what it costs there, and so does each file of an issuer. What a run costs whatever
    it reads is counted with each filing, so that a small archive predicts too much."""
    place = options.outputs[-1]
    largest = lambda result: (result[2]["none"]["filings"], result[2]["issuer"]["files"])  # noqa: E731
    name, _, cases = max((result for result in results if result[1] == place), key=largest)
    per_issuer = cases["issuer"]["files"] / max(1, cases["issuer"]["partitions"])
    print(f"\n{HISTORY['filings']:,} filings of {HISTORY['issuers']:,} issuers, from {name} on {place}, with as many threads as here:\n")
    print("| partition | CPU min | wall min | files | GB written | filings/s |")
    print("|---|---|---|---|---|---|")
    for partition in PARTITIONS:
        base = cases["none" if partition == "issuer" else partition]
        scale = HISTORY["filings"] / base["filings"]
        count = round(per_issuer * HISTORY["issuers"]) if partition == "issuer" else base["files"]
        extra = count if partition == "issuer" else 0
        cpu = base["cpu"] * scale + extra * file_cost(cases, "cpu")
        wall = base["wall"] * scale + extra * file_cost(cases, "wall")
        # A file of an issuer has bytes of its own beside its rows.
        own = (cases["issuer"]["bytes_written"] - cases["none"]["bytes_written"]) / max(1, cases["issuer"]["files"])
        written = base["bytes_written"] * scale + extra * max(0.0, own)
        print(f"| {partition} | {cpu / 60:.1f} | {wall / 60:.1f} | {count:,} | {written / 1e9:.2f} | {HISTORY['filings'] / wall:,.0f} |")


main()
