import { publicPackages } from "../pack.mjs";
import { findProblems } from "./find-problems.mjs";
import { readLock } from "./shipped-packages.mjs";

const problems = findProblems(publicPackages(), readLock());
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
