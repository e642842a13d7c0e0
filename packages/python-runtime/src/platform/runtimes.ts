/** How a Node program gets a runtime. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ForgedRuntime } from "../forged/forged-runtime.js";
import { ImageError } from "../image/image-error.js";
import type { Runtime } from "../port.js";
import { type StockOptions, StockRuntime } from "../stock/stock-runtime.js";
import { node } from "./node.js";
import { nodeStock } from "./node-stock.js";
import { packageFolder } from "./package-folder.js";

export interface ForgedOptions {
  /** The folder of an image made by `build:python`. @default the one in this package */
  readonly image?: string;
}

/** CPython restored from a snapshot for every run. */
export function forgedRuntime({ image }: ForgedOptions = {}): ForgedRuntime {
  return new ForgedRuntime(node, image === undefined ? new URL("image/", packageFolder()) : folderUrl(image));
}

/** A stock CPython started for every run: much slower, and always there. */
export function stockRuntime(options: StockOptions = {}): StockRuntime {
  return new StockRuntime(nodeStock, options);
}

export interface ChooseRuntimeOptions extends ForgedOptions {
  /** Hears one line when the fallback is taken. @default `console.warn` */
  readonly warn?: (line: string) => void;
}

/**
 * The forged runtime where its image is, else the fallback. `WASMFORGE_RUNTIME=forged` or `stock` decides instead.
 * An image that is there but damaged is an error, never a reason to fall back.
 */
export async function chooseRuntime(options: ChooseRuntimeOptions = {}): Promise<Runtime> {
  const wanted = process.env.WASMFORGE_RUNTIME || "auto";
  if (wanted === "stock") return stockRuntime();
  if (wanted !== "forged" && wanted !== "auto") {
    throw new TypeError(`WASMFORGE_RUNTIME is "${wanted}"; it can be "forged" or "stock"`);
  }
  const forged = forgedRuntime(options);
  try {
    await forged.image();
    return forged;
  } catch (error) {
    const isMissing = error instanceof ImageError && error.code === "missing";
    if (wanted === "forged" || options.image !== undefined || !isMissing) throw error;
  }
  const warn = options.warn ?? console.warn;
  warn(
    "WasmForge: the forged Python image is not there, so plugins run on the slower stock interpreter. " +
      "`npm run build:python` builds it (Debian 12, as root); WASMFORGE_RUNTIME=stock silences this line.",
  );
  return stockRuntime();
}

function folderUrl(folder: string): URL {
  return pathToFileURL(path.resolve(folder) + path.sep);
}
