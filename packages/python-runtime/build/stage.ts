/**
 * A stage is a folder that is either complete or absent.
 *
 * Its key is a hash over everything that it depends on. A stage whose mark carries its key is used as it is; any
 * other is emptied and made again, and marked last. So an interrupted build goes on where it stood.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

export interface Stage {
  readonly folder: string;
  readonly key: string;
}

export interface StageOptions {
  readonly name: string;
  /** What a person waiting should know. */
  readonly saying: string;
  readonly work: string;
  /** Texts and keys of earlier stages. */
  readonly dependsOn: readonly string[];
  readonly make: (folder: string) => Promise<void>;
}

export async function stage({ name, saying, work, dependsOn, make }: StageOptions): Promise<Stage> {
  const folder = path.join(work, name);
  const mark = path.join(work, `${name}.done`);
  // What configure and make write holds for one place only.
  const key = hashOf([folder, ...dependsOn]);
  if ((await readFile(mark, "utf8").catch(() => "")) === key) return { folder, key };

  await rm(mark, { force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const started = Date.now();
  process.stdout.write(`  ${saying} … `);
  await make(folder);
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  await writeFile(mark, key);
  return { folder, key };
}

export function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}
