"""What `sysconfig` reads on this platform. The flags of the machine that compiled it would mean nothing here."""

build_time_vars = {
    "CFLAGS": "",
    "CONFIG_ARGS": "",
    "EXT_SUFFIX": ".cpython-313-wasm32-wasi.so",
    "LDVERSION": "3.13",
    "MULTIARCH": "wasm32-wasi",
    "PY_CFLAGS": "",
    "PY_CORE_CFLAGS": "",
    "Py_DEBUG": 0,
    "Py_GIL_DISABLED": 0,
    "SOABI": "cpython-313-wasm32-wasi",
    "TZPATH": "",
    "VERSION": "3.13",
    "WITH_DOC_STRINGS": 0,
    "WITH_PYMALLOC": 1,
}
