#!/usr/bin/env python3
"""What a careful Python script does with the same filings: lxml, pyarrow, Parquet. The yardstick of scripts/bench.sh.

    baseline.py INPUT OUTPUT [--partition none|issuer]

INPUT is a folder of submissions (.txt or .txt.gz). Writes the six tables of filings with exact decimals and real dates, in batches, one
file a table, or one folder an issuer. One thread. Needs lxml and pyarrow.
"""
import argparse
import datetime
import decimal
import gzip
import os
import re
import resource
import time

import pyarrow as pa
import pyarrow.parquet as pq
from lxml import etree

NUMBER = pa.decimal128(28, 8)
EXACT = decimal.Context(prec=38)
UNIT = decimal.Decimal("0.00000001")
BATCH = 50_000

FILING = [("accession_number", None, pa.string()), ("submission_type", None, pa.string()), ("filing_date", None, pa.date32()),
          ("document_type", "documentType", pa.string()), ("period_of_report", "periodOfReport", pa.date32()),
          ("issuer_cik", "issuer/issuerCik", pa.string()), ("issuer_name", "issuer/issuerName", pa.string()),
          ("issuer_trading_symbol", "issuer/issuerTradingSymbol", pa.string()), ("remarks", "remarks", pa.string())]
OWNER = [("rpt_owner_cik", "reportingOwnerId/rptOwnerCik", pa.string()), ("rpt_owner_name", "reportingOwnerId/rptOwnerName", pa.string()),
         ("rpt_owner_street1", "reportingOwnerAddress/rptOwnerStreet1", pa.string()),
         ("rpt_owner_city", "reportingOwnerAddress/rptOwnerCity", pa.string()),
         ("rpt_owner_state", "reportingOwnerAddress/rptOwnerState", pa.string()),
         ("rpt_owner_zip_code", "reportingOwnerAddress/rptOwnerZipCode", pa.string()),
         ("is_director", "reportingOwnerRelationship/isDirector", pa.bool_()),
         ("is_officer", "reportingOwnerRelationship/isOfficer", pa.bool_()),
         ("is_ten_percent_owner", "reportingOwnerRelationship/isTenPercentOwner", pa.bool_()),
         ("is_other", "reportingOwnerRelationship/isOther", pa.bool_()),
         ("officer_title", "reportingOwnerRelationship/officerTitle", pa.string())]
HOLDING = [("security_title", "securityTitle/value", pa.string()),
           ("conversion_or_exercise_price", "conversionOrExercisePrice/value", NUMBER),
           ("exercise_date", "exerciseDate/value", pa.date32()), ("expiration_date", "expirationDate/value", pa.date32()),
           ("underlying_security_title", "underlyingSecurity/underlyingSecurityTitle/value", pa.string()),
           ("underlying_security_shares", "underlyingSecurity/underlyingSecurityShares/value", NUMBER),
           ("shares_owned_following_transaction", "postTransactionAmounts/sharesOwnedFollowingTransaction/value", NUMBER),
           ("value_owned_following_transaction", "postTransactionAmounts/valueOwnedFollowingTransaction/value", NUMBER),
           ("direct_or_indirect_ownership", "ownershipNature/directOrIndirectOwnership/value", pa.string()),
           ("nature_of_ownership", "ownershipNature/natureOfOwnership/value", pa.string())]
TRANSACTION = HOLDING + [
    ("transaction_date", "transactionDate/value", pa.date32()), ("deemed_execution_date", "deemedExecutionDate/value", pa.date32()),
    ("transaction_code", "transactionCoding/transactionCode", pa.string()),
    ("equity_swap_involved", "transactionCoding/equitySwapInvolved", pa.bool_()),
    ("transaction_shares", "transactionAmounts/transactionShares/value", NUMBER),
    ("transaction_price_per_share", "transactionAmounts/transactionPricePerShare/value", NUMBER),
    ("transaction_acquired_disposed_code", "transactionAmounts/transactionAcquiredDisposedCode/value", pa.string())]
KEYS = [("accession_number", pa.string()), ("issuer_cik", pa.string()), ("filing_date", pa.date32())]
TABLES = {
    "filings": [(name, type_) for name, _, type_ in FILING],
    "reporting_owners": KEYS + [("owner_index", pa.int32())] + [(name, type_) for name, _, type_ in OWNER],
    "transactions": KEYS + [("row_index", pa.int32()), ("is_derivative", pa.bool_())] + [(n, t) for n, _, t in TRANSACTION],
    "holdings": KEYS + [("row_index", pa.int32()), ("is_derivative", pa.bool_())] + [(n, t) for n, _, t in HOLDING],
    "footnotes": KEYS + [("footnote_id", pa.string()), ("footnote", pa.string())],
    "signatures": KEYS + [("signature_index", pa.int32()), ("signature_name", pa.string()), ("signature_date", pa.date32())],
}
ROWS = {"nonDerivativeTransaction": ("transactions", False), "nonDerivativeHolding": ("holdings", False),
        "derivativeTransaction": ("transactions", True), "derivativeHolding": ("holdings", True)}
XML = re.compile(rb"<XML>\s*(.*?)</XML>", re.S)
HEADER = {"accession_number": re.compile(rb"ACCESSION NUMBER:\s*(\S+)"), "filing_date": re.compile(rb"FILED AS OF DATE:\s*(\d{8})"),
          "submission_type": re.compile(rb"CONFORMED SUBMISSION TYPE:\s*(\S+)")}


def value(text, type_):
    """The text of an element as a value of its column; None where it is empty or cannot be read."""
    text = (text or "").strip()
    if not text:
        return None
    try:
        if type_ == NUMBER:
            return EXACT.quantize(decimal.Decimal(text.replace(",", "")), UNIT)
        if type_ == pa.date32():
            return datetime.date.fromisoformat(text[:10])
    except (decimal.InvalidOperation, ValueError):
        return None
    if type_ == pa.bool_():
        return {"1": True, "true": True, "0": False, "false": False}.get(text.lower())
    return text


class Tables:
    """Rows as columns of Python values, written out a batch at a time."""

    def __init__(self, output, by_issuer):
        self.output, self.by_issuer, self.rows, self.writers, self.part = output, by_issuer, 0, {}, 0
        self.columns = {t: {name: [] for name, _ in fields} for t, fields in TABLES.items()}
        self.schemas = {t: pa.schema(fields) for t, fields in TABLES.items()}

    def add(self, table, row):
        for name, column in self.columns[table].items():
            column.append(row.get(name))
        self.rows += 1
        if self.rows % BATCH == 0:
            self.flush()

    def flush(self):
        for table, columns in self.columns.items():
            batch = pa.table(columns, schema=self.schemas[table])
            if not batch.num_rows:
                continue
            folder = os.path.join(self.output, table)
            if self.by_issuer:
                pq.write_to_dataset(batch, folder, partition_cols=["issuer_cik"], compression="snappy",
                                    basename_template=f"part-{self.part}-{{i}}.parquet")
            else:
                if table not in self.writers:
                    os.makedirs(folder, exist_ok=True)
                    path = os.path.join(folder, "part-0.parquet")
                    self.writers[table] = pq.ParquetWriter(path, self.schemas[table], compression="zstd", compression_level=1)
                self.writers[table].write_table(batch)
            for column in columns.values():
                column.clear()
        self.part += 1

    def close(self):
        self.flush()
        for writer in self.writers.values():
            writer.close()


def read(data, tables):
    """One submission into the tables. Whether it was an ownership filing."""
    document = XML.search(data)
    if document is None:
        return False
    found = {name: pattern.search(data, 0, document.start()) for name, pattern in HEADER.items()}
    header = {name: match.group(1).decode() for name, match in found.items() if match}
    if "filing_date" in header:
        header["filing_date"] = datetime.datetime.strptime(header["filing_date"], "%Y%m%d").date()
    root = etree.fromstring(document.group(1), etree.XMLParser(huge_tree=True, recover=True))
    if root is None or root.tag != "ownershipDocument":
        return False
    filing = {name: value(root.findtext(path), type_) for name, path, type_ in FILING if path} | header
    keys = {name: filing.get(name) for name, _ in KEYS}
    tables.add("filings", filing)
    for index, owner in enumerate(root.iterfind("reportingOwner")):
        row = {name: value(owner.findtext(path), type_) for name, path, type_ in OWNER}
        tables.add("reporting_owners", row | keys | {"owner_index": index})
    index = 0
    for table in root.iterfind("nonDerivativeTable"), root.iterfind("derivativeTable"):
        for row in (row for rows in table for row in rows):
            if row.tag not in ROWS:
                continue
            name, is_derivative = ROWS[row.tag]
            fields = TRANSACTION if name == "transactions" else HOLDING
            values = {column: value(row.findtext(path), type_) for column, path, type_ in fields}
            tables.add(name, values | keys | {"row_index": index, "is_derivative": is_derivative})
            index += 1
    for footnote in root.iterfind("footnotes/footnote"):
        tables.add("footnotes", keys | {"footnote_id": footnote.get("id"), "footnote": value(footnote.text, pa.string())})
    for index, signature in enumerate(root.iterfind("ownerSignature")):
        tables.add("signatures", keys | {"signature_index": index,
                                         "signature_name": value(signature.findtext("signatureName"), pa.string()),
                                         "signature_date": value(signature.findtext("signatureDate"), pa.date32())})
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--partition", choices=["none", "issuer"], default="none")
    options = parser.parse_args()
    start, clock = time.process_time(), time.monotonic()
    tables = Tables(options.output, options.partition == "issuer")
    filings = 0
    for folder, folders, names in os.walk(options.input):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith((".txt", ".txt.gz")):
                with (gzip.open if name.endswith(".gz") else open)(path, "rb") as file:
                    filings += read(file.read(), tables)
    tables.close()
    seconds, wall = time.process_time() - start, time.monotonic() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{filings} filings: {filings / seconds:.0f} filings/s of CPU, {filings / wall:.0f} filings/s, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
