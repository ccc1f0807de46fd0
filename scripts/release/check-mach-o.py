"""Reads a Mach-O file as macOS does before it starts it: load commands in order, the data of the program in a segment of its
own, and an ad-hoc signature whose hashes fit all pages. Written apart from sign-mach-o.mjs; layouts: mach-o/loader.h and
osfmk/kern/cs_blobs.h of Apple's xnu.

Usage: check-mach-o.py FILE
"""

import hashlib
import struct
import sys

data = open(sys.argv[1], "rb").read()
magic, cpu, _, file_type, count, commands_size = struct.unpack_from("<6I", data)
assert magic == 0xFEEDFACF and cpu == 0x0100000C and file_type == 2, "not an ARM64 executable"

segments = {}
signature = None
first_section = len(data)
at = 32
for _ in range(count):
    kind, size = struct.unpack_from("<2I", data, at)
    assert size % 8 == 0 and size > 0, "command sizes are multiples of eight"
    if kind == 0x19:
        name = data[at + 8 : at + 24].rstrip(b"\0").decode()
        address, memory, offset, length = struct.unpack_from("<4Q", data, at + 24)
        assert offset + length <= len(data), f"{name} ends after the file"
        assert length <= memory, f"{name} has more bytes in the file than in memory"
        segments[name] = (address, memory, offset, length)
        (sections,) = struct.unpack_from("<I", data, at + 64)
        for n in range(sections):
            section_offset = struct.unpack_from("<I", data, at + 72 + 80 * n + 48)[0]
            if section_offset:
                first_section = min(first_section, section_offset)
    elif kind == 0x1D:
        signature = struct.unpack_from("<2I", data, at + 8)
    at += size
assert at == 32 + commands_size <= first_section, "load commands reach into the first section"
assert "NODE_SEA" in segments, "the program's data are missing"
used = sorted((address, address + memory) for address, memory, _, _ in segments.values() if memory)
assert all(a[1] <= b[0] for a, b in zip(used, used[1:])), "segments overlap in memory"

assert signature is not None, "no signature"
start, length = signature
assert start + length == len(data) and start % 16 == 0, "the signature is not the end of the file"
_, _, link_offset, link_length = segments["__LINKEDIT"]
assert link_offset + link_length == len(data), "__LINKEDIT does not contain the signature"
blob, _, blobs, slot, offset = struct.unpack_from(">5I", data, start)
assert blob == 0xFADE0CC0 and blobs == 1 and slot == 0
at = start + offset
directory, _, _, flags, hashes, name_at, _, pages, limit = struct.unpack_from(">9I", data, at)
hash_size, hash_type, _, page_bits = data[at + 36 : at + 40]
assert directory == 0xFADE0C02 and flags & 2, "not an ad-hoc signature"
assert (hash_size, hash_type) == (32, 2) and limit == start
page = 1 << page_bits
assert pages == -(-limit // page)
for n in range(pages):
    expected = hashlib.sha256(data[n * page : min((n + 1) * page, limit)]).digest()
    assert data[at + hashes + 32 * n : at + hashes + 32 * (n + 1)] == expected, f"hash of page {n} differs"
base, text_limit, exec_flags = struct.unpack_from(">3Q", data, at + 64)
assert (base, text_limit, exec_flags) == (segments["__TEXT"][2], segments["__TEXT"][3], 1)
print(f"{len(segments)} segments, {pages} pages signed")
