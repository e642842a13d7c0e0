import functools
import heapq
import bisect
import itertools as it
import operator
print(list(it.accumulate([1, 2, 3, 4], operator.mul)), list(it.accumulate([], initial=5)), list(it.batched("abcdefg", 3)), list(it.chain.from_iterable(["ab", "c"])))
print(list(it.combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 2)), list(it.compress("abcdef", [1, 0, 1, 0, 1, 1])), list(it.dropwhile(lambda x: x < 3, [1, 4, 1])))
print([(k, list(g)) for k, g in it.groupby("aabbbca")], list(it.islice("abcdefg", 1, 6, 2)), list(it.pairwise("abcd")), len(list(it.permutations(range(5), 3))))
print(list(it.product("ab", [1, 2])), list(it.repeat("x", 3)), list(it.starmap(pow, [(2, 5), (3, 2)])), list(it.takewhile(str.isalpha, "ab1c")), list(it.zip_longest("ab", "xyz", fillvalue="-")))
a, b = it.tee([1, 2, 3])
print(next(a), list(b), list(a), list(it.filterfalse(None, [0, 1, "", "x"])), list(it.cycle([]))[:1], list(map(operator.add, [1, 2], [3, 4, 5])), list(filter(None, [0, 1, [], "a"])))
print(functools.reduce(lambda a, b: f"({a}{b})", "abcd"), functools.partial(int, base=2)("101"), functools.reduce(operator.or_, [1, 2, 4], 8))
@functools.lru_cache(maxsize=3)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(n) for n in range(20)], fib.cache_info())
@functools.singledispatch
def kind(value): return "other"
@kind.register
def _(value: int | float): return "number"
@kind.register(list)
def _(value): return [kind(v) for v in value]
print(kind([1, 2.5, "x", [True, None]]))
@functools.total_ordering
class Version:
    def __init__(self, text): self.parts = [*map(int, text.split("."))]
    def __eq__(self, other): return self.parts == other.parts
    def __lt__(self, other): return self.parts < other.parts
print(Version("1.10") > Version("1.9"), Version("1.0") <= Version("1.0"), sorted(["b10", "b9", "a1"], key=functools.cmp_to_key(lambda x, y: (len(x) > len(y)) - (len(x) < len(y)) or (x > y) - (x < y))))
heap = [9, 4, 7, 1]
heapq.heapify(heap)
print(heap, heapq.heappushpop(heap, 0), heapq.heapreplace(heap, 8), heapq.nlargest(2, heap), heapq.nsmallest(2, "hello", key=lambda c: -ord(c)), list(heapq.merge([1, 4], [2, 3], reverse=False)), [heapq.heappop(heap) for _ in range(4)])
where = [10, 20, 20, 30]
print(bisect.bisect_left(where, 20), bisect.bisect_right(where, 20), bisect.bisect(where, 25, key=lambda x: x), bisect.insort(where, 15), where)
print(operator.itemgetter(1, 0)("ab"), operator.attrgetter("real", "imag")(3 + 4j), operator.methodcaller("replace", "a", "b")("aa"), operator.index(5), operator.length_hint(iter([1, 2])))
