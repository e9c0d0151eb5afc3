"""Converts EDGAR dumps of insider filings (SEC Forms 3, 4 and 5) to Parquet, and reads the tables.

The work is done by the program ``section16``, which this package puts on the path.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Union

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.compute

__all__ = ["TABLES", "Section16Error", "convert", "program", "read"]

Location = Union[str, "os.PathLike[str]"]

#: The tables of a data set.
TABLES = (
    "filings",
    "reporting_owners",
    "transactions",
    "holdings",
    "footnotes",
    "signatures",
    "diagnostics",
    "rejects",
)


class Section16Error(Exception):
    """The program could not do what it was asked to; the message is its own."""


def read(
    path: Location,
    table: str,
    *,
    columns: list[str] | None = None,
    filter: pyarrow.compute.Expression | None = None,
) -> pyarrow.RecordBatchReader:
    """Reads a table of the data set in the folder ``path``, batch after batch.

    The columns are those of the table in their order, or ``columns`` in theirs. Files whose statistics or folder contradict ``filter``
    are not read. In a filter the key of the folders can be named as well, as text: ``issuer``, ``issuer_bucket`` or ``year``,
    whichever the data set is split by.

    Raises ``ValueError`` for a table that there is not, and ``FileNotFoundError`` where the folder holds no such table.
    """
    import pyarrow.dataset

    if table not in TABLES:
        raise ValueError(f"{table!r} is none of the tables {', '.join(TABLES)}")
    folder = Path(path, table)
    first = next(folder.glob("**/*.parquet"), None)
    if first is None:
        raise FileNotFoundError(f"{folder} holds no Parquet files")
    keys = _keys(first.relative_to(folder).parent)
    data = pyarrow.dataset.dataset(folder, format="parquet", partitioning=keys)
    if columns is None:
        names = set() if keys is None else set(keys.schema.names)
        columns = [name for name in data.schema.names if name not in names]
    return data.scanner(columns=columns, filter=filter).to_reader()


def convert(
    inputs: Location | Iterable[Location],
    output: Location,
    *,
    arguments: Iterable[str] = (),
) -> dict[str, Any]:
    """Converts files, folders and archives to a data set in the folder ``output``, and returns the report.

    ``arguments`` are those of ``section16 convert``, as ``["--partition", "year", "--append"]``. Entries that were rejected are no
    failure: the report counts them, and the table ``rejects`` names them.

    Raises ``Section16Error`` where the run fails.
    """
    if isinstance(inputs, (str, os.PathLike)):
        inputs = [inputs]
    command = [
        program(),
        "convert",
        "--progress=none",
        "--report=json",
        f"--output={os.fspath(output)}",
        *arguments,
        "--",
        *(os.fspath(path) for path in inputs),
    ]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
    # 3: done, but some entries were rejected.
    if done.returncode not in (0, 3):
        raise Section16Error(done.stderr.strip() or f"section16 ended with {done.returncode}")
    return json.loads(done.stdout)


def program() -> str:
    """The path of the program: what ``SECTION16_BIN`` names, else that of this environment, else the first on the path."""
    named = os.environ.get("SECTION16_BIN")
    if named:
        return named
    name = "section16.exe" if sys.platform == "win32" else "section16"
    own = Path(sysconfig.get_path("scripts"), name)
    found = str(own) if own.is_file() else shutil.which("section16")
    if found is None:
        raise Section16Error("the program section16 is not on the path: install the package, or set SECTION16_BIN")
    return found


def _keys(folder: Path) -> pyarrow.dataset.Partitioning | None:
    """The key of the folders as text, for CIKs have leading zeros; ``None`` where there are no folders."""
    import pyarrow
    import pyarrow.dataset

    names = [part.partition("=")[0] for part in folder.parts]
    if not names:
        return None
    return pyarrow.dataset.partitioning(pyarrow.schema([(name, pyarrow.string()) for name in names]), flavor="hive")
