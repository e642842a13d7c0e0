"""Sizes at the edges of signed and unsigned numbers, in everything that takes one."""
from platform_sdk import send_output
import array, collections, hashlib, io, itertools, math, os, struct, zlib

ends = {}
for size in (2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1):
    for call in (lambda: bytes(size), lambda: bytearray(size), lambda: [0] * size, lambda: (0,) * size, lambda: "x" * size, lambda: b"xy" * (size // 2), lambda: "x".ljust(size), lambda: "\u4e2d" * (size // 4), lambda: array.array("d", [0]) * (size // 8),
                 lambda: memoryview(b"x").cast("B", [size]), lambda: struct.calcsize("%dx" % size), lambda: struct.pack("%ds" % size, b""), lambda: io.BytesIO().truncate(size), lambda: io.StringIO().seek(size), lambda: os.urandom(size), lambda: os.read(0, size), lambda: collections.deque([0], size) * size,
                 lambda: hashlib.shake_128(b"").digest(size), lambda: hashlib.pbkdf2_hmac("sha1", b"", b"", 1, size), lambda: hashlib.scrypt(b"", salt=b"", n=2**20, r=size % 1000, p=1, maxmem=size), lambda: zlib.decompress(zlib.compress(b"x"), 15, size) and zlib.decompressobj().decompress(zlib.compress(b"x"), size),
                 lambda: list(itertools.combinations(range(2), size)), lambda: itertools.repeat(0, size).__length_hint__(), lambda: [None] * 2 + list(range(size)), lambda: (1).to_bytes(size, "big"), lambda: f"{1:{size}d}", lambda: "%.*f" % (size, 1.0), lambda: math.comb(2 * 10**6, size), lambda: set(range(size)),
                 lambda: bytes.fromhex("00" * (size // 2)), lambda: "x".encode().zfill(size), lambda: io.BufferedReader(io.BytesIO(), size), lambda: round(1.5, size), lambda: slice(size).indices(size), lambda: range(size).__len__(), lambda: sorted([1], key=lambda x: bytes(size))):
        try:
            call()
            end = "done"
        except Exception as error:
            end = type(error).__name__
        ends[end] = ends.get(end, 0) + 1
send_output("HELD:" + repr(ends))
