import {
  type Host,
  isFields,
  openCallScope,
  toCount,
  toFields,
  toList,
  toShortText,
} from "@wasmforge/providers/toolkit";
import { askClient, type Wire } from "./host-client.js";

export interface RunningModel {
  readonly host: string;
  readonly name: string;
  readonly sizeBytes?: number;
  /** How much of it is in the memory of a GPU. Less than `sizeBytes` means that the rest computes slowly. */
  readonly vramBytes?: number;
  readonly contextLength?: number;
  /** When it will be unloaded, if nobody asks it anything. */
  readonly expiresAt?: Date;
}

const limits = { maxBytes: 1024 * 1024, maxValues: 50_000 };
const timeoutMs = 5_000;

/** What a host has in memory. */
export async function listRunning(
  wire: Wire,
  host: Host,
  signal: AbortSignal,
): Promise<readonly RunningModel[]> {
  const scope = openCallScope({ signal, timeLeftMs: timeoutMs }, wire.clock);
  try {
    const answer = await askClient(wire, {
      host,
      signal: scope.signal,
      expected: { kind: "object", limits },
      use: (client) => client.ps(),
    });
    return toList(toFields(answer).models).flatMap((model) => toRunningModel(host, model) ?? []);
  } finally {
    scope.close();
  }
}

function toRunningModel({ endpoint }: Host, value: unknown): RunningModel | undefined {
  const name = isFields(value) ? toShortText(value.name) : undefined;
  if (!isFields(value) || name === undefined) {
    return undefined;
  }
  const [sizeBytes, vramBytes] = [toCount(value.size), toCount(value.size_vram)];
  const contextLength = toCount(value.context_length);
  const expires = Date.parse(toShortText(value.expires_at) ?? "");
  return {
    host: endpoint.url,
    name,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(vramBytes === undefined ? {} : { vramBytes }),
    ...(contextLength === undefined ? {} : { contextLength }),
    ...(Number.isNaN(expires) ? {} : { expiresAt: new Date(expires) }),
  };
}
