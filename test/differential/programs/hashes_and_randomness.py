import hashlib
import hmac
import random
import uuid
import zlib
data = [b"", b"abc", bytes(range(256)) * 40]
for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_512", "blake2b", "blake2s"):
    print(name, [hashlib.new(name, d).hexdigest() for d in data], hashlib.new(name).digest_size, hashlib.new(name).block_size)
h = hashlib.sha256(b"a"); copy = h.copy(); h.update(b"b")
print(h.hexdigest() == hashlib.sha256(b"ab").hexdigest(), copy.hexdigest(), hashlib.shake_128(b"x").hexdigest(10), hashlib.blake2b(b"x", digest_size=9, key=b"k", salt=b"s", person=b"p").hexdigest())
print(hmac.new(b"key", b"message", "sha256").hexdigest(), hmac.compare_digest("a", "a"), hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex())
try: hashlib.new("nope")
except ValueError as error: print(error)
r = random.Random(12345)
print(r.random(), r.getrandbits(100), r.randrange(10**20), r.randint(-5, 5), r.choice("abcdef"), r.choices(range(5), weights=[1, 2, 3, 4, 5], k=6), r.sample(range(100), 5), r.uniform(1, 2), r.randbytes(6).hex(), r.triangular(0, 1, 0.5))
items = list(range(15)); r.shuffle(items); print(items)
state = r.getstate(); first = [r.random() for _ in range(3)]; r.setstate(state); print(first == [r.random() for _ in range(3)], state[0], len(state[1]))
for seed in ("text", b"bytes", 5.5, -3, 2**70, None and 1):
    if seed is not None: print(repr(seed), random.Random(seed).random())
random.seed(7); print(random.random(), random.randrange(3, 30, 4), random.getrandbits(1))
for bad in ("r.randrange(0)", "r.choice([])", "r.sample([1], 2)", "r.randint(5, 1)", "r.getrandbits(-1)", "r.choices([], k=1)", "random.Random([])"):
    try: print(eval(bad))
    except Exception as error: print(bad, type(error).__name__, error)
print(uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"), uuid.UUID(int=5), uuid.UUID("{12345678-1234-5678-1234-567812345678}").fields, uuid.uuid3(uuid.NAMESPACE_URL, "x").version)
print(zlib.crc32(b"abc", 5), zlib.adler32(b"abc"), [hash(x) for x in (0, 1, -1, 5, True, 7.0)], hash((1, 2)) == hash((1, 2)), hash("") == 0)
