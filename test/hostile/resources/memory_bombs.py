"""Small compressed texts that open to gigabytes."""
from platform_sdk import send_output

ends = []

def attempt(name, make):
    try:
        ends.append("%s gave %d MB" % (name, len(make()) >> 20))
    except (MemoryError, OverflowError, ImportError) as error:
        ends.append("%s %s" % (name, type(error).__name__))

def zlib_bomb():
    import zlib
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return zlib.decompress(piece * 2_000 + packer.flush(), -15)

def gzip_bomb():
    import gzip
    return gzip.decompress(gzip.compress(bytes(1 << 22)) * 500)

def bz2_bomb():
    import bz2
    return bz2.decompress(bz2.compress(bytes(1 << 22)) * 500)

def lzma_bomb():
    import lzma
    return lzma.decompress(lzma.compress(bytes(1 << 22), preset=0) * 500)

def lzma_dictionary():
    import lzma
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
    return lzma.decompress(lzma.compress(b"x", lzma.FORMAT_RAW, filters=filters), lzma.FORMAT_RAW, None, filters)

attempt("zlib", zlib_bomb)
attempt("gzip", gzip_bomb)
attempt("bz2", bz2_bomb)
attempt("lzma", lzma_bomb)
attempt("lzma dictionary", lzma_dictionary)
breach = [end for end in ends if "gave" in end and int(end.split()[-2]) > 64]
send_output("BREACH:" + repr(breach) if breach else "HELD:" + "; ".join(ends))
