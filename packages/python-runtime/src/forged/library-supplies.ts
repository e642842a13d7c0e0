import type { Library } from "../image/library.js";
import type { Supplies } from "../supplies.js";

const folder = "folder:";
/** Nothing else a guest asks for makes anybody read the library. */
const isInLibrary = /^(module|resource|folder):/;

/** Modules and data files of the image by name, and `folder:PATH` for the names of what lies in a folder of data. */
export function librarySupplies(library: () => Library): Supplies {
  return (name) => {
    if (!isInLibrary.test(name)) return undefined;
    return name.startsWith(folder) ? list(library(), name.slice(folder.length)) : library().find(name);
  };
}

function list(library: Library, path: string): Uint8Array | undefined {
  const prefix = `resource:${path}/`;
  const names = new Set<string>();
  for (const name of library.names()) {
    if (name.startsWith(prefix)) names.add(name.slice(prefix.length).split("/", 1)[0] ?? "");
  }
  return names.size > 0 ? new TextEncoder().encode([...names].join("\n")) : undefined;
}
