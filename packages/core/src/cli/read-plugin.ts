import { type Terminal, UsageError } from "./terminal.js";

export async function readPlugin(
  path: string,
  terminal: Terminal,
): Promise<{ name: string; source: string }> {
  return { name: path === "-" ? "plugin" : nameOf(path), source: await readText(path, terminal) };
}

/** `-` is standard input. */
export async function readText(path: string, terminal: Terminal): Promise<string> {
  const bytes = path === "-" ? await terminal.readStdin() : await readBytes(path, terminal);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(
      `${path} is not UTF-8 text; give other files with --file, and read them with get_file()`,
    );
  }
}

export async function readBytes(path: string, terminal: Terminal): Promise<Uint8Array> {
  try {
    return await terminal.readFile(path);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? reasons[String(error.code)] : undefined;
    throw new UsageError(`${path} cannot be read: ${reason ?? String(error)}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read it",
};

export function nameOf(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  return name.replace(/\.py$/, "") || "plugin";
}
