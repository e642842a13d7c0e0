import gc, random, sys, tracemalloc, weakref
random.seed(9)
class Block:
    def __init__(self, n):
        self.n, self.content = n, bytes([n & 255]) * n
    def is_whole(self):
        return self.content == bytes([self.n & 255]) * self.n
    def __del__(self):
        if self.n % 97 == 0:
            left.append(bytes(self.n))
left, live, known = [], {}, []
for turn in range(30_000):
    key = random.randrange(3000)
    if key in live and random.random() < 0.5:
        if not live.pop(key).is_whole():
            print("changed", turn)
    else:
        live[key] = Block(random.choice((1, 15, 16, 17, 31, 33, 64, 97, 200, 400, 480, 495, 511, 512, 513, 600, 5000)))
        if turn % 50 == 0:
            known.append(weakref.ref(live[key]))
    if turn % 10_000 == 9_999:
        print(all(block.is_whole() for block in live.values()), len(left))
        live.clear()
        left.clear()
        gc.collect()
        print(sum(ref() is not None for ref in known))
for n in range(1, 520, 3):
    blocks = [bytes([n & 255]) * n for _ in range(200)]
    random.shuffle(blocks)
    if any(block != bytes([n & 255]) * n for block in blocks):
        print("changed", n)
before = [bytes(i % 600) for i in range(20_000)]
tracemalloc.start()
during = [bytes(i % 600) for i in range(20_000)]
del before
print(tracemalloc.get_traced_memory()[0] > 1_000_000)
tracemalloc.stop()
del during
gc.collect()
# Frames lie in chunks of memory that may be as large as what objects lie in.
sys.setrecursionlimit(20_000)
def wide(n, *arguments):
    return wide(n - 1, *arguments) if n else len(arguments)
def deep(n):
    return 1 + deep(n - 1) if n else 0
print([wide(40, *range(width)) for width in (0, 100, 3000, 60_000)])
for _ in range(3):
    many = [[] for _ in range(50_000)]
    print(deep(15_000), len(many))
triples = [(i, [i], {i: i}) for i in range(30_000)]
del triples[::2], triples[::3]
gc.collect()
again = [(i, [i], {i: i}) for i in range(30_000)]
print(sum(a + b[0] + c[a] for a, b, c in triples), sum(a + b[0] + c[a] for a, b, c in again))
