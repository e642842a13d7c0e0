"""Pickles that name what they should not reach."""
from platform_sdk import send_output
import pickle

hits = []
for data in (b"cposix\nsystem\n(S'true'\ntR.", b"cos\nfork\n(tR.", b"csubprocess\ncheck_output\n((S'id'\nltR.", b"cbuiltins\nopen\n(S'/etc/passwd'\ntR.",
             b"c_imp\ncreate_dynamic\n(S'x'\ntR.", b"cctypes\nCDLL\n(NtR.", b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x04true\x85R."):
    try:
        hits.append(pickle.loads(data))
    except BaseException:
        pass
send_output("BREACH:" + repr(hits) if hits else "HELD:no pickle got out")
