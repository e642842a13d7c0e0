import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const leastBytes = 1_000;
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Writes each file once more in the forms that browsers take, so that no server has to compress it again and again. */
export function compress(): Plugin {
  return {
    name: "compress",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      await Promise.all(
        Object.values(bundle).map(async (file) => {
          const content = file.type === "chunk" ? file.code : file.source;
          if (!/\.(js|css|svg|html|ttf)$/.test(file.fileName) || content.length < leastBytes) return;
          const path = join(dir, file.fileName);
          await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality));
          await writeFile(`${path}.gz`, await promisify(gzip)(content));
        }),
      );
    },
  };
}
