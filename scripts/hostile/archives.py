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
    "zip": zip_of,
    "zip-stored": lambda members: zip_of(members, zipfile.ZIP_STORED),
}
