/** For tests that can do nothing where the image was not built. */
import { ImageError } from "../src/image/image-error.js";
import { forgedRuntime } from "../src/platform/runtimes.js";
import { readSourceTree } from "./source-tree.js";

export const sources = await readSourceTree();

/** What is missing, if anything is. A damaged image is not a missing one. */
export const missing = (await hasImage()) ? (sources ? undefined : "CPython's sources") : "the forged image";

async function hasImage(): Promise<boolean> {
  try {
    await forgedRuntime().image();
    return true;
  } catch (error) {
    if (error instanceof ImageError && error.code === "missing") return false;
    throw error;
  }
}
