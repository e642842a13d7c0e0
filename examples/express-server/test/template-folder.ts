import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../../../.cache/express-server-tests", import.meta.url));

/** Making an empty database takes seconds, copying one does not: it is made once, and kept until its name changes. */
export async function copyTemplate(name: string, to: string, make: (folder: string) => Promise<void>) {
  const template = join(cache, name);
  if (!existsSync(template)) {
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(join(cache, "draft-"));
    try {
      await make(draft);
      renameSync(draft, template);
    } catch (error) {
      // Another test file may have been faster.
      if (!existsSync(template)) throw error;
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  execFileSync("cp", ["-a", "--reflink=auto", `${template}/.`, to]);
}
