import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const imageFolder = fileURLToPath(new URL("../../image", import.meta.url));
/** Where the image could not be built, its tests have nothing to test; the fallback's still run. */
export const hasImage = existsSync(`${imageFolder}/manifest.json`);
