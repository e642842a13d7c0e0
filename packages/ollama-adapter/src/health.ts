import { ProviderError, type ProviderHealth } from "@wasmforge/bridge";
import {
  createFreshValue,
  type FreshValue,
  type Host,
  openCallScope,
  toFields,
  toShortText,
} from "@wasmforge/providers/toolkit";
import { askClient, type Wire } from "./host-client.js";

const timeoutMs = 3_000;
const limits = { maxBytes: 16 * 1024, maxValues: 100 };

/** The version of a host's Ollama. It answers at once, however busy its GPU is. */
export async function askVersion(wire: Wire, host: Host, signal: AbortSignal): Promise<string> {
  const answer = await askClient(wire, {
    host,
    signal,
    expected: { kind: "object", limits },
    use: (client) => client.version(),
  });
  const version = toShortText(toFields(answer).version, 40);
  if (version === undefined) {
    throw new ProviderError("bad_response", "the model server's address does not lead to Ollama");
  }
  return version;
}

/** What one host said when it was asked for its version. */
export type HostAnswer = { readonly host: Host } & (
  | { readonly version: string }
  | { readonly error: unknown }
);

export interface HealthOptions {
  readonly keepMs: number;
  readonly onAlive: (host: Host) => void;
}

/** What all hosts say when they are asked at once. */
export function createHealth(
  hosts: readonly Host[],
  wire: Wire,
  { keepMs, onAlive }: HealthOptions,
): FreshValue<readonly HostAnswer[]> {
  const ask = async (host: Host, signal: AbortSignal): Promise<HostAnswer> => {
    const scope = openCallScope({ signal, timeLeftMs: timeoutMs }, wire.clock);
    try {
      const version = await askVersion(wire, host, scope.signal);
      onAlive(host);
      return { host, version };
    } catch (error) {
      return { host, error };
    } finally {
      scope.close();
    }
  };
  return createFreshValue({
    load: (signal) => Promise.all(hosts.map((host) => ask(host, signal))),
    keepMs,
    // A server that is away may be back at any moment.
    isKept: (answers) => answers.every((answer) => "version" in answer),
    timeoutMs: timeoutMs + 1_000,
    clock: wire.clock,
  });
}

export function toHealth(answers: readonly HostAnswer[]): ProviderHealth {
  const url = answers[0]?.host.endpoint.url ?? "";
  const alive = answers.filter((answer) => "version" in answer);
  const dead = answers.filter((answer) => "error" in answer);
  const faults = dead.map(({ host, error }) =>
    answers.length === 1 ? toAdvice(error) : `${host.endpoint.url}: ${toAdvice(error)}`,
  );
  if (alive.length > 0) {
    const versions = [...new Set(alive.map(({ version }) => version))].join(", ");
    const count = answers.length === 1 ? "" : `${alive.length} of ${answers.length} servers answer, `;
    return { status: "connected", url, message: [`${count}Ollama ${versions}`, ...faults].join("; ") };
  }
  const isDown = dead.every(({ error }) => ProviderError.is(error) && isAbsence(error));
  return { status: isDown ? "disconnected" : "error", url, message: faults.join("; ") };
}

function isAbsence({ code }: ProviderError): boolean {
  return code === "unavailable" || code === "timeout";
}

function toAdvice(error: unknown): string {
  const code = ProviderError.is(error) ? error.code : "bad_response";
  switch (code) {
    case "unavailable":
      return "cannot be reached; is `ollama serve` running, and does its OLLAMA_HOST let this machine in?";
    case "timeout":
      return "does not answer";
    case "unauthorized":
      return "wants a key, or does not take this host's name; see `headers` and the proxy's settings";
    default:
      return "answers, but not like Ollama; is the address right?";
  }
}
