"""A query without end, in C code that never asks the interpreter anything."""
from platform_sdk import send_output

try:
    import sqlite3
except ImportError:
    while True:
        pass
sqlite3.connect(":memory:").execute("with recursive c(i) as (select 1 union all select i + 1 from c) select count(*) from c").fetchone()
send_output("BREACH:came to an end")
