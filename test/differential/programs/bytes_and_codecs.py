import base64
import binascii
import codecs
import struct
import zlib

data = bytes(range(256))
print(data[65:70], data.hex()[:20], bytes.fromhex("DE ad be EF"), data.translate(None, b"aeiou")[100:110], bytearray(b"abc") + b"d")
buffer = bytearray(b"hello")
buffer[1:3] = b"EY!"
buffer.extend(b"?" * 2)
del buffer[0]
print(buffer, buffer.pop(), memoryview(buffer)[::2].tolist(), buffer.find(b"l"), bytes(3), bytes([1, 2]))
for codec in ("utf-8", "utf-16", "utf-32-be", "latin-1", "cp1252", "ascii", "utf-7", "idna", "punycode", "shift_jis", "gb18030", "euc_kr", "koi8-r", "cp437"):
    for errors in ("strict", "replace", "xmlcharrefreplace", "backslashreplace", "ignore"):
        try:
            encoded = "aé日я€".encode(codec, errors)
            print(codec, errors, encoded, ascii(encoded.decode(codec, "replace")))
        except (UnicodeError, LookupError) as error:
            print(codec, errors, type(error).__name__, error)
for bad in (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"a\xe2\x82b", b"\xc0\x80"):
    for errors in ("strict", "replace", "ignore", "surrogateescape", "backslashreplace"):
        try:
            print(errors, ascii(bad.decode("utf-8", errors)))
        except UnicodeDecodeError as error:
            print(error, error.start, error.end, error.reason)
print(base64.b64encode(data)[:40], base64.urlsafe_b64decode("_-8="), base64.b85encode(b"hello"), base64.a85encode(b"hello\0\0\0\0"), base64.b32hexencode(b"hi"))
for bad in ("abc", "ab==cd", "é"):
    try:
        print(base64.b64decode(bad, validate=True))
    except (binascii.Error, ValueError) as error:
        print(type(error).__name__, error)
print(zlib.crc32(data), zlib.adler32(data), zlib.decompress(zlib.compress(data * 50, 9)) == data * 50, len(zlib.compress(bytes(100_000))))
try:
    zlib.decompress(b"not compressed")
except zlib.error as error:
    print(error)
print(struct.pack(">bBhHiIqQefd?5sx", -1, 255, -2, 65535, -3, 4, -5, 6, 1.5, 2.5, 3.5, True, b"ab").hex(), struct.calcsize("<bhiq"), struct.unpack("<3sH", b"abc\x01\x02"))
for form, value in (("<b", 128), ("<I", -1), ("<h", 1.5), ("<e", 1e6), ("<i", "x")):
    try:
        print(struct.pack(form, value))
    except (struct.error, OverflowError, TypeError) as error:
        print(type(error).__name__, error)
decoder = codecs.getincrementaldecoder("utf-8")("replace")
print([decoder.decode(bytes([b])) for b in "a€é".encode()], decoder.decode(b"\xe2", True))
