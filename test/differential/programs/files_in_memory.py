import array, bz2, gzip, io, lzma, pickle, sqlite3, tarfile, zipfile, copy, shelve, configparser
text = io.StringIO("line 1\nline 2\r\nline 3\rlast"); print(text.readline(), text.readlines(), text.seek(2), text.read(3), text.tell(), text.truncate(4), repr(text.getvalue()))
raw = io.BytesIO(b"a\nbc\n\xc3\xa9"); wrapped = io.TextIOWrapper(raw, encoding="utf-8", newline=None); print(list(wrapped), wrapped.seekable(), raw.getbuffer()[1:3].tobytes())
buffered = io.BufferedReader(io.BytesIO(bytes(range(100)))); print(buffered.peek(3)[:3], buffered.read1(2), buffered.read(3), buffered.seek(-1, 2), buffered.read(), buffered.read())
for action in ("io.StringIO().write(b'x')", "io.BytesIO().write('x')", "io.StringIO('x').seek(-1)", "io.StringIO().seek(1, 1)", "io.BytesIO(b'x').fileno()", "io.TextIOWrapper(io.BytesIO(b'\\xff'), 'ascii').read()", "io.BytesIO().getvalue()"):
    try: print(action, eval(action))
    except Exception as error: print(action, type(error).__name__, str(error)[:80])
payload = b"payload " * 500
for module in (gzip, bz2, lzma): print(module.__name__, module.decompress(module.compress(payload)) == payload)
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as z: z.writestr("a/b.txt", "hello"); z.writestr("c.bin", payload)
with zipfile.ZipFile(archive) as z: print(z.namelist(), z.read("a/b.txt"), z.getinfo("c.bin").file_size, z.testzip())
packed = io.BytesIO()
with tarfile.open(fileobj=packed, mode="w:gz") as t: info = tarfile.TarInfo("x"); info.size = 3; t.addfile(info, io.BytesIO(b"abc"))
packed.seek(0); print([(m.name, m.size) for m in tarfile.open(fileobj=packed).getmembers()])
class Node:
    def __init__(self, v): self.v, self.next = v, None
    def __reduce__(self): return (Node, (self.v,), {"next": self.next})
    def __deepcopy__(self, memo): return Node(self.v * 2)
n = Node(1); n.next = n; again = pickle.loads(pickle.dumps(n)); print(again.next is again, copy.deepcopy([n, n])[0].v, copy.copy(n).next is n)
for protocol in range(6): print(protocol, pickle.loads(pickle.dumps([1, 2.5, "é", None, {1: (2,)}, 10**30, b"x", {3}], protocol)))
for bad in (b"", b"\x80\x04.", b"garbage"):
    try: print(pickle.loads(bad))
    except Exception as error: print(type(error).__name__, str(error)[:60])
db = sqlite3.connect(":memory:"); db.execute("create table t(a integer primary key, b text, c real)"); db.executemany("insert into t(b, c) values (?, ?)", [("x", 1.5), ("é", None), ("z", 3)])
print(db.execute("select * from t order by b desc").fetchall(), db.execute("select count(*), sum(c), avg(c), max(b), group_concat(b) from t").fetchone(), db.execute("with recursive n(i) as (select 1 union all select i+1 from n where i < 5) select group_concat(i) from n").fetchone())
db.create_function("twice", 1, lambda v: v * 2); print(db.execute("select twice(b) from t where a > ?", (1,)).fetchall(), db.total_changes)
for sql in ("select", "select * from nope", "insert into t values (1, 2, 3)", "select twice()", "select ?"):
    try: print(db.execute(sql).fetchall())
    except sqlite3.Error as error: print(type(error).__name__, error)
values = array.array("h", [1, -2, 3]); values.append(4); print(values, values.tobytes(), values.itemsize, values[::-1], array.array("d", [0.5]).tolist(), memoryview(values)[1:].tolist(), memoryview(b"abcd").cast("H").tolist(), memoryview(bytearray(4)).cast("B", (2, 2)).tolist())
