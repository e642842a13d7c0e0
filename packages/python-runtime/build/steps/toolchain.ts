/** A compiler for WASI, and a Python of the same version that runs CPython's build scripts. Nothing is installed. */
import path from "node:path";
import { features, stackBytes } from "../recipe.js";
import { output, shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";

export interface Toolchain extends Stage {
  /** Runs CPython's build scripts. */
  readonly python: string;
  readonly compilerVersion: string;
  /** Environment of every compile; `folders` vanish from what the compiler records. */
  env(folders: readonly string[]): Record<string, string>;
}

export async function makeToolchain(work: string, packages: Stage, epoch: number): Promise<Toolchain> {
  const compilerVersion = (await output("clang-19", ["--version"])).split("\n")[0] ?? "";
  const made = await stage({
    name: "toolchain",
    saying: "unpacking the WASI C library and the build Python",
    work,
    dependsOn: [packages.key, compilerVersion, unpack],
    make: (folder) => shell(unpack, { cwd: folder, env: { PACKAGES: packages.folder, HERE: folder } }),
  });
  const at = (...parts: string[]) => path.join(made.folder, ...parts);
  const target = `--target=wasm32-wasip1 --sysroot=${at("root", "usr")} -resource-dir ${at("resources")}`;
  return {
    ...made,
    python: at("python3.13"),
    compilerVersion,
    env: (folders) => {
      const hide = [made.folder, ...folders].map((folder) => `-ffile-prefix-map=${folder}=/forge`).join(" ");
      const compile = `${target} ${hide}`;
      return {
        CC: `clang-19 ${compile}`,
        CXX: `clang++-19 ${compile}`,
        CPP: `clang-19 ${compile} -E`,
        AR: "llvm-ar-19",
        RANLIB: "llvm-ranlib-19",
        FEATURES: features,
        STACK: String(stackBytes),
        PYTHON: at("python3.13"),
        SOURCE_DATE_EPOCH: String(epoch),
        ZERO_AR_DATE: "1",
        PYTHONHASHSEED: "0",
      };
    },
  };
}

/**
 * Debian's names for the target differ from what clang 19 looks for, hence the links and the private resource folder.
 * The build Python starts through the C library that it was made for.
 */
const unpack = `
for name in wasi-libc libclang-rt-19-dev-wasm32; do dpkg -x "$PACKAGES/$name"_*.deb root; done
for name in tzdata python3.13-minimal libpython3.13-minimal libpython3.13-stdlib libc6 libexpat1 zlib1g; do
  dpkg -x "$PACKAGES/$name"_*.deb build-python
done
for kind in lib include; do ln -sfn wasm32-wasi "root/usr/$kind/wasm32-wasip1"; done
mkdir -p resources/lib/wasm32-unknown-wasip1
ln -sfn "$(clang-19 -print-resource-dir)/include" resources/include
cp root/usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a \\
   resources/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a
cat > python3.13 <<END
#!/bin/sh
R=$HERE/build-python
export PYTHONHOME=\\$R/usr PYTHONDONTWRITEBYTECODE=1
exec \\$R/usr/lib64/ld-linux-x86-64.so.2 --library-path \\$R/usr/lib/x86_64-linux-gnu --argv0 "\\$0" \\$R/usr/bin/python3.13 "\\$@"
END
chmod +x python3.13
./python3.13 -c 'import sys; assert sys.version_info[:2] == (3, 13)'
`;
