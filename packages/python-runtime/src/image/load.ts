/** Reads an image from disk and believes nothing in it that its manifest's hashes do not confirm. */
import type { Platform } from "../platform/platform.js";
import { ImageError } from "./image-error.js";
import { type ImageFile, type Manifest, manifestSchema } from "./manifest.js";

export interface ImageFolder {
  readonly manifest: Manifest;
  /** sha256 of the manifest, and with it of the whole image. */
  readonly hash: string;
  /** Reads a file and checks it. */
  read(file: ImageFile): Promise<Uint8Array<ArrayBuffer>>;
}

export async function openImageFolder(platform: Platform, folder: URL): Promise<ImageFolder> {
  const bytes = await platform.readFile(new URL("manifest.json", folder));
  if (!bytes) throw new ImageError("missing", "manifest.json", "is not there");
  const manifest = parseManifest(bytes);
  return {
    manifest,
    hash: await platform.sha256(bytes),
    async read(file) {
      const expected = manifest.files[file];
      const contents = await platform.readFile(new URL(file, folder));
      if (!contents) throw new ImageError("damaged", file, "is not there");
      if (contents.byteLength !== expected.bytes) {
        throw new ImageError(
          "damaged",
          file,
          `has ${contents.byteLength} bytes instead of ${expected.bytes}`,
        );
      }
      if ((await platform.sha256(contents)) !== expected.sha256) {
        throw new ImageError("damaged", file, "does not have the contents that its manifest promises");
      }
      return contents;
    },
  };
}

function parseManifest(bytes: Uint8Array): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ImageError("damaged", "manifest.json", "is not JSON", { cause });
  }
  const parsed = manifestSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const isOtherFormat = typeof data === "object" && data !== null && "format" in data && data.format !== 1;
  throw isOtherFormat
    ? new ImageError("unsupported", "manifest.json", "was written by another version of this package")
    : new ImageError("damaged", "manifest.json", "does not describe an image", { cause: parsed.error });
}
