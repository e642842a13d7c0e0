/** What goes into the image: every source with its hash, every choice with its reason. Changing it changes the image. */

/**
 * Upstream sources, taken from Debian's source packages and accepted only with these hashes; and the fixes for them that
 * are in the same packages, in Debian's order: every one of a security fault, or of a crash. What Debian changes for its own
 * purposes stays out.
 */
export const sources = {
  python: {
    package: "python3.13",
    file: "python3.13_3.13.5.orig.tar.xz",
    sha256: "93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640",
    licence: "PSF-2.0",
    fixes: [
      "CVE-2025-11468.patch",
      "CVE-2025-12084.patch",
      "CVE-2025-13462.patch",
      "CVE-2025-13836.patch",
      "CVE-2025-13837.patch",
      "CVE-2025-6069.patch",
      "CVE-2025-6075.patch",
      "CVE-2025-8194.patch",
      "CVE-2025-8291.patch",
      "CVE-2025-15282.patch",
      "CVE-2026-0672.patch",
      "CVE-2026-0865.patch",
      "CVE-2026-1299.patch",
      "CVE-2026-2297.patch",
      "CVE-2026-3446.patch",
      "CVE-2026-4224.patch",
      "CVE-2026-3644.patch",
      "CVE-2026-4519.patch",
      "CVE-2026-6019.patch",
      "CVE-2026-6019-2.patch",
      "CVE-2026-6100.patch",
      "dict-use-after-free.patch",
      "traverse-managed-dicts.patch",
      "CVE-2026-1502.patch",
      "CVE-2026-3276.patch",
      "CVE-2026-7774.patch",
      "CVE-2026-8328.patch",
      "CVE-2026-9669.patch",
      "CVE-2026-6879.patch",
      "CVE-2026-0864.patch",
      "CVE-2026-4360.patch",
      "CVE-2026-11940.patch",
      "CVE-2026-11972.patch",
    ],
  },
  zlib: {
    package: "zlib",
    file: "zlib_1.3.dfsg+really1.3.1.orig.tar.gz",
    sha256: "60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb",
    licence: "Zlib",
    fixes: [] as readonly string[],
  },
  bzip2: {
    package: "bzip2",
    file: "bzip2_1.0.8.orig.tar.gz",
    sha256: "ab5a03176ee106d3f0fa90e381da478ddae405918153cca248e682cd0c4a2269",
    licence: "bzip2-1.0.6",
    fixes: [] as readonly string[],
  },
  xz: {
    package: "xz-utils",
    file: "xz-utils_5.8.1.orig.tar.xz",
    sha256: "0b54f79df85912504de0b14aec7971e3f964491af1812d83447005807513cd9e",
    licence: "0BSD",
    fixes: ["0001-liblzma-Fix-a-buffer-overflow-in-lzma_index_append.patch"],
  },
  sqlite: {
    package: "sqlite3",
    file: "sqlite3_3.46.1.orig.tar.xz",
    sha256: "d0cdd2ece271b29e7ce18095745d892517ee26d0f270065b3a25c2e9eb11639c",
    licence: "blessing",
    fixes: [
      "41-fix_a_bug_in_the_NOT_NULL-IS_NULL_optimization.patch",
      "50-CVE-2025-29087.patch",
      "51-CVE-2025-29088.patch",
      "52-CVE-2025-6965.patch",
      "53-CVE-2025-7709.patch",
      "54-CVE-2026-11822_CVE-2026-11824.patch",
    ],
  },
} as const;

/** Binary packages that are unpacked into the work folder and never installed. */
export const binaryPackages = [
  { name: "wasi-libc", suite: "trixie", licence: "MIT AND Apache-2.0 WITH LLVM-exception" },
  { name: "libclang-rt-19-dev-wasm32", suite: "bookworm", licence: "Apache-2.0 WITH LLVM-exception" },
  { name: "tzdata", suite: "trixie", licence: "LicenseRef-public-domain" },
  // The Python that runs CPython's own build scripts, with the C library it was linked against.
  { name: "python3.13-minimal", suite: "trixie" },
  { name: "libpython3.13-minimal", suite: "trixie" },
  { name: "libpython3.13-stdlib", suite: "trixie" },
  { name: "libc6", suite: "trixie" },
  { name: "libexpat1", suite: "trixie" },
  { name: "zlib1g", suite: "trixie" },
] as const;

/** Installed with apt-get where they are missing, which needs root. */
export const tools = [
  { command: "clang-19", package: "clang-19" },
  { command: "wasm-ld-19", package: "lld-19" },
  { command: "llvm-ar-19", package: "llvm-19" },
  { command: "make", package: "make" },
  { command: "patch", package: "patch" },
  { command: "xz", package: "xz-utils" },
  { command: "bzip2", package: "bzip2" },
  { command: "tclsh", package: "tcl" },
] as const;

/** Extension modules that stay out. The guide lists what a plugin sees instead. */
export const disabledModules = [
  "_ssl",
  "_hashlib",
  "_ctypes",
  "_dbm",
  "_gdbm",
  "readline",
  "_curses",
  "_curses_panel",
  "_uuid",
  "_tkinter",
  "xxsubtype",
];

/** Source patches in the order they are applied; each is compiled in only if its macros are defined. */
export const patches: readonly { readonly file: string; readonly macros: readonly string[] }[] = [
  { file: "recursion-limit.patch", macros: [] },
  { file: "few-frozen.patch", macros: ["FORGE_FEW_FROZEN"] },
  { file: "reenter-loop.patch", macros: ["FORGE_REENTER_LOOP"] },
  { file: "object-allocator.patch", macros: ["FORGE_FLAT_ARENAS", "FORGE_DIRECT_ALLOC"] },
  { file: "fast-ints.patch", macros: ["FORGE_FAST_INTS"] },
  { file: "slots-init.patch", macros: ["FORGE_SLOTS_INIT"] },
  { file: "guarded-recursion.patch", macros: ["FORGE_GUARDED_RECURSION"] },
];

/** Patches of the standard library, and the files that each of them touches. */
export const libraryPatches = [
  { file: "no-network.patch", touches: ["Lib/socket.py"] },
  {
    file: "no-processes.patch",
    touches: ["Lib/multiprocessing/popen_fork.py", "Lib/multiprocessing/connection.py"],
  },
] as const;

export const features = "-mbulk-memory -mnontrapping-fptoint -msign-ext -mmutable-globals";

/** A megabyte of C stack: with the lowered recursion limit, runaway recursion ends as RecursionError. */
export const stackBytes = 1 << 20;

/** What the memory is before the interpreter boots: its data, the stack, and the first of the heap. */
export const bootPages = 96;

/** Fixed: with an image that is the same for everyone, so are its string hashes. See the threat model. */
export const hashSeed = 0;

/** The moment that goes into everything which records when it was built (CPython 3.13.5 was released then). */
export const sourceDateEpoch = 1_749_600_000;

/**
 * Imported before the snapshot: what plugins use most and what costs little memory in every instance. Left out for
 * their size, and loaded when a plugin imports them: dataclasses (1 MB), typing (0.4 MB), asyncio (2.8 MB).
 */
export const preload = [
  "platform_sdk",
  "_sdk_input",
  "_sdk_output",
  "_sdk_requests",
  "_sdk_tickets",
  "_sdk_tools",
  "base64",
  "collections",
  "contextlib",
  "copy",
  "datetime",
  "encodings.utf_8_sig",
  "functools",
  "hashlib",
  "io",
  "itertools",
  "json",
  "math",
  "operator",
  "os",
  "random",
  "re",
  "string",
  "textwrap",
  "time",
  "warnings",
];

/** Folders and modules of the standard library that are not shipped. */
export const excludedFromLibrary = new Set([
  "test",
  "idlelib",
  "tkinter",
  "turtledemo",
  "turtle",
  "ensurepip",
  "venv",
  "ctypes",
  "curses",
  "site-packages",
  "pydoc_data",
  "__pycache__",
  "_aix_support",
  "_android_support",
  "_apple_support",
  "_ios_support",
  "_osx_support",
]);
