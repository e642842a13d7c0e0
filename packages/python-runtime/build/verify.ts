import { readFile } from "node:fs/promises";
import path from "node:path";
import { imageFiles, type Manifest, parseManifest } from "../src/image/manifest.js";
import { buildImage } from "./image.js";

/** Builds everything again, elsewhere and from nothing, and compares. */
export async function verify(imageFolder: string, elsewhere: string): Promise<void> {
  console.log("› building the image a second time, from nothing, in another folder");
  const again = path.join(elsewhere, "image");
  await buildImage(again, { work: path.join(elsewhere, "work") });
  const [first, second] = await Promise.all([readManifest(imageFolder), readManifest(again)]);
  const different = imageFiles.filter((file) => first.files[file].sha256 !== second.files[file].sha256);
  for (const file of imageFiles) {
    console.log(`  ${different.includes(file) ? "DIFFERS" : "same   "} ${file} ${second.files[file].sha256}`);
  }
  if (different.length > 0)
    throw new Error(`The image is not reproducible here: ${different.join(", ")} came out different.`);
  console.log("› both images are the same");
}

async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parseManifest(JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8")));
  if (!manifest) throw new Error(`${folder} holds no image`);
  return manifest;
}
