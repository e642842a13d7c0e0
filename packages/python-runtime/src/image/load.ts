/** Reads an image from disk and believes nothing in it that its manifest's hashes do not confirm. */
import type { Platform } from "../platform/platform.js";
import { ImageError } from "./image-error.js";
import { type ImageFile, imageFormat, type Manifest, parseManifest } from "./manifest.js";

export interface ImageFolder {
  readonly folder: URL;
  readonly manifest: Manifest;
  /** sha256 of the manifest, and with it of the whole image. */
  hash(): Promise<string>;
  /** Reads a file and checks it. */
  read(file: ImageFile): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads files and checks them, while an engine already compiles them on other threads. */
  compile<Files extends readonly ImageFile[]>(...files: Files): Promise<Modules<Files>>;
}

type Modules<Files extends readonly ImageFile[]> = { [Index in keyof Files]: WebAssembly.Module };

export async function openImageFolder(platform: Platform, folder: URL): Promise<ImageFolder> {
  const bytes = await platform.readFile(new URL("manifest.json", folder));
  if (!bytes) throw new ImageError("missing", "manifest.json", "is not there");
  const manifest = readManifest(bytes);
  let hash: Promise<string> | undefined;
  const load = (file: ImageFile, room?: Uint8Array<ArrayBuffer>) =>
    platform.readFile(new URL(file, folder), room);
  const check = async (file: ImageFile, contents: Uint8Array<ArrayBuffer> | undefined) => {
    const sha256 = contents && (await platform.sha256(contents));
    return checkFile(file, manifest.files[file], contents, () => sha256 ?? "");
  };
  const image: ImageFolder = {
    folder,
    manifest,
    hash() {
      hash ??= platform.sha256(bytes);
      return hash;
    },
    read: async (file) => check(file, await load(file)),
    async compile(...files) {
      const compiling: Promise<WebAssembly.Module>[] = [];
      let room: Uint8Array<ArrayBuffer> | undefined;
      for (const file of files) {
        const contents = await load(file, room);
        const module = WebAssembly.compile(contents ?? new Uint8Array());
        // What is no module at all also fails its check, which says what to do.
        module.catch(() => {});
        compiling.push(module);
        // The engine first reads the module. Then it needs this thread for a moment, and goes on to compile on others.
        await image.hash();
        await platform.turn();
        // It works on a copy.
        room = await check(file, contents);
      }
      return (await Promise.all(compiling)) as Modules<typeof files>;
    },
  };
  return image;
}

/** The contents if they are what the manifest promises; otherwise an `ImageError` that says what is wrong with them. */
export function checkFile(
  file: ImageFile,
  expected: Manifest["files"][ImageFile],
  contents: Uint8Array<ArrayBuffer> | undefined,
  sha256: (bytes: Uint8Array<ArrayBuffer>) => string,
): Uint8Array<ArrayBuffer> {
  if (!contents) throw new ImageError("damaged", file, "is not there");
  if (contents.byteLength !== expected.bytes) {
    throw new ImageError("damaged", file, `has ${contents.byteLength} bytes instead of ${expected.bytes}`);
  }
  if (sha256(contents) !== expected.sha256) {
    throw new ImageError("damaged", file, "does not have the contents that its manifest promises");
  }
  return contents;
}

function readManifest(bytes: Uint8Array): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ImageError("damaged", "manifest.json", "is not JSON", { cause });
  }
  const manifest = parseManifest(data);
  if (manifest) return manifest;
  const isOtherFormat =
    typeof data === "object" && data !== null && "format" in data && data.format !== imageFormat;
  throw isOtherFormat
    ? new ImageError("unsupported", "manifest.json", "was written by another version of this package")
    : new ImageError("damaged", "manifest.json", "does not describe an image");
}
