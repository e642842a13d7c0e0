/** The files that a run may read. Their names may be a stranger's: hosts hand on what archives and uploads hold. */
import { type ResolvedLimits, toTextBytes } from "@wasmforge/bridge";
import { invalidOptions } from "../options/invalid-options.js";

export const maxPathChars = 1_000;
/** Files and the folders on the way to them. Each takes room in a seat, however small the files are. */
const maxEntries = 10_000;

type Folder = Map<string, Folder | "file">;

export function parseFiles(
  files: unknown,
  { filesBytes }: Pick<ResolvedLimits, "filesBytes">,
  takenFolders: ReadonlySet<string>,
): Readonly<Record<string, Uint8Array>> {
  if (typeof files !== "object" || files === null || Array.isArray(files)) {
    throw invalidOptions('files must be an object such as { "data/a.csv": bytes }');
  }
  const tree = new Tree();
  let room = filesBytes;
  return Object.fromEntries(
    Object.entries(files).map(([path, content]: [string, unknown]) => {
      if (!isFilePath(path)) throw invalidOptions(`files: ${shown(path)} is no path below /`);
      const [top = "", ...rest] = namesIn(path);
      if (takenFolders.has(top)) {
        throw invalidOptions(`files: /${top} is this interpreter's own, so ${shown(path)} cannot be there`);
      }
      tree.add(path, [top, ...rest]);
      if (typeof content !== "string" && !(content instanceof Uint8Array)) {
        throw invalidOptions(`files: ${path} must be a text, or bytes`);
      }
      const bytes = content.length > room ? undefined : toBytes(content);
      room -= bytes?.byteLength ?? Number.POSITIVE_INFINITY;
      if (!bytes || room < 0) {
        throw invalidOptions(
          `files have more than ${filesBytes} bytes together; limits.filesBytes allows more`,
        );
      }
      return [path, bytes];
    }),
  );
}

/** What a seat will make of the paths, so that what cannot be is the host's mistake, and no crash of the seat's. */
class Tree {
  readonly #root: Folder = new Map();
  #entries = 0;

  add(path: string, names: readonly string[]): void {
    let here = this.#root;
    for (const [at, name] of names.entries()) {
      const found = here.get(name);
      const isLast = at === names.length - 1;
      if (found === "file" || (isLast && found !== undefined)) {
        throw invalidOptions(`files: ${shown(path)} is given as a file and as a folder, or twice`);
      }
      const next: Folder = found ?? new Map();
      if (found === undefined) {
        this.#entries += 1;
        here.set(name, isLast ? "file" : next);
      }
      here = next;
    }
    if (this.#entries > maxEntries) {
      throw invalidOptions(
        `files has more than ${maxEntries} files and folders, which is all that a run can have`,
      );
    }
  }
}

/** What a guest could open. */
function isFilePath(path: string): boolean {
  return (
    path.length <= maxPathChars &&
    namesIn(path).every(
      (name) => name !== "" && name !== "." && name !== ".." && toTextBytes(name).byteLength <= 255,
    ) &&
    !/[\0\p{Surrogate}]/u.test(path)
  );
}

const namesIn = (path: string) => path.replace(/^\//, "").split("/");

const shown = (path: string) => JSON.stringify(path.slice(0, 100));

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? toTextBytes(content) : new Uint8Array(content);
}
