/**
 * A process from start to its first result: opens one subject, runs the plugin once, prints the answer, ends.
 *
 *   node cold-process.mjs SUBJECT [SNAPSHOT]
 */
import { writeSync } from "node:fs";
import { isSubjectName, subjects } from "./subjects.mjs";

const [name, snapshotFile] = process.argv.slice(2);
if (!isSubjectName(name)) throw new Error(`no such subject: ${name}`);

try {
  const subject = await subjects[name]({ snapshotFile });
  writeSync(1, await subject.run());
  process.exit();
} catch (error) {
  writeSync(2, error instanceof Error ? error.message : String(error));
  process.exit(1);
}
