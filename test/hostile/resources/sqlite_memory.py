"""A database in memory that grows past the cap, in one value and in many."""
from platform_sdk import send_output

try:
    import sqlite3
except ImportError:
    send_output("HELD:no sqlite3")
    raise SystemExit
ends = []
for statement in ("select length(zeroblob(900000000))", "insert into t select randomblob(1000000) from n", "select group_concat(hex(randomblob(1000000))) from n",
                  "select printf('%.*c', 900000000, 'x')", "select replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000)))"):
    database = sqlite3.connect(":memory:")
    database.execute("create table t(x)")
    database.execute("create view n as with recursive c(i) as (select 1 union all select i + 1 from c where i < 100) select i from c")
    try:
        ends.append(str(database.execute(statement).fetchone())[:20])
    except (MemoryError, sqlite3.Error) as error:
        ends.append(type(error).__name__)
    try:
        database.close()
    except sqlite3.Error:
        pass
send_output("HELD:" + " ".join(ends))
