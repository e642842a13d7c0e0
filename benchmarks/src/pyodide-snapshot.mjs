/** `node pyodide-snapshot.mjs FILE` saves Pyodide's own memory snapshot, so that no timing includes making it. */
import { writeFileSync } from "node:fs";
import { makeSnapshot } from "./subjects/pyodide.mjs";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("pyodide-snapshot needs the name of a file to write");
writeFileSync(file, await makeSnapshot());
process.exit();
