"""Archives: bombs, nests, and damaged ones."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

import documents

MIB = 1 << 20


def blanks():
    return b" " * (64 * MIB)


def tar(members):
    """A tar archive of (name, bytes)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def member(name):
    """A member of a zip that was made at no particular time."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    """A zip archive of (name, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def zstd(data):
    """A zstd frame of stored blocks (RFC 8878), with a window of 128 KiB."""
    out = [b"\x28\xb5\x2f\xfd\x00\x38"]
    chunks = [data[at : at + 128 * 1024] for at in range(0, len(data), 128 * 1024)] or [b""]
    for number, chunk in enumerate(chunks):
        out.append(struct.pack("<I", len(chunk) << 3 | (number + 1 == len(chunks)))[:3] + chunk)
    return b"".join(out)


def compress(data, bomb=0):
    """What the old `compress` makes of data (`.Z`), and so many times 65,279 blanks.

    Codes have 9 bits, and the table is emptied before they would have to grow; for the blanks they grow to 16 bits.
    """
    first, clear = 257, 256
    codes, table, word = [], {}, b""

    def empty_table():
        # Codes come in groups of eight; what is left of a group is not read.
        codes.append(clear)
        codes.extend([0] * (-len(codes) % 8))
        table.clear()

    for byte in data:
        longer = word + bytes([byte])
        if len(longer) == 1 or longer in table:
            word = longer
            continue
        codes.append(word[0] if len(word) == 1 else table[word])
        table[longer] = first + len(table)
        word = bytes([byte])
        if first + len(table) >= 511:
            codes.append(word[0])
            empty_table()
            word = b""
    if word:
        codes.append(word[0] if len(word) == 1 else table[word])
    if not bomb:
        return b"\x1f\x9d\x90" + packed(codes, 9)
    empty_table()
    out = [b"\x1f\x9d\x90", packed(codes, 9)]
    # Each code stands for one blank more than the one before.
    blank = [32, *range(first, 1 << 16)]
    for width in range(9, 17):
        start, end = (1 << width - 1) - 256, (1 << width) - 256
        out.append(packed(blank[start if width > 9 else 0 : end], width))
    return b"".join(out) + b"\xff\xff" * bomb


def packed(codes, width):
    """Codes of so many bits each, the lowest first."""
    groups = (codes[at : at + 8] for at in range(0, len(codes), 8))
    return b"".join(
        sum(code << width * n for n, code in enumerate(group)).to_bytes((len(group) * width + 7) // 8, "little") for group in groups
    )


# Each of these expands to this many times 64 MiB of blanks.
def gzip_bomb(times):
    return gzip.compress(blanks(), 9, mtime=0) * times


def bzip2_bomb(times):
    return bz2.compress(blanks()) * times


def xz_bomb(times):
    return lzma.compress(blanks(), preset=0) * times


def zstd_bomb(times):
    """One frame of blocks that repeat one byte: four bytes for 128 KiB."""
    block = struct.pack("<I", 128 * 1024 << 3 | 1 << 1)[:3] + b" "
    last = struct.pack("<I", 128 * 1024 << 3 | 1 << 1 | 1)[:3] + b" "
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * (times * 512 - 1) + last


def deflate_bomb(times):
    """A raw deflate stream, and what it has at its end where it was cut."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(b"")
    block = packer.compress(blanks()) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * times + b"\x03\x00"



def zip_bomb(times):
    """A zip of one member without end."""
    data = deflate_bomb(times)
    name = b"bomb.txt"
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(data), 0xFFFFFFFF, len(name), 0)
    return zip_ends(local + name + data, [(name, 0, len(data))])


def zip_overlapping(members):
    """A zip whose directory names the same 64 MiB many times."""
    data = deflate_bomb(1)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(data), 64 * MIB, 1, 0) + b"a"
    return zip_ends(local + data, [(b"%d" % n, 0, len(data)) for n in range(members)], zlib.crc32(blanks()))


def zip_ends(body, members, crc=0):
    """Adds the directory."""
    directory = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, size, 64 * MIB, len(name), 0, 0, 0, 0, 0, at) + name
        for name, at, size in members
    )
    count = min(len(members), 0xFFFF)
    return body + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)


def nest(levels):
    """A filing under this many compressions."""
    data = documents.filing(1)
    for _ in range(levels):
        data = gzip.compress(data, mtime=0)
    return data


def nest_of_zips(levels):
    """A filing in so many zips, one in another."""
    data = documents.filing(1)
    for _ in range(levels):
        data = zip_of([("a.zip", data)], zipfile.ZIP_STORED)
    return data


def gzip_quine():
    """A gzip file that decompresses to itself.

    It is made of instructions of 5 bytes that deflate knows: "what follows is printed as it stands" (a stored block of 0, 1 or 4
    times 5 bytes) and "print the last 20 bytes again". Header and trailer have 15 bytes each, so that they are printed in the same
    way as instructions are. What remains is the checksum, which stands in the file that it sums up: CRCs are linear, so its 32
    bits are found by solving 32 equations.
    """
    head = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03a.gz\0"
    none, one, four = (b"\0" + struct.pack("<HH", 5 * n, 0xFFFF - 5 * n) for n in (0, 1, 4))
    again = repeat_20()

    def whole(crc):
        # Two blocks without content, of which the last one says so, and the trailer.
        size = 42 * 5
        tail = none + b"\x03\0" + struct.pack("<II", crc, size)
        units = [head, four, head, four, again, one, again, one, one, four, again, one, one, four, again]
        units += [four, again, four, again, four, again, four, again, none, none, four, again]
        units += [none, none, four, again, tail, again, tail]
        data = b"".join(units)
        assert len(data) == size
        return data

    zero = zlib.crc32(whole(0))
    # Rows of the equations: which bits of the checksum turn with a bit of the field, and what they must be.
    columns = [zlib.crc32(whole(1 << bit)) ^ zero ^ 1 << bit for bit in range(32)]
    rows = [[[column >> row & 1 for column in columns], zero >> row & 1] for row in range(32)]
    return whole(solve(rows))


def solve(rows):
    """The number whose bits solve these equations over bits."""
    size = len(rows)
    for at in range(size):
        pivot = next(n for n in range(at, size) if rows[n][0][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for n in range(size):
            if n != at and rows[n][0][at]:
                rows[n] = [[a ^ b for a, b in zip(rows[n][0], rows[at][0])], rows[n][1] ^ rows[at][1]]
    return sum(value << at for at, (_, value) in enumerate(rows))


def repeat_20():
    """A deflate block of 40 bits with fixed codes (RFC 1951, 3.2.6): twice 10 bytes from 20 bytes back, and its end."""
    bits = [0, 1, 0]
    for _ in range(2):
        # Length 10 is code 264, of 7 bits from 256 on; distance 20 is code 8 (17 to 24) and three more bits, the lowest first.
        bits += [int(bit) for bit in f"{264 - 256:07b}" + f"{8:05b}" + f"{20 - 17:03b}"[::-1]]
    bits += [0] * 7
    return bytes(sum(bit << at for at, bit in enumerate(bits[start : start + 8])) for start in range(0, 40, 8))


def tree(branches, levels):
    """Archives in archives, each of so many copies, at the bottom 4 MiB of blanks."""
    data = zip_of([("leaf.txt", blanks()[: 4 * MIB])])
    for _ in range(levels):
        data = zip_of([(f"{n}.zip", data) for n in range(branches)])
    return data


PACKED = {
    "gz": lambda members: gzip.compress(b"".join(data for _, data in members), mtime=0),
    "bz2": lambda members: bz2.compress(b"".join(data for _, data in members), 1),
    "xz": lambda members: lzma.compress(b"".join(data for _, data in members)),
    "zst": lambda members: zstd(b"".join(data for _, data in members)),
    "tar": tar,
    "tar.gz": lambda members: gzip.compress(tar(members), mtime=0),
    "tar.bz2": lambda members: bz2.compress(tar(members), 1),
    "tar.xz": lambda members: lzma.compress(tar(members)),
    "tar.zst": lambda members: zstd(tar(members)),
    "tar.Z": lambda members: compress(tar(members)),
    "zip": zip_of,
    "zip-stored": lambda members: zip_of(members, zipfile.ZIP_STORED),
}
