/** Links the interpreter with our own C into one module: `module.wasm` in the stage's folder. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { bootPages } from "../recipe.js";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";
import type { InterpreterInputs } from "./interpreter.js";
import { libraryFlags } from "./libraries.js";

export interface ModuleInputs extends InterpreterInputs {
  readonly interpreter: Stage;
  readonly packageFolder: string;
}

export async function linkModule(inputs: ModuleInputs): Promise<Stage> {
  const { work, toolchain, sources, libraries, interpreter, packageFolder } = inputs;
  const native = path.join(packageFolder, "native");
  const own = (await readdir(native)).filter((file) => /\.[ch]$/.test(file)).sort();
  const read = (file: string) => readFile(file, "utf8");
  const importer = path.join(packageFolder, "guest", "forged", "_forge_import.py");
  const freeze = path.join(packageFolder, "build", "freeze.py");
  const training = interpreter.folder.endsWith("training");
  return stage({
    name: training ? "training-module" : "module",
    saying: "linking",
    work,
    dependsOn: [
      interpreter.key,
      link,
      await read(importer),
      await read(freeze),
      ...(await Promise.all(own.map((file) => read(path.join(native, file))))),
    ],
    make: (folder) =>
      shell(link, {
        cwd: folder,
        env: {
          ...toolchain.env([folder, sources.folder, interpreter.folder, packageFolder]),
          SOURCE: path.join(sources.folder, "python"),
          BUILT: interpreter.folder,
          LIBRARIES: libraryFlags(libraries).link,
          MEMORY: String(bootPages * 65_536),
          NATIVE: native,
          IMPORTER: importer,
          FREEZE: freeze,
          OWN: own
            .filter((file) => file.endsWith(".c") && (training || file !== "profile.c"))
            .map((file) => file.slice(0, -2))
            .join(" "),
        },
      }),
  });
}

// The stack comes first, so that overflowing it traps instead of overwriting data.
const link = `
L=$SOURCE/Lib/encodings
"$PYTHON" "$FREEZE" frozen.h encodings/=$L/__init__.py encodings.aliases=$L/aliases.py encodings.utf_8=$L/utf_8.py \\
  _forge_import=$IMPORTER
for name in $OWN; do
  $CC $FEATURES -O3 -DNDEBUG -Wall -I. -I"$SOURCE/Include" -I"$BUILT" -c "$NATIVE/$name.c" -o "$name.o"
done
$CC -mexec-model=reactor -Wl,--lto-O3 -Wl,-mllvm,-profile-summary-cutoff-cold=990000 -Wl,-O2 -z stack-size=$STACK -Wl,--stack-first -Wl,--strip-all \\
  -Wl,--import-memory -Wl,--initial-memory=$MEMORY -Wl,--export=__stack_pointer -o module.wasm *.o "$BUILT/libpython3.13.a" \\
  "$BUILT/Modules/_decimal/libmpdec/libmpdec.a" "$BUILT/Modules/_hacl/libHacl_Hash_SHA2.a" \\
  "$BUILT/Modules/expat/libexpat.a" $LIBRARIES \\
  -lwasi-emulated-signal -lwasi-emulated-getpid -lwasi-emulated-process-clocks -ldl -lm
`;
