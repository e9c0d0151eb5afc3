"""Tests of the module. They need the program: an installed package, or ``SECTION16_BIN``."""

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import section16

EXAMPLES = Path(__file__).parents[2] / "examples" / "edgar"
SCHEMES = ["issuer", "issuer-bucket=4", "year", "none"]


@pytest.fixture(scope="module", params=SCHEMES)
def data_set(request, tmp_path_factory):
    """A scheme, a data set, and its report."""
    folder = tmp_path_factory.mktemp("data") / "insider"
    report = section16.convert(EXAMPLES, folder, arguments=["--partition", request.param])
    return request.param, folder, report


def test_the_report_adds_up(data_set):
    _, _, report = data_set
    assert report["tables"]["filings"]["rows"] == 126
    assert report["tables"]["rejects"]["rows"] == 17


def test_every_table_has_its_columns_and_rows(data_set):
    _, folder, report = data_set
    listed = subprocess.run([section16.program(), "schema", "--format", "json"], capture_output=True, check=True)
    tables = {t["table"]: [c["column"] for c in t["columns"]] for t in json.loads(listed.stdout)["tables"]}
    assert tuple(tables) == section16.TABLES
    for table, columns in tables.items():
        reader = section16.read(folder, table)
        assert isinstance(reader, pa.RecordBatchReader)
        assert reader.schema.names == columns
        assert reader.read_all().num_rows == report["tables"][table]["rows"]


def test_sums_are_exact_and_the_same_for_every_scheme(data_set):
    _, folder, _ = data_set
    table = section16.read(folder, "transactions", columns=["transaction_shares", "transaction_code"]).read_all()
    assert table.schema.names == ["transaction_shares", "transaction_code"]
    bought = table.filter(pc.equal(table["transaction_code"], "P"))
    assert pc.sum(bought["transaction_shares"]).as_py() == Decimal("54833.223679")


def test_a_filter_may_name_the_key_of_the_folders(data_set):
    scheme, folder, _ = data_set
    by_column = section16.read(folder, "filings", filter=pc.field("issuer_cik") == "0009000001").read_all()
    assert by_column.num_rows == 17
    if scheme == "issuer":
        by_folder = section16.read(folder, "filings", filter=pc.field("issuer") == "0009000001").read_all()
        assert by_folder.equals(by_column)


def test_what_there_is_not_is_told(tmp_path):
    with pytest.raises(ValueError, match="none of the tables filings"):
        section16.read(tmp_path, "sales")
    with pytest.raises(FileNotFoundError, match="holds no Parquet files"):
        section16.read(tmp_path, "filings")


def test_a_run_that_fails_raises_what_the_program_says(tmp_path):
    with pytest.raises(section16.Section16Error, match="cannot read input .*nowhere"):
        section16.convert(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(section16.Section16Error, match="is none of issuer"):
        section16.convert(EXAMPLES, tmp_path / "out", arguments=["--partition", "month"])


def test_an_input_may_look_like_an_option(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(section16.Section16Error, match="cannot read input --append"):
        section16.convert(["--append"], "out")
