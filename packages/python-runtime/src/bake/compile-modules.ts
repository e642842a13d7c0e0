import type { ForgedArtifact } from "../forged/artifact.js";
import { ForgedInstance } from "../forged/forged-instance.js";
import type { Platform } from "../platform/platform.js";

/** Turns files of Python packages into entries of a library: code for modules, the bytes of everything else. */
export async function compileModules(
  platform: Platform,
  artifact: ForgedArtifact,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  const sources: string[] = [];
  for (const [file, bytes] of files) {
    if (file.endsWith(".py")) sources.push(file);
    else entries.set(`resource:${file}`, bytes);
  }
  let said = "";
  const instance = new ForgedInstance(
    artifact,
    {
      door: (op, payload) => {
        const [action, file = ""] = op.split(" ", 2);
        switch (action) {
          case "files":
            return new TextEncoder().encode(sources.join("\n"));
          case "source":
            return files.get(file) ?? new Uint8Array();
          default:
            entries.set(`module:${moduleName(file)}`, payload.slice());
            return new Uint8Array();
        }
      },
      print: (_stream, chunk) => {
        said += new TextDecoder().decode(chunk);
      },
    },
    platform,
  );
  const end = await instance.run({
    source: compiler,
    fileName: "compiler.py",
    input: "",
    maxPrintBytes: 100_000,
  });
  if (end.kind === "raised") throw new SyntaxError(`${end.error.message}\n${end.error.traceback}`);
  if (end.kind !== "completed") throw new Error(`compiling the packages ended with ${end.kind}: ${said}`);
  return entries;
}

function moduleName(file: string): string {
  return file.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
}

/** The first byte tells packages from modules, as in `_forge_import`. */
const compiler = `
import marshal
from _forge import call

for file in call("files", b"").decode().split("\\n"):
    if file:
        code = compile(call("source " + file, b""), "/lib/" + file, "exec", dont_inherit=True)
        kind = b"\\1" if file.endswith("/__init__.py") else b"\\0"
        call("code " + file, kind + marshal.dumps(code))
`;
