/** Joins a policy or limits of a run's own with its Forge's: of two values the stricter holds, so a run never has more. */
import {
  type LimitName,
  type Limits,
  type Policy,
  parseLimits,
  parsePolicy,
  type ResolvedLimits,
  type ResolvedPolicy,
  type ToolRules,
} from "@wasmforge/bridge";
import { invalidOptions } from "../options/invalid-options.js";
import { isRecord } from "../options/is-record.js";

/** What is the same for all runs: the seats of a Forge have one size, and one queue. */
type LimitOfTheForge = "memoryMb" | "queueLength" | "queueMs";
const ofTheForge: ReadonlySet<string> = new Set<LimitOfTheForge>(["memoryMb", "queueLength", "queueMs"]);

/** Limits that one run may have of its own. */
export type RunLimits = Omit<Limits, LimitOfTheForge>;

export function toRunLimits(limits: Limits): RunLimits {
  return Object.fromEntries(Object.entries(limits).filter(([name]) => !ofTheForge.has(name)));
}

export function stricterLimits(base: ResolvedLimits, wanted: unknown): ResolvedLimits {
  const parsed = parseLimits(wanted, base);
  for (const name of Object.keys(wanted ?? {})) {
    if (ofTheForge.has(name)) {
      throw invalidOptions(`limits.${name} is the same for all runs of a Forge: give it to createForge`);
    }
  }
  const names = Object.keys(base) as LimitName[];
  return Object.freeze(
    Object.fromEntries(names.map((name) => [name, Math.min(base[name], parsed[name])])) as ResolvedLimits,
  );
}

/** What `wanted` leaves out is as in `base`. */
export function stricterPolicy(base: ResolvedPolicy, wanted: unknown): ResolvedPolicy {
  const parsed = parsePolicy(isRecord(wanted) ? completed(base, wanted) : wanted);
  const least = <Name extends keyof typeof parsed>(name: Name) =>
    Math.min(Number(base[name]), Number(parsed[name]));
  const imports = stricterImports(base.imports?.allow, parsed.imports?.allow);
  return Object.freeze({
    models: Object.freeze(parsed.models.filter((model) => base.models.includes(model))),
    maxPromptChars: least("maxPromptChars"),
    maxCalls: least("maxCalls"),
    maxTokens: least("maxTokens"),
    maxParallelCalls: least("maxParallelCalls"),
    maxImages: least("maxImages"),
    maxFreeCalls: least("maxFreeCalls"),
    maxCallsPerMinute: Object.freeze({
      plugin: Math.min(base.maxCallsPerMinute.plugin, parsed.maxCallsPerMinute.plugin),
      tenant: Math.min(base.maxCallsPerMinute.tenant, parsed.maxCallsPerMinute.tenant),
    }),
    tools: stricterTools(base.tools, parsed.tools),
    ...(imports && { imports: Object.freeze({ allow: Object.freeze(imports) }) }),
  });
}

function completed(base: ResolvedPolicy, wanted: Partial<Policy>): Policy {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const perMinute = wanted.maxCallsPerMinute;
  const isMap = isRecord(perMinute);
  return {
    ...base,
    ...given,
    ...(isMap && { maxCallsPerMinute: { ...base.maxCallsPerMinute, ...perMinute } }),
  };
}

type Tools = ResolvedPolicy["tools"];

function stricterTools(base: Tools, wanted: Tools): Tools {
  const both = Object.entries(wanted).filter(([name]) => Object.hasOwn(base, name));
  return Object.freeze(
    Object.fromEntries(both.map(([name, rules]) => [name, stricterRules(name, base[name] ?? rules, rules)])),
  );
}

/** Two sets of rules for one tool could only be joined by rules that say more than ours can. */
function stricterRules(name: string, base: true | ToolRules, wanted: true | ToolRules): true | ToolRules {
  if (base === true) return wanted;
  if (wanted === true || JSON.stringify(base) === JSON.stringify(wanted)) return base;
  throw invalidOptions(
    `policy.tools.${name}: the Forge has rules for its arguments, so a run can only say true, or leave it out`,
  );
}

function stricterImports(
  base: readonly string[] | undefined,
  wanted: readonly string[] | undefined,
): readonly string[] | undefined {
  return base && wanted ? wanted.filter((name) => base.includes(name)) : (base ?? wanted);
}
