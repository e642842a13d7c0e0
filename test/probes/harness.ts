/** Runs a folder of probes in one kind of Forge and collects what went wrong. */
import { type Configuration, type CreateForge, Forges, untilIdle } from "./forges.js";
import { createProbeHost, type ProbeHost } from "./host-setup.js";
import { excerpt, judge, readings } from "./judge.js";
import { hostState, leftBehind, placesOf } from "./leftovers.js";
import type { Probe, ProbeFolder } from "./manifest.js";
import { observe } from "./observe.js";
import { inSequence } from "./sequence.js";
import { watchStandstill } from "./standstill.js";

/** How often runs are tried whose machine stood still. */
const MOST_TURNS = 3;

export interface Failure {
  readonly probe: string;
  readonly complaints: readonly string[];
}

/**
 * Calls `onProbe` after each probe; a probe without complaints has passed. Rejects with the Forge's own error where there
 * cannot be such a Forge.
 */
export async function runProbes(
  folder: ProbeFolder,
  createForge: CreateForge,
  configuration: Configuration,
  onProbe: (result: Failure) => void,
): Promise<void> {
  await using host = await createProbeHost(folder.hostSetup);
  await using forges = new Forges(createForge, configuration, host.provider);
  await forges.for(folder.probes[0]?.memoryMb ?? 128);
  const complaints = new Map<string, Set<string>>(folder.probes.map(({ id }) => [id, new Set()]));
  const groups = inSequence(folder.probes);
  const runGroup = async (group: readonly Probe[]) => {
    const found: [string, readonly string[]][] = [];
    for (const probe of group) {
      const input = probe.input ?? JSON.stringify(host.fillIn(folder.defaultInput));
      const complaint = (error: Error) => [`expected a run, came ${error.message}`];
      found.push([
        probe.id,
        await runProbe(probe, input, host, forges, probe === group.at(-1)).catch(complaint),
      ]);
    }
    return found;
  };
  for (const [at, group] of groups.entries()) {
    for (const [id, found] of await unlessStandingStill(() => runGroup(group))) {
      for (const complaint of found) complaints.get(id)?.add(complaint);
    }
    const later = new Set(groups.slice(at + 1).flat());
    for (const probe of group.filter((member) => !later.has(member))) {
      onProbe({ probe: probe.id, complaints: [...(complaints.get(probe.id) ?? [])] });
    }
  }
}

/** What went wrong, as often as it may have been the machine's doing tried anew. */
async function unlessStandingStill(
  run: () => Promise<[string, readonly string[]][]>,
): Promise<[string, readonly string[]][]> {
  for (let turn = 1; ; turn += 1) {
    using watch = watchStandstill();
    const found = await run();
    const isGood = found.every(([, complaints]) => complaints.length === 0);
    if (isGood || turn === MOST_TURNS || !watch.hasStoodStill()) return found;
  }
}

async function runProbe(
  probe: Probe,
  input: string,
  host: ProbeHost,
  forges: Forges,
  thenPlain: boolean,
): Promise<string[]> {
  const source = new TextDecoder("utf-8").decode(probe.source);
  const complaints: string[] = [];
  if (probe.noImports && /^\s*(import|from(?!\s+platform_sdk\b))\s/m.test(source)) {
    complaints.push("expected a plugin that imports nothing but the SDK, came one that does");
  }
  const places = placesOf(source);
  const forge = await forges.for(probe.memoryMb);
  await untilIdle(forge);
  const before = hostState(places);
  const outputs: string[] = [];
  for (let turn = 0; turn < (probe.runTwice ? 2 : 1); turn += 1) {
    const seen = await observe(forge, host, probe, input);
    outputs.push(readings(seen.transcript).join("\n"));
    complaints.push(...judge(probe, seen, host.secrets));
  }
  if (probe.twiceMustDiffer && outputs[0] === outputs[1]) {
    complaints.push(`expected two runs to differ, came ${excerpt(outputs[0] ?? "")} twice`);
  }
  if (thenPlain) {
    const plain = plainAfter(probe);
    const seen = await observe(forge, host, plain, plainInput(probe));
    complaints.push(
      ...judge(plain, seen, host.secrets).map((complaint) => `the plain run afterwards: ${complaint}`),
    );
  }
  await untilIdle(forge);
  const left = await leftBehind(before, places, source);
  complaints.push(...left.map((thing) => `expected nothing left behind, came ${thing}`));
  const damage = host.damage();
  if (damage !== undefined) complaints.push(`expected the host unharmed, came: ${damage}`);
  return complaints;
}

const PLAIN = "from platform_sdk import get_input, send_output\nsend_output('plain ' + get_input())\n";
const plainInput = ({ id }: Probe): string => `after ${id}`;

function plainAfter(probe: Probe): Probe {
  return {
    ...probe,
    id: "plain",
    source: Buffer.from(PLAIN),
    timeoutMs: 10_000,
    maxOutputBytes: 10_000,
    expectedOutput: `plain ${plainInput(probe)}`,
    breachWords: [],
    forbiddenInError: [],
    outcomes: ["ok"],
    maxAiCallsSeen: 0,
  };
}
