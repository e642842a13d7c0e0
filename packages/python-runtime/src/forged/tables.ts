import type { Library } from "../image/library.js";
import type { Range } from "../image/memory-image.js";

/** The library keeps what a snapshot leaves out: the contents of the tables of native/cold.c. */
export function tableName(table: number): string {
  return `table:${table}`;
}

/** Puts a table where the guest expects it, if there is one. The guest names it; where it lies only the image says. */
export function pageIn(
  memory: WebAssembly.Memory,
  library: Library,
  tables: readonly Range[],
  table: number,
): boolean {
  const range = tables[table];
  const contents = library.find(tableName(table));
  if (!range || !contents) return false;
  new Uint8Array(memory.buffer).set(contents, range.start);
  return true;
}
