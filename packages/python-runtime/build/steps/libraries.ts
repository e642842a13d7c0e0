/** The C libraries that CPython's modules need: zlib, bzip2, liblzma, SQLite. */
import path from "node:path";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";
import type { Toolchain } from "./toolchain.js";

export async function buildLibraries(work: string, toolchain: Toolchain, sources: Stage): Promise<Stage> {
  return stage({
    name: "libraries",
    saying: "compiling zlib, bzip2, liblzma and SQLite",
    work,
    dependsOn: [toolchain.key, sources.key, zlib, bzip2, lzma, sqlite, archive],
    make: async (folder) => {
      const env = toolchain.env([folder, sources.folder]);
      await shell("mkdir include lib", { cwd: folder });
      for (const script of [zlib, bzip2, lzma, sqlite]) {
        await shell(`${archive}\n${script}`, {
          cwd: folder,
          env: { ...env, SOURCES: sources.folder, OUT: folder },
        });
      }
    },
  });
}

export function libraryFlags(libraries: Stage): { compile: string; link: string } {
  return {
    compile: `-I${path.join(libraries.folder, "include")}`,
    link: `-L${path.join(libraries.folder, "lib")} -lz -lbz2 -llzma -lsqlite3`,
  };
}

const archive = `
# archive NAME FLAGS -- FILES: compiles the files and puts them into lib/libNAME.a
archive() {
  local name=$1 flags=(); shift
  while [ "$1" != -- ]; do flags+=("$1"); shift; done; shift
  mkdir -p "objects/$name"
  for file in "$@"; do
    $CC $FEATURES -O3 -DNDEBUG "\${flags[@]}" -c "$file" -o "objects/$name/$(basename "$file" .c).o"
  done
  $AR Drcs "lib/lib$name.a" "objects/$name/"*.o
}
`;

const zlib = `
S=$SOURCES/zlib
archive z -DHAVE_UNISTD_H -- $S/{adler32,crc32,deflate,infback,inffast,inflate,inftrees,trees,zutil,compress,uncompr}.c
cp $S/zlib.h $S/zconf.h include/
`;

const bzip2 = `
S=$SOURCES/bzip2
archive bz2 -DBZ_NO_STDIO -- $S/{blocksort,huffman,crctable,randtable,compress,decompress,bzlib}.c
cp $S/bzlib.h include/
`;

const lzma = `
mkdir xz && cd xz
$SOURCES/xz/configure --quiet --host=wasm32-unknown-wasi --prefix="$OUT" CFLAGS="$FEATURES -O3 -DNDEBUG" \\
  --disable-shared --enable-static --enable-threads=no --disable-assembler --disable-nls --disable-doc \\
  --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-lzma-links --disable-scripts \\
  --enable-sandbox=no --disable-microlzma --disable-lzip-decoder
make -j2 -C src/liblzma install
`;

// In memory only: no temporary files, no loading of extensions, no threads, no shared memory.
const sqlite = `
mkdir amalgamation && cd amalgamation
B_CC="clang-19"
( unset CC CFLAGS; $SOURCES/sqlite/configure --quiet CC="$B_CC" BUILD_CC="$B_CC" --disable-tcl --disable-readline >/dev/null
  make sqlite3.c BCC="$B_CC" )
cd ..
archive sqlite3 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_WAL -DSQLITE_TEMP_STORE=3 \\
  -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_MAX_MMAP_SIZE=0 -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_DQS=0 \\
  -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_COLUMN_METADATA \\
  -Wno-everything -- amalgamation/sqlite3.c
cp amalgamation/sqlite3.h include/
`;
