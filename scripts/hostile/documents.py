"""Invented filings, sound and hostile."""

import random

ACCESSION = "0009900001-24-%06d"

ROW = (
    "<nonDerivativeTransaction><securityTitle><value>Common Stock</value></securityTitle>"
    "<transactionDate><value>2024-02-27</value></transactionDate>"
    "<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>S</transactionCode></transactionCoding>"
    "<transactionAmounts><transactionShares><value>%s</value></transactionShares>"
    "<transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode></transactionAmounts>"
    "<ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>"
    "</nonDerivativeTransaction>\n"
)
OWNER = (
    "<reportingOwner><reportingOwnerId><rptOwnerCik>%010d</rptOwnerCik><rptOwnerName>Muster Erika</rptOwnerName>"
    "</reportingOwnerId></reportingOwner>\n"
)


def submission(number, document, form="4"):
    """A submission as the Archives have it, as bytes."""
    accession = ACCESSION % number
    head = (
        f"<SEC-DOCUMENT>{accession}.txt : 20240228\n<SEC-HEADER>{accession}.hdr.sgml : 20240228\n"
        f"<ACCEPTANCE-DATETIME>20240228160000\nACCESSION NUMBER:\t\t{accession}\n"
        f"CONFORMED SUBMISSION TYPE:\t{form}\nFILED AS OF DATE:\t\t20240228\n</SEC-HEADER>\n"
        f"<DOCUMENT>\n<TYPE>{form}\n<SEQUENCE>1\n<FILENAME>form4.xml\n<TEXT>\n<XML>\n<?xml version=\"1.0\"?>\n"
    )
    if isinstance(document, str):
        document = document.encode()
    return head.encode() + document + b"</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"


def document(issuer="0009900011", owners=None, rows=None, more="", notes=""):
    """An ownership document; each part may be replaced by text of any kind."""
    return (
        "<ownershipDocument>\n<schemaVersion>X0508</schemaVersion>\n<documentType>4</documentType>\n"
        f"<issuer><issuerCik>{issuer}</issuerCik><issuerName>Example Widgets Inc</issuerName></issuer>\n"
        f"{OWNER % 9900002 if owners is None else owners}<nonDerivativeTable>\n"
        f"{ROW % 1250 if rows is None else rows}</nonDerivativeTable>\n{notes}{more}</ownershipDocument>\n"
    )


def filing(number):
    """A sound filing."""
    return submission(number, document())


def filings(count):
    """Sound filings by member name."""
    return [(f"{ACCESSION % n}.txt", filing(n)) for n in range(1, count + 1)]


def noisy(count):
    """Sound filings that do not shrink, by member name."""
    noise = random.Random(16)
    remarks = lambda: "<remarks>" + noise.randbytes(8_000).hex() + "</remarks>"
    return [(f"{ACCESSION % n}.txt", submission(n, document(more=remarks()))) for n in range(1, count + 1)]


def other(number, form="8-K"):
    """A submission of another form."""
    return f"<SUBMISSION>\n<ACCESSION-NUMBER>{ACCESSION % number}\n<TYPE>{form}\n</SUBMISSION>\n".encode()
