#!/usr/bin/env python3
"""Reads submissions with edgartools, without the network: `edgartools_peer.py INPUT MOST`. Needs edgartools."""
import gzip
import os
import pathlib
import re
import sys
import time

os.environ.setdefault("EDGAR_IDENTITY", "Jane Doe jane.doe@example.com")
import edgar.entity.core  # noqa: E402
from edgar.ownership import Ownership  # noqa: E402

# It asks the SEC whether each owner is a company; here it need not wait for the answer.
edgar.entity.core.Entity.__bool__ = lambda entity: False

paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.gz"))
texts = [gzip.open(path, "rt", errors="replace").read() for path in paths[: int(sys.argv[2])]]
filings, start = 0, time.process_time()
for text in texts:
    document = re.search(r"<XML>\s*(.*?)</XML>", text, re.S)
    if document and "<ownershipDocument" in document.group(1):
        try:
            Ownership(**Ownership.parse_xml(document.group(1))).to_dataframe()
            filings += 1
        except Exception:  # What it cannot read it does not count.
            pass
seconds = time.process_time() - start
print(f"{filings} filings {seconds:.2f} s CPU {filings / seconds:.0f} filings/s")
