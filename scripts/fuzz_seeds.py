"""Makes fuzz/seeds: a few small inputs for each fuzz target, all invented. The same bytes every time.

    python3 scripts/fuzz_seeds.py
"""

import bz2
import gzip
import lzma
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "hostile"))

import archives  # noqa: E402
import documents  # noqa: E402

SMALL = documents.filing(1)
TWO = [("a.txt", documents.filing(1)), ("d/b.txt", documents.filing(2))]

HTML = """<html><body><h1>FORM 4</h1><p>STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP</p>
<table><tr><td>1. Name and Address of Reporting Person<br>Muster, Erika</td><td>2. Issuer Name and Ticker<br>Example Widgets Inc [ EXMP ]</td></tr></table>
<table><tr><th>1. Title of Security</th><th>2. Transaction Date</th><th>3. Code</th><th>4. Amount</th><th>(A) or (D)</th><th>Price</th><th>5. Owned</th><th>6. D or I</th></tr>
<tr><td>Common Stock</td><td>02/27/2003</td><td>S</td><td>1,250(1)</td><td>D</td><td>$12.50</td><td>8,000</td><td>D</td></tr></table>
<p>Explanation of Responses:</p><p>1. Sold in several trades.</p><p>/s/ Erika Muster 02/28/2003</p></body></html>
"""
TEXT = """FORM 4
STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
1. Name and Address of Reporting Person    Muster, Erika
2. Issuer Name and Ticker Symbol           Example Widgets Inc EXMP
Table I - Non-Derivative Securities
1. Title of Security | 2. Date | 3. Code | 4. Amount | A/D | Price | 5. Owned | 6. D/I
Common Stock         | 2/27/03 | S       | 1,250 (1) | D   | $12.50 | 8,000   | D
Explanation of Responses:
(1) Sold in several trades.
/s/ Erika Muster  2/28/03
"""
HEADERS = {
    "tabs": "<SEC-HEADER>a.hdr.sgml : 20240228\n<ACCEPTANCE-DATETIME>20240228160000\nACCESSION NUMBER:\t\t0009900001-24-000001\n"
    "CONFORMED SUBMISSION TYPE:\t4/A\nFILED AS OF DATE:\t\t20240228\n\nISSUER:\n\n\tCOMPANY DATA:\n"
    "\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE WIDGETS INC\n\t\tCENTRAL INDEX KEY:\t\t\t0009900011\n"
    "REPORTING-OWNER:\n\n\tOWNER DATA:\n\t\tCOMPANY CONFORMED NAME:\t\t\tMUSTER ERIKA\n\t\tCENTRAL INDEX KEY:\t\t\t0009900002\n</SEC-HEADER>\n",
    "tags": "<SUBMISSION>\n<ACCESSION-NUMBER>0009900001-24-000001\n<TYPE>4\n<FILING-DATE>20240228\n<ISSUER>\n<COMPANY-DATA>\n"
    "<CONFORMED-NAME>EXAMPLE WIDGETS INC\n<CIK>0009900011\n</COMPANY-DATA>\n</ISSUER>\n<REPORTING-OWNER>\n<OWNER-DATA>\n"
    "<CONFORMED-NAME>MUSTER ERIKA\n<CIK>0009900002\n</OWNER-DATA>\n</REPORTING-OWNER>\n",
}
MARKS = documents.document(
    rows=documents.ROW.replace("</transactionShares>", '<footnoteId id="F1"/></transactionShares>') % "1,250.5",
    notes='<footnotes><footnote id="F1">in trades of &lt; 100 &amp; more</footnote></footnotes>',
    more="<remarks><![CDATA[none]]></remarks><ownerSignature><signatureName>Erika Muster</signatureName>"
    "<signatureDate>2024-02-28</signatureDate></ownerSignature>",
)

# Of the three folders the first has 4 records or so: what the run was asked for, its inputs, a seal.
SEAL = '{"seal":{"spilled":%s,"runs":%s,"claims":%s,"held":0,"note":{"inputs":1,"waiting":[],"copies":1,"read":{}}}}'
JOURNALS = {
    "untouched": "A",
    "untouched-publishing": "B",
    "untouched-whole": "C",
    "twice": "A=0\n=1\n=2\n=1\n=2\n",
    "no-begin": "A=1\n=2\n",
    "cut": "A=0\n=1\n00000000 {\"seal\"",
    "huge": "A=0\n=1\n" + SEAL % (1 << 62, "[]", "[]") + "\n",
    "runs": "A=0\n=1\n" + SEAL % (20, '[["filings",0,[0,1,9,9]],["rejects",15,[4294967296,4294967295,1,1]]]', "[[0,0,9],[255,8,4]]") + "\n",
    "publish": 'A=0\n=1\n=2\n{"publish":"swap","outcome":{"written":{},"note":null}}\n',
    "add": 'B=0\n=1\n=2\n{"publish":"add","outcome":null}\n"cleared"\n',
    "spill": "A=0\n=1\n=2\n\n%%\n\n%%\n\n%%\nnothing of what was secured",
    "parquet": "C\n%%\n\n%%\n\n%%\nPAR1\x00\x00\x00\x00PAR1",
    "listing": 'C\n%%\n{"section16_version":"0","schema_version":1,"partition":"year","files":1,"files_crc32":"00000000"}\n'
    '\n%%\n{"path":"filings/year=2024/part-4294967295.parquet","rows":1,"bytes":1,"crc32":"0"}\n\n%%\n',
}

SEEDS = {
    "envelope": {
        "one": SMALL,
        "two": SMALL + documents.filing(2),
        "other": documents.other(1) + SMALL,
        "bare": documents.document().encode(),
        "printed": documents.submission(3, TEXT),
    },
    "header": {name: text.encode() for name, text in HEADERS.items()},
    "xml": {"form4": MARKS.encode(), "marks": b"<a b='c' d=\"e\"/><!-- x --><?y?><![CDATA[z]]>&#65;&#x42;&lt;&bad;</a>"},
    "ownership": {"sale": documents.document().encode(), "marks": MARKS.encode(),
                  "empty": b"<ownershipDocument></ownershipDocument>"},
    "rendered": {"html": HTML.encode(), "text": TEXT.encode()},
    "decoders": {
        "gz": gzip.compress(SMALL, mtime=0),
        "two.gz": gzip.compress(b"a", mtime=0) + gzip.compress(SMALL, mtime=0),
        "bz2": bz2.compress(SMALL),
        "xz": lzma.compress(SMALL),
        "zst": archives.zstd(SMALL),
        "Z": archives.compress(SMALL),
        "tar": archives.tar(TWO),
        "tar.gz": gzip.compress(archives.tar(TWO), mtime=0),
        "zip": archives.zip_of([(archives.member(name), data) for name, data in TWO]),
        "nest": archives.nest(3),
        "cut.gz": gzip.compress(SMALL, mtime=0)[:-9],
    },
    "journal": {name: text.encode() for name, text in JOURNALS.items()},
    "allocator": {"climb": bytes(range(256)), "border": bytes(n * 37 % 256 for n in range(512)), "fall": bytes(255 - n for n in range(256))},
}


def main():
    folder = os.path.join(HERE, "../fuzz/seeds")
    for target, seeds in SEEDS.items():
        os.makedirs(os.path.join(folder, target), exist_ok=True)
        for name, data in seeds.items():
            with open(os.path.join(folder, target, name), "wb") as out:
                out.write(data)


main()
