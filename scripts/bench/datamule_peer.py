#!/usr/bin/env python3
"""Reads submissions with datamule: `datamule_peer.py INPUT MOST`. Needs datamule."""
import gzip
import pathlib
import re
import sys
import time

from datamule.document.document import Document

paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.gz"))
texts = [gzip.open(path, "rt", errors="replace").read() for path in paths[: int(sys.argv[2])]]
filings, start = 0, time.process_time()
for text in texts:
    document = re.search(r"<XML>\s*(.*?)</XML>", text, re.S)
    if document and "<ownershipDocument" in document.group(1):
        form = re.search(r"<documentType>\s*([^<\s]+)", document.group(1)).group(1)
        read = Document(type=form, content=document.group(1).encode(), filename="form.xml",
                        accession="0000000000-00-000000", filing_date="2020-01-01")
        try:
            read.parse_tables()
            filings += 1
        except Exception:  # What it cannot read it does not count.
            pass
seconds = time.process_time() - start
print(f"{filings} filings {seconds:.2f} s CPU {filings / seconds:.0f} filings/s")
