import { AuditTrail } from "../audit/audit-trail.js";
import { createPool } from "../platform/create-pool.js";
import type { ToolInputs } from "../tools/host-tool.js";
import type { Forge } from "./forge.js";
import { type ForgeOptions, parseForgeOptions, type ResolvedForgeOptions } from "./forge-options.js";
import { HostedForge } from "./hosted-forge.js";

/** Makes a Forge, with its first interpreters ready. Close it, or declare it with `await using`. */
export async function createForge<Inputs extends ToolInputs>(options?: ForgeOptions<Inputs>): Promise<Forge> {
  const resolved = parseForgeOptions(options);
  const { audit } = resolved;
  const trail = audit && (await AuditTrail.open(audit));
  try {
    return new HostedForge(resolved, await createPool(poolOptions(resolved)), trail);
  } catch (error) {
    await trail?.close();
    throw error;
  }
}

function poolOptions({ runtime, image, warn, seat, seats, limits, pool }: ResolvedForgeOptions) {
  return {
    ...pool,
    runtime,
    seat,
    memoryMb: limits.memoryMb,
    queueLength: limits.queueLength,
    queueMs: limits.queueMs,
    ...(image !== undefined && { image }),
    ...(warn && { warn }),
    ...(seats !== undefined && { seats }),
  };
}
