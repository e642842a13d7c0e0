"""Containers and buffers changed by the very code that they call while C walks over them."""
from platform_sdk import send_output
import array, bisect, collections, functools, heapq, io, itertools, json, operator, re, zlib

send_output("HELD:before")

def attempt(call):
    try:
        call()
    except Exception:
        pass

class Clears:
    def __init__(self, victim):
        self.victim, self.left = victim, 200
    def _act(self):
        victim = self.victim
        # Or a loop over what it makes longer would have no end, and hide what comes after.
        self.left -= 1
        if self.left < 0:
            raise LookupError
        for act in (lambda: victim.clear(), lambda: victim.append(1), lambda: victim.extend(range(5000)), lambda: victim.update({0: 1}), lambda: victim.pop(), lambda: victim.release()):
            attempt(act)
    def __eq__(self, other):
        self._act()
        return False
    def __lt__(self, other):
        self._act()
        return True
    __gt__ = __le__ = __ge__ = __lt__
    def __hash__(self):
        self._act()
        return 1
    def __index__(self):
        self._act()
        return 3
    __int__ = __index__
    def __len__(self):
        self._act()
        return 1
    def __repr__(self):
        self._act()
        return "x"
    __str__ = __repr__
    def __del__(self):
        self._act()
    def __iter__(self):
        self._act()
        return iter((1, 2))
    def __call__(self, *arguments):
        self._act()
        return 1
    def __bool__(self):
        self._act()
        return True

for make in (list, dict, set, collections.deque, bytearray, lambda: array.array("i"), collections.OrderedDict, lambda: collections.defaultdict(int), collections.Counter):
    victim = make()
    evil = Clears(victim)
    def fill():
        evil.left = 200
        for add in (lambda: victim.append(evil), lambda: victim.add(evil), lambda: victim.__setitem__(evil, evil), lambda: victim.extend([evil] * 50), lambda: victim.extend(b"abcdefgh" * 50)):
            attempt(add)
    for use in (lambda: evil in victim, lambda: victim.index(evil), lambda: victim.remove(evil), lambda: victim.count(evil), lambda: victim == [evil] * 3, lambda: victim.sort(), lambda: victim.sort(key=evil), lambda: victim.insert(evil, 1), lambda: repr(victim), lambda: list(map(evil, victim)),
                lambda: sorted(victim), lambda: max(victim, key=evil), lambda: victim.__setitem__(slice(evil, None), evil), lambda: victim.__delitem__(slice(None, evil)), lambda: "".join(victim), lambda: b"".join(victim), lambda: json.dumps(victim), lambda: heapq.heapify(victim), lambda: heapq.heappushpop(victim, evil), lambda: bisect.insort(victim, evil),
                lambda: functools.reduce(evil, victim), lambda: victim | victim, lambda: victim.update(victim), lambda: victim.rotate(evil), lambda: dict.fromkeys(victim, evil), lambda: list(itertools.accumulate(victim, evil)), lambda: operator.concat(victim, evil), lambda: victim.join([evil, victim]), lambda: victim.find(evil), lambda: victim.translate(evil),
                lambda: memoryview(victim)[evil], lambda: memoryview(victim).__setitem__(evil, evil), lambda: re.sub(rb".", evil, victim), lambda: io.BytesIO(victim).readinto(victim), lambda: zlib.compress(victim, evil), lambda: int.from_bytes(victim, "big"), lambda: victim.move_to_end(evil), lambda: victim.popitem()):
        fill()
        attempt(use)

class Lies(io.RawIOBase):
    def readable(self):
        return True
    writable = seekable = readable
    def readinto(self, buffer):
        kept.append(buffer)
        return 10**9
    def write(self, data):
        kept.append(data)
        return 10**9
    def seek(self, *arguments):
        return -5
    tell = seek
kept = []
for wrap in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom, lambda raw: io.TextIOWrapper(io.BufferedReader(raw)), lambda raw: io.BufferedRWPair(raw, raw)):
    for use in (lambda file: file.read(), lambda file: file.read(10), lambda file: file.readline(), lambda file: file.write(b"x" * 10_000), lambda file: file.flush(), lambda file: file.peek(5), lambda file: file.seek(3), lambda file: file.detach()):
        attempt(lambda: use(wrap(Lies())))
for view in kept:
    attempt(lambda: bytes(view))
    attempt(lambda: view.__setitem__(0, 1))
