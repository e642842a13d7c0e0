import { parseArgs } from "node:util";
import { benchNames, isBenchName } from "./benches.mjs";
import { isSubjectName, subjects } from "./subjects.mjs";

/** @import { BenchName } from "./benches.mjs" */

export const usage = `npm run bench                       all benches, one after the other
npm run -s bench -- NAME --json     one bench, its report as one JSON object

  NAME              ${benchNames.join(", ")}
  --json            print JSON: one object, or an array where all benches run
  --save            also keep each report in benchmarks/results/
  --only A,B        measure these subjects alone: ${Object.keys(subjects).join(", ")}
                    (cold has "node -e 0" and "python3" besides)
  --node-flags="…"  give every measured Node process these flags, for example V8's
  --quick           few repeats, to see that everything works; no figures to quote
`;

/**
 * @param {readonly string[]} args
 * @returns {{ names: BenchName[], json: boolean, save: boolean, quick: boolean, only: Set<string> | undefined, nodeFlags: string[] }}
 */
export function parseCommandLine(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      "node-flags": { type: "string", default: "" },
    },
  });
  const names = positionals.map((name) => {
    if (!isBenchName(name))
      throw new Error(`there is no bench "${name}"; there are ${benchNames.join(", ")}`);
    return name;
  });
  const only = values.only?.split(",").map((name) => name.trim());
  for (const name of only ?? []) {
    if (!isSubjectName(name) && name !== "node -e 0" && name !== "python3") {
      throw new Error(`there is no subject "${name}"; there are ${Object.keys(subjects).join(", ")}`);
    }
  }
  const nodeFlags = values["node-flags"].split(" ").filter((flag) => flag !== "");
  // What is kept is compared with later: it must be whole.
  if (values.save && (values.quick || only !== undefined || nodeFlags.length > 0)) {
    throw new Error("--save keeps whole and plain runs only");
  }
  return {
    names: names.length > 0 ? names : benchNames,
    json: values.json,
    save: values.save,
    quick: values.quick,
    only: only && new Set(only),
    nodeFlags,
  };
}
