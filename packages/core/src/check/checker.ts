/** Has plugins looked at in the sandbox, by `checker-source.ts`. */
import {
  encodeReply,
  ForgeError,
  fromTextBytes,
  type GateAnswer,
  type JsonObject,
  type ResolvedPolicy,
  type ToolInfo,
} from "@wasmforge/bridge";
import type { JobEnd } from "../pool/job.js";
import type { Pool } from "../pool/pool.js";
import { linkSignals } from "../run/linked-signal.js";
import type { CheckReport } from "./check-report.js";
import { checkerSource } from "./checker-source.js";
import { maxReportBytes, parseReport } from "./parse-report.js";

export interface Checker {
  check(source: string | Uint8Array, who: CheckFor): Promise<CheckReport>;
}

export interface CheckFor {
  readonly policy: ResolvedPolicy;
  readonly tenant: string;
  readonly signal: AbortSignal | undefined;
}

export interface CheckerOptions {
  readonly pool: Pool;
  readonly tools: readonly ToolInfo[];
}

/** What a plugin may take to be read, whatever it may take to run: the code that runs is ours. Only one that is made to take long comes near it. */
const maxCheckMs = 5_000;
/** As many modules as an image can have; more are not remembered. */
const maxImportable = 2_000;

const compileChecker = `
from binascii import b2a_base64
from marshal import dumps
from platform_sdk import get_input, send_output
code = compile(get_input(), "checker.py", "exec", dont_inherit=True)
send_output(b2a_base64(dumps(code), newline=False).decode())
`;

export function createChecker({ pool, tools }: CheckerOptions): Checker {
  const importable = new Map<string, boolean>();
  let launcher: Promise<string> | undefined;

  /** Runs Python of ours, and gives what it sent, or how it ended without. */
  async function ask(source: string, input: string, { tenant, signal }: Omit<CheckFor, "policy">) {
    let sent: Uint8Array | undefined;
    const linked = signal && linkSignals(signal);
    const running = pool.run({
      request: { source, fileName: "checker.py", input, maxPrintBytes: 1024 },
      tenant,
      wallTimeMs: maxCheckMs,
      computeMs: maxCheckMs,
      async door(op, payload): Promise<GateAnswer> {
        if (op !== "send_output" || sent || payload.byteLength > maxReportBytes) return { stop: "aborted" };
        sent = payload.slice();
        return { reply: encodeReply({ ok: null }) };
      },
      print() {},
      onStarted() {},
      ...(linked && { signal: linked.signal }),
    });
    const { end } = await running.finally(() => linked?.unlink());
    return { end, sent: end.kind === "completed" ? sent : undefined };
  }

  /** Compiled once: that takes longer than most plugins take to be checked. */
  async function compile(who: Omit<CheckFor, "policy">): Promise<string> {
    const { sent, end } = await ask(compileChecker, checkerSource, who);
    const code = sent && fromTextBytes(sent);
    if (code === undefined || !/^[A-Za-z0-9+/=]+$/.test(code)) {
      throw new ForgeError("seat_failed", `the checker could not be compiled: ${describeEnd(end)}`);
    }
    return `from marshal import loads\nfrom binascii import a2b_base64\nexec(loads(a2b_base64("${code}")))\n`;
  }

  return {
    async check(source, { policy, tenant, signal }) {
      launcher ??= compile({ tenant, signal: undefined });
      const compiled = await launcher.catch((error) => {
        launcher = undefined;
        throw error;
      });
      const task = JSON.stringify({
        source: typeof source === "string" ? withoutMark(source) : { hex: toHex(source) },
        imports: policy.imports?.allow ?? null,
        tools: describeTools(tools, policy),
        importable: Object.fromEntries(importable),
      });
      const { sent, end } = await ask(compiled, task, { tenant, signal });
      if (end.kind === "stopped" && end.reason === "aborted" && signal?.aborted) throw signal.reason;
      const parsed = sent && parseReport(sent);
      if (!parsed) return notChecked(end);
      for (const [name, canBe] of parsed.importable) {
        if (importable.size < maxImportable) importable.set(name, canBe);
      }
      return parsed.report;
    },
  };
}

function notChecked(end: JobEnd): CheckReport {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const message = `this plugin could not be checked (${describeEnd(end)}); it may still run`;
  return {
    ok: false,
    problems: [{ code: "not_checked", severity: "error", message, ...place }],
    imports: [],
    estimatedCalls: 1,
  };
}

function describeEnd(end: JobEnd): string {
  switch (end.kind) {
    case "stopped":
      return end.reason;
    case "raised":
      return end.error.type.replace(/[^A-Za-z0-9_.]/g, "");
    default:
      return "its report is none";
  }
}

/** The tools that the policy allows, and the names of their arguments. */
function describeTools(tools: readonly ToolInfo[], policy: ResolvedPolicy) {
  const allowed = tools.filter(({ name }) => Object.hasOwn(policy.tools, name));
  return Object.fromEntries(allowed.map(({ name, inputSchema }) => [name, describeArguments(inputSchema)]));
}

function describeArguments({ properties, required, additionalProperties }: JsonObject) {
  const names = typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  const isOpen = names.length === 0 || (additionalProperties !== undefined && additionalProperties !== false);
  return {
    names: isOpen ? null : names,
    required: Array.isArray(required) ? required.filter((name) => typeof name === "string") : [],
  };
}

/** As runs do with a text. */
function withoutMark(source: string): string {
  return source.startsWith("\ufeff") ? source.slice(1) : source;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
