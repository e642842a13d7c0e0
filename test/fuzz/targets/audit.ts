import { jsonWords } from "../../../packages/bridge/src/test/guest-messages.js";
import { sealLine } from "../../../packages/core/src/audit/audit-line.js";
import { canonicalJson } from "../../../packages/core/src/audit/canonical-json.js";
import { verifyAudit } from "../../../packages/core/src/audit/verify-audit.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

const runs = [
  { runId: "1", tenant: "ann", outcome: { status: "completed" }, calls: [] },
  {
    runId: "2",
    tenant: "bob",
    outcome: { status: "failed", line: 3 },
    calls: [{ callId: 1, op: "call_ai" }],
  },
  { runId: "3", tenant: "ann\u202e", outcome: { status: "stopped", reason: "timeout" }, calls: [] },
  { runId: "4", tenant: "", outcome: { status: "completed" }, usage: { wallMs: 1.25 } },
];

const chain = sealed();
const text = chain.join("\n");

export const auditTarget = bytesTarget({
  name: "audit",
  about: "A chain of audit records verifies only as it was written, from its beginning on.",
  reaches: /\/packages\/core\/src\/audit\//,
  words: [
    ...jsonWords,
    "\n",
    '"missing":1',
    '"previous":null',
    '"version":1',
    ...chain,
    ...chain.map((line) => line.slice(9, 73)),
  ],
  seeds: () => [text, ...chain].map((one) => new TextEncoder().encode(one)),
  open: async () => ({
    async check(input) {
      const read = new TextDecoder().decode(input);
      const lines = read === "" ? [] : read.split("\n");
      const verdict = await verifyAudit(lines);
      const isBeginning = lines.every((line, at) => line === chain[at]);
      assert(verdict.ok === isBeginning, verdict.ok ? "a changed chain verifies" : "a chain does not verify");
      if (verdict.ok) assert(verdict.records === lines.length, "records were not counted");
      else assert(verdict.line <= lines.length && verdict.problem.length < 200, "the verdict is no verdict");
    },
    close() {},
  }),
});

function sealed(): readonly string[] {
  const lines: string[] = [];
  let previous: string | undefined;
  for (const run of runs) {
    const { line, hash } = sealLine(canonicalJson(run), { previous, missing: lines.length === 2 ? 4 : 0 });
    lines.push(line);
    previous = hash;
  }
  return lines;
}
