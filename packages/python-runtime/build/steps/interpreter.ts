/** Configures CPython for WASI and compiles it to an archive. */
import path from "node:path";
import { disabledModules, patches } from "../recipe.js";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";
import { libraryFlags } from "./libraries.js";
import type { Toolchain } from "./toolchain.js";

export interface InterpreterInputs {
  readonly work: string;
  readonly toolchain: Toolchain;
  readonly sources: Stage;
  readonly libraries: Stage;
}

/** How the archive is compiled: to be measured (`training`), or to be shipped. */
export type Flavour =
  | { readonly name: "training" }
  | {
      readonly name: "interpreter";
      readonly profile: { readonly file: string; readonly hash: string };
      /** Macros of patches that are left out, to see what they are worth. */
      readonly without: readonly string[];
    };

/** Once for all flavours, with plain flags: counters or link-time optimisation would mislead its experiments. */
export async function configureInterpreter(inputs: InterpreterInputs): Promise<Stage> {
  const { work, toolchain, sources, libraries } = inputs;
  return stage({
    name: "configured",
    saying: "configuring CPython for WebAssembly (a minute)",
    work,
    dependsOn: [toolchain.key, sources.key, libraries.key, configure, disabledModules.join()],
    make: (folder) => shell(configure, { cwd: folder, env: environment(inputs, folder) }),
  });
}

export async function buildInterpreter(
  inputs: InterpreterInputs,
  configured: Stage,
  flavour: Flavour,
): Promise<Stage> {
  const optimization = optimizationFlags(flavour);
  const without = flavour.name === "interpreter" ? flavour.without : [];
  const macros = patches
    .flatMap((patch) => patch.macros.filter((macro) => !without.includes(macro)))
    .map((macro) => `-D${macro}`)
    .join(" ");
  return stage({
    name: flavour.name,
    saying:
      flavour.name === "training"
        ? "compiling CPython with counters (2 minutes)"
        : "compiling CPython to WebAssembly (1 to 3 minutes)",
    work: inputs.work,
    dependsOn: [
      configured.key,
      macros,
      optimization.kind,
      flavour.name === "interpreter" ? flavour.profile.hash : "",
      compile,
      compiledSmall.join(),
    ],
    make: (folder) =>
      shell(compile, {
        cwd: folder,
        env: {
          ...environment(inputs, folder),
          CONFIGURED: configured.folder,
          OPTIMIZE: `-DNDEBUG -Wall ${optimization.flags} ${macros}`,
        },
      }),
  });
}

function environment(
  { toolchain, sources, libraries }: InterpreterInputs,
  folder: string,
): Record<string, string> {
  return {
    ...toolchain.env([folder, sources.folder, libraries.folder]),
    // Relative: a profile knows a static function by its file as the compiler was told it, which must be the same in
    // every folder that this is built in.
    SOURCE: path.join("..", path.basename(sources.folder), "python"),
    LIBRARIES: libraryFlags(libraries).compile,
    LIBRARY_FOLDER: path.join(libraries.folder, "lib"),
    DISABLED: disabledModules.join(" "),
    SMALL: compiledSmall.join(" "),
  };
}

function optimizationFlags(flavour: Flavour): { kind: string; flags: string } {
  if (flavour.name === "training") {
    const kind = "-O2 -fprofile-generate -mllvm -memop-max-annotations=4";
    return { kind, flags: kind };
  }
  // What the workload spent less than a hundredth of its time in is made small: an engine must compile it, too, before it
  // first runs it, and a fresh process has little else to do.
  const kind =
    "-O3 -flto=full -mllvm -pgo-cold-func-opt=minsize -mllvm -profile-summary-cutoff-cold=990000 -Wno-profile-instr-unprofiled -Wno-profile-instr-out-of-date";
  return { kind, flags: `${kind} -fprofile-use=${flavour.profile.file}` };
}

/**
 * The compiler of Python, which a fresh process must load for its first run: an engine takes longer to compile code that
 * was optimised for speed than that code could save.
 */
const compiledSmall = [
  ...["action_helpers", "parser", "peg_api", "pegen", "pegen_errors", "string_parser", "token"].map(
    (name) => `Parser/${name}.o`,
  ),
  ...["buffer", "lexer", "state"].map((name) => `Parser/lexer/${name}.o`),
  ...[
    "Python-ast",
    "assemble",
    "ast",
    "ast_opt",
    "compile",
    "flowgraph",
    "instruction_sequence",
    "symtable",
  ].map((name) => `Python/${name}.o`),
];

const configure = `
mkdir -p Modules
{ echo '*disabled*'; echo $DISABLED; } > Modules/Setup.local
# A library that this machine happens to have must not be found.
export PKG_CONFIG_LIBDIR=/nonexistent CONFIG_SITE=$SOURCE/Tools/wasm/config.site-wasm32-wasi
"$SOURCE/configure" -q --host=wasm32-unknown-wasip1 --build=x86_64-pc-linux-gnu --with-build-python="$PYTHON" \\
  --prefix=/usr --disable-test-modules --disable-ipv6 --without-ensurepip --with-pymalloc --without-doc-strings \\
  OPT="-DNDEBUG -O3 -Wall" CFLAGS="$FEATURES" \\
  ZLIB_CFLAGS="$LIBRARIES" ZLIB_LIBS="-L$LIBRARY_FOLDER -lz" \\
  BZIP2_CFLAGS="$LIBRARIES" BZIP2_LIBS="-L$LIBRARY_FOLDER -lbz2" \\
  LIBLZMA_CFLAGS="$LIBRARIES" LIBLZMA_LIBS="-L$LIBRARY_FOLDER -llzma" \\
  LIBSQLITE3_CFLAGS="$LIBRARIES" LIBSQLITE3_LIBS="-L$LIBRARY_FOLDER -lsqlite3"
`;

const compile = `
cp -a "$CONFIGURED/." .
nice make -j2 OPT="$OPTIMIZE -Os" $SMALL
nice make -j2 OPT="$OPTIMIZE" libpython3.13.a \\
  Modules/_decimal/libmpdec/libmpdec.a Modules/_hacl/libHacl_Hash_SHA2.a Modules/expat/libexpat.a
`;
