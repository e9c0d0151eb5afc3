"""Checks what the distributions of the Python package hold.

    python_contents.py WHEEL SDIST
"""

import email
import re
import sys
import tarfile
import zipfile

LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]
# What is below a folder is written as FOLDER/.
WHEEL = {"section16/__init__.py", "section16/py.typed", "DATA/scripts/section16", "INFO/METADATA", "INFO/RECORD", "INFO/WHEEL"}
WHEEL_MAY = {"INFO/sboms/"}
SDIST = {"Cargo.lock", "Cargo.toml", "PKG-INFO", "README.md", "pyproject.toml", "python/README.md", "python/section16/", "src/"}


def folded(names, folders):
    """The names, with those below a folder as the folder."""
    return {next((folder for folder in folders if name.startswith(folder)), name) for name in names}


def check(what, is_so):
    if not is_so:
        sys.exit(f"wrong: {what}")


def check_names(kind, names, expected, may=frozenset()):
    found = folded(names, [name for name in expected | may if name.endswith("/")])
    check(f"{kind} lacks {sorted(expected - found)}", expected <= found)
    check(f"{kind} holds {sorted(found - expected - may)} too", found <= expected | may)


def check_metadata(text):
    data = email.message_from_string(text)
    check(f"name {data['Name']}", data["Name"] == "section16")
    check(f"version {data['Version']}", re.fullmatch(r"\d+\.\d+\.\d+", data["Version"]))
    check(f"licence {data['License-Expression']}", data["License-Expression"] == "MIT OR Apache-2.0")
    check("licence files", sorted(data.get_all("License-File")) == LICENCES)
    check("what it needs", data.get_all("Requires-Dist") == ["pyarrow>=15"])
    check("Python versions", data["Requires-Python"] == ">=3.9")
    check("readme", data.get_payload().lstrip().startswith("# section16 for Python"))


def wheel(path):
    with zipfile.ZipFile(path) as file:
        stem = "-".join(path.rpartition("/")[2].split("-")[:2])
        names = [re.sub(f"^{stem}.(dist-info|data)", lambda m: "INFO" if m[1] == "dist-info" else "DATA", name) for name in file.namelist()]
        licences = {f"INFO/licenses/{name}" for name in LICENCES}
        check_names("the wheel", [name for name in names if not name.endswith("/")], WHEEL | licences, WHEEL_MAY)
        check_metadata(file.read(f"{stem}.dist-info/METADATA").decode())
        program = file.getinfo(f"{stem}.data/scripts/section16")
        check("the program cannot be run", program.external_attr >> 16 & 0o111)
        print(f"{path.rpartition('/')[2]}: {len(names)} files, the program {program.file_size:,} bytes")


def sdist(path):
    with tarfile.open(path) as file:
        names = [name.partition("/")[2] for name in file.getnames()]
        check_names("the source distribution", names, SDIST | set(LICENCES))
        check("what is compiled", all(re.search(r"\.(rs|sql|css)$", name) for name in names if name.startswith("src/")))
        info = next(name for name in file.getnames() if name.endswith("/PKG-INFO"))
        check_metadata(file.extractfile(info).read().decode())
        print(f"{path.rpartition('/')[2]}: {len(names)} files")


if __name__ == "__main__":
    wheel(sys.argv[1])
    sdist(sys.argv[2])
