"""The cases: what is made, and what must become of it."""

import bz2
import gzip
import io
import lzma
import os
import random
import socket
import stat
import tarfile

import archives
import documents
from archives import MIB
from documents import document, filing, filings, submission

CASES = []


class Case:
    """A case: makes files in a folder, and says what the report must hold.

    `rejects` are counts by code, `filings` and `others` counts; None means any. `exit` is what the program must return, or a set.
    """

    def __init__(self, name, make, filings=0, rejects=None, others=None, exit=None, args=(), run=None, entry=0):
        self.name, self.make, self.filings, self.rejects, self.others = name, make, filings, rejects, others
        self.exit = exit if exit is not None else (3 if rejects else 0)
        self.args, self.run, self.entry = args, run, entry


def case(name, **expected):
    """Adds the function, which fills a folder, as a case."""

    def add(make):
        CASES.append(Case(name, make, **expected))
        return make

    return add


def write(folder, name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def files(name, makes, **expected):
    """Adds a case of single files, `name -> bytes`."""
    CASES.append(Case(name, lambda folder: [write(folder, n, make()) for n, make in makes.items()], **expected))


# Archives that expand without end: ten GiB each, after a sound filing, which is kept.
BOMBS = {
    "gzip": (archives.gzip_bomb, "gz", gzip.compress),
    "bzip2": (archives.bzip2_bomb, "bz2", bz2.compress),
    "xz": (archives.xz_bomb, "xz", lzma.compress),
    "zstd": (archives.zstd_bomb, "zst", archives.zstd),
}
for kind, (bomb, ending, pack) in BOMBS.items():
    files(
        f"{kind} bomb, 10 GiB",
        {f"bomb.txt.{ending}": lambda bomb=bomb, pack=pack: pack(filing(1)) + bomb(160)},
        filings=1,
        rejects={"expansion-too-large": 1},
    )
files(
    ".Z bomb, 10 GiB",
    {"bomb.txt.Z": lambda: archives.compress(filing(1), 165_000)},
    filings=1,
    rejects={"expansion-too-large": 1},
)
files("zip bomb, 10 GiB", {"bomb.zip": lambda: archives.zip_bomb(160)}, rejects={"expansion-too-large": 1})
files(
    "zip bomb, 3,000 members that are one",
    {"bomb.zip": lambda: archives.zip_overlapping(3000)},
    rejects={"expansion-too-large": 1},
)
files("a filing under 100 compressions", {"nest.gz": lambda: archives.nest(100)}, rejects={"nested-too-deep": 1})
files("a filing under 1,000 compressions", {"nest.gz": lambda: archives.nest(1000)}, rejects={"nested-too-deep": 1})
files("a filing in 1,000 zips", {"nest.zip": lambda: archives.nest_of_zips(1000)}, rejects={"nested-too-deep": 1})
files("gzip quine, which decompresses to itself", {"quine.gz": archives.gzip_quine}, rejects={"nested-too-deep": 1})
files(
    "nesting bomb, 10^5 archives, 400 GiB",
    {"tree.zip": lambda: archives.tree(10, 5)},
    rejects={"expansion-too-large": 1},
)
files(
    "a submission that expands to 10 GiB",
    {"form4.txt.gz": lambda: gzip.compress(documents.submission(1, "")[:300]) + archives.gzip_bomb(160)},
    rejects={"expansion-too-large": 1},
)

# Archives that are damaged: what came before is kept.
MANY = 60


def cut(kind):
    data = archives.PACKED[kind](documents.noisy(MANY))
    return data[: len(data) * 3 // 5]


def flipped(kind):
    data = bytearray(archives.PACKED[kind](documents.noisy(MANY)))
    data[len(data) // 2] ^= 0x10
    return bytes(data)


for kind in archives.PACKED:
    files(f"{kind}, cut off", {f"a.{kind}": lambda kind=kind: cut(kind)}, filings=None, rejects={"damaged-archive": 1})
    files(f"{kind}, a bit flipped", {f"a.{kind}": lambda kind=kind: flipped(kind)}, filings=None, rejects=None, exit={0, 3})


@case("tar with evil names, links, devices", filings=4)
def evil_tar(folder):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        def add(name, data=b"", kind=tarfile.REGTYPE, link=""):
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(data), kind, link
            archive.addfile(info, io.BytesIO(data))
        add("/etc/section16-evil.txt", filing(1))
        add("../../../section16-evil.txt", filing(2))
        add("a/../../b\n\x1b[31m.txt", filing(3))
        add("x" * 3000 + ".txt", filing(4))
        add("passwd.txt", kind=tarfile.SYMTYPE, link="/etc/passwd")
        add("hard.txt", kind=tarfile.LNKTYPE, link="/etc/passwd")
        add("null", kind=tarfile.CHRTYPE)
        add("disk", kind=tarfile.BLKTYPE)
        add("pipe", kind=tarfile.FIFOTYPE)
        add("folder", kind=tarfile.DIRTYPE)
    write(folder, "evil.tar", out.getvalue())


EVIL = ["/etc/section16-evil.txt", "../../../section16-evil.txt", "a/../../b\n\x1b[31m.txt", "C:\\evil.txt"]


@case("zip with evil names, links, devices", filings=len(EVIL), others=1)
def evil_zip(folder):
    members = [(name, filing(n)) for n, name in enumerate(EVIL, 1)]
    # Unix attributes say what these are; what a link holds is where it leads.
    for name, kind in [("passwd.txt", stat.S_IFLNK), ("disk", stat.S_IFBLK)]:
        info = archives.member(name)
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        members.append((info, b"/etc/passwd"))
    write(folder, "evil.zip", archives.zip_of(members))


ISSUERS = ["../../../../tmp/x", "/etc", "..", "1/2", "-1", "9" * 400, "0x10", "\u0661\u0662", "a\\b", "NaN", "%2e%2e", "."]
files(
    "issuer CIKs that are paths or absurd",
    {f"{n}.txt": lambda n=n, i=i: submission(n, document(issuer=i)) for n, i in enumerate(ISSUERS, 1)},
    filings=len(ISSUERS),
)
files(
    "a million owners",
    {"a.txt": lambda: submission(1, document(owners="<reportingOwner></reportingOwner>" * 1_000_000))},
    rejects={"too-many-records": 1},
)
files(
    "240,000 owners",
    {"a.txt": lambda: submission(1, document(owners="<reportingOwner></reportingOwner>" * 240_000))},
    filings=1, entry=3 * 64,
)
files(
    "a million footnotes",
    {"a.txt": lambda: submission(1, document(notes="<footnotes>" + "".join(
        f'<footnote id="F{n}">x</footnote>' for n in range(1_000_000)) + "</footnotes>"))},
    rejects={"too-many-records": 1},
)
files(
    "a filing of 100,000 rows",
    {"a.txt": lambda: submission(1, document(rows="".join(documents.ROW % n for n in range(100_000))))},
    filings=1,
)
files(
    "a filing of 3,000,000 marks",
    {"a.txt": lambda: submission(1, document(rows=documents.ROW.replace("<value>%s</value>", "<value>1</value>" + '<footnoteId id="F1"/>' * 3_000_000)))},
    rejects={"too-many-records": 1},
)
files(
    "a million unknown elements",
    {"a.txt": lambda: submission(1, document(more="".join(f"<e{n}/>" for n in range(1_000_000))))},
    filings=1,
)
files(
    "elements a million deep",
    {"a.txt": lambda: submission(1, document(more="<a>" * 1_000_000 + "</a>" * 1_000_000))},
    rejects={"element-too-deep": 1},
)
files(
    "numbers of a million digits",
    {"a.txt": lambda: submission(1, document(rows=documents.ROW % ("1" * 1_000_000) * 20)),
     "b.txt": lambda: submission(2, document(rows=documents.ROW % ("0" * 500_000 + "1." + "0" * 500_000)))},
    filings=2,
)
files(
    "attributes of 16 MiB",
    {"a.txt": lambda: submission(1, document(more='<footnote id="' + "x" * (16 * MIB) + '">n</footnote>')),
     "b.txt": lambda: submission(2, document(more="<footnote " + 'a="b" ' * (3 * MIB) + ">n</footnote>")),
     "c.txt": lambda: submission(3, document(more="<footnote " + "'\"" * (8 * MIB) + ">n</footnote>"))},
    rejects={"value-too-large": 3},
)
files(
    "invalid UTF-8",
    {"a.txt": lambda: submission(1, document().replace("Muster Erika", "Muster @").encode().replace(b"@", b"\xff\xfe\xc0")),
     "b.txt": lambda: submission(2, document(notes="@").encode().replace(b"@", b"\xe2\x82" * (MIB // 16)))},
    filings=2,
)
files(
    "NULs",
    {"a.txt": lambda: submission(1, document().replace("Example", "Exa\0mple")), "b.txt": lambda: b"\0" * (8 * MIB),
     "c.txt": lambda: b"\0" * 100 + filing(3)},
    filings=2, others=1,
)
files("empty files", {f"{n}{e}": bytes for n, e in enumerate(["", ".txt", ".gz", ".tar", ".zip"])}, others=5)
files(
    "a million stray ampersands and marks",
    {"a.txt": lambda: submission(1, document(notes="&" * 1_000_000)),
     "b.txt": lambda: submission(2, document(notes="</x>" * 1_000_000)),
     "c.txt": lambda: submission(3, document(notes="< " * 1_000_000)),
     "d.txt": lambda: submission(4, document(notes="<DOCUMENT>\n" * 1_000_000))},
    filings=None, exit={0, 3},
)
files(
    "a header of a million owners",
    {"a.txt": lambda: filing(1).replace(b"</SEC-HEADER>", b"REPORTING-OWNER:\nCENTRAL INDEX KEY: x\n" * 1_000_000 + b"</SEC-HEADER>")},
    filings=1,
)
files(
    "a million form types",
    {"a.txt": lambda: b"".join(documents.other(n, f"X{n}") for n in range(1_000_000))},
    others=1_000_000,
)
files("a million submission begins", {"a.txt": lambda: b"<SEC-DOCUMENT>\n" * 1_000_000}, filings=None, exit={0, 3})


@case("a tar of a million members", filings=1, others=1_000_000)
def million_members(folder):
    with open(os.path.join(folder, "a.tar"), "wb") as out:
        info = tarfile.TarInfo("n")
        for number in range(1_000_000):
            data = documents.other(number)
            info.name, info.size = f"{number}.txt", len(data)
            out.write(info.tobuf(tarfile.USTAR_FORMAT) + data.ljust(512, b"\0"))
        out.write(archives.tar(filings(1)))


def large(folder, name, head, tail):
    """A file of 2 GiB."""
    line = b"the quick brown fox jumps over the lazy dog, and so on\n" * 20_000
    with open(os.path.join(folder, name), "wb") as out:
        out.write(head)
        while out.tell() < 2 << 30:
            out.write(line)
        out.write(tail)


@case("an entry of 2 GiB, another form", filings=1, others=1)
def large_other(folder):
    large(folder, "a.txt", documents.other(1)[:-15], b"</SUBMISSION>\n" + filing(2))


@case("an entry of 2 GiB, a Form 4", filings=1, rejects={"entry-too-large": 1})
def large_form(folder):
    head, tail = submission(1, "@").split(b"@")
    large(folder, "a.txt", head, tail + filing(2))


@case("an entry of 2 GiB, text", filings=0, others=1)
def large_text(folder):
    large(folder, "a.txt", b"", b"")


files(
    "values of 60 MiB",
    {f"{n}.txt": lambda n=n: submission(n, document(more="<remarks>" + "x" * (60 * MIB) + "</remarks>")) for n in (1, 2, 3)},
    rejects={"value-too-large": 3},
)
files(
    "filings of 60 MiB",
    {f"{n}.txt": lambda n=n: submission(n, document(more=("<footnote id='F1'>" + "x" * 1_000_000 + "</footnote>") * 60)) for n in (1, 2, 3)},
    filings=3, entry=3 * 64,
)
files(
    "filings of 20 MiB in Windows-1252",
    {f"{n}.txt": lambda n=n: submission(n, document(more="<footnote id='F1'>@</footnote>" * 60).encode().replace(b"@", b"\x93" * 330_000)) for n in (1, 2, 3)},
    filings=3, entry=3 * 64,
)
files(
    "filings of 60 MiB in Windows-1252",
    {f"{n}.txt": lambda n=n: submission(n, document(more="<remarks>@</remarks>").encode().replace(b"@", b"\x93" * (60 * MIB))) for n in (1, 2, 3)},
    rejects={"entry-too-large": 3},
)
PRINTED = "FORM 4\nUNITED STATES SECURITIES AND EXCHANGE COMMISSION\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n"
files(
    "printed forms of 2 MiB",
    {f"{n}.txt": lambda n=n, text=text: submission(n, PRINTED + text[: 2 * MIB - 300]).replace(b"<XML>\n<?xml version=\"1.0\"?>\n", b"")
     for n, text in enumerate(["| " * MIB, "Common Stock\t1/2/2003\tS\t100\tD\t$5\n" * 60_000, "<html><table><tr><td>" * 100_000, "(1) " * MIB])},
    filings=None, exit={0, 3}, entry=3 * 64,
)
files("noise", {f"{n}.bin": lambda n=n: random.Random(n).randbytes(MIB) for n in range(8)}, others=8)


@case("pipes, sockets, devices in a folder", filings=1, rejects={"not-a-file": 3 if os.geteuid() == 0 else 2})
def no_files(folder):
    write(folder, "a.txt", filing(1))
    os.mkfifo(os.path.join(folder, "pipe"))
    socket.socket(socket.AF_UNIX).bind(os.path.join(folder, "socket"))
    if os.geteuid() == 0:
        os.mknod(os.path.join(folder, "zero"), 0o20666, os.makedev(1, 5))


@case("symbolic links in circles", filings=1, rejects={"unreadable": 2}, exit=3)
def links(folder):
    write(folder, "d/a.txt", filing(1))
    os.symlink("..", os.path.join(folder, "d/up"))
    os.symlink("loop", os.path.join(folder, "loop"))
    os.symlink("nowhere", os.path.join(folder, "broken"))
    for n in range(40):
        os.symlink("../d", os.path.join(folder, f"d/l{n}"))
