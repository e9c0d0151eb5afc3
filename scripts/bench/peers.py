#!/usr/bin/env python3
"""Reads submissions with another library and says how many a second of CPU: `peers.py edgartools|datamule INPUT MOST`.

No network is asked. What a library cannot read it is not counted for.
"""
import gzip
import os
import pathlib
import re
import resource
import sys
import time


def edgartools():
    os.environ.setdefault("EDGAR_IDENTITY", "Jane Doe jane.doe@example.com")
    import edgar.entity.core
    from edgar.ownership import Ownership

    # It asks the SEC whether each owner is a company; here it need not wait for the answer.
    edgar.entity.core.Entity.__bool__ = lambda entity: False
    return lambda form, xml: Ownership(**Ownership.parse_xml(xml)).to_dataframe()


def datamule():
    from datamule.document.document import Document

    known = dict(filename="form.xml", accession="0000000000-00-000000", filing_date="2020-01-01")
    return lambda form, xml: Document(type=form, content=xml.encode(), **known).parse_tables()


read = {"edgartools": edgartools, "datamule": datamule}[sys.argv[1]]()
paths = sorted(pathlib.Path(sys.argv[2]).rglob("*.gz"))[: int(sys.argv[3])]
texts = [gzip.open(path, "rt", errors="replace").read() for path in paths if path.is_file()]
filings, start, clock = 0, time.process_time(), time.monotonic()
for text in texts:
    document = re.search(r"<XML>\s*(.*?)</XML>", text, re.S)
    form = re.search(r"<documentType>\s*([^<\s]+)", text)
    if document and form and "<ownershipDocument" in document.group(1):
        try:
            read(form.group(1), document.group(1))
            filings += 1
        except Exception:
            pass
seconds, wall = time.process_time() - start, time.monotonic() - clock
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{filings} filings: {filings / seconds:.0f} filings/s of CPU, {filings / wall:.0f} filings/s, peak {peak:.0f} MiB")
