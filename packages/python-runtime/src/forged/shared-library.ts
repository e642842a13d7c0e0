/**
 * The standard library, in a process once for all threads, and not before a plugin imports something that the snapshot
 * does not have: reading and checking eight megabytes would be a third of a short program's start.
 *
 * Whichever thread needs it first reads and checks the file, and then says that it is there. Two that do so at once
 * write the same bytes.
 */
import { type Library, parseLibrary } from "../image/library.js";
import { checkFile, type ImageFolder } from "../image/load.js";
import type { Manifest } from "../image/manifest.js";
import type { Platform } from "../platform/platform.js";

export interface SharedLibrary {
  readonly location: string;
  readonly expected: Manifest["files"]["library.bin"];
  readonly bytes: SharedArrayBuffer;
  /** One 32-bit number: whether the bytes are there. */
  readonly state: SharedArrayBuffer;
}

const file = "library.bin";
const isThere = 1;

export async function shareLibrary(platform: Platform, image: ImageFolder): Promise<SharedLibrary> {
  const expected = image.manifest.files[file];
  const library = {
    location: new URL(file, image.folder).href,
    expected,
    bytes: new SharedArrayBuffer(expected.bytes),
    state: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  };
  if (!platform.now) fill(library, await image.read(file));
  return library;
}

/** Reads it if nobody has. Throws an `ImageError` if it is damaged. */
export function openLibrary({ now }: Platform, library: SharedLibrary): Library {
  if (Atomics.load(new Int32Array(library.state), 0) !== isThere && now) {
    const contents = now.readFile(new URL(library.location));
    fill(library, checkFile(file, library.expected, contents, now.sha256));
  }
  return parseLibrary(new Uint8Array(library.bytes));
}

function fill({ bytes, state }: SharedLibrary, contents: Uint8Array): void {
  new Uint8Array(bytes).set(contents);
  Atomics.store(new Int32Array(state), 0, isThere);
}
