import { z } from "zod";

/** Something that others may have in memory is no longer as it was. */
export type Change = { readonly plugin: string } | { readonly token: string };

const changeSchema = z.union([z.strictObject({ plugin: z.string() }), z.strictObject({ token: z.string() })]);

/** The channel that servers of one database tell each other on. */
export const channel = "wasmforge_changes";

export function toPayload(change: Change): string {
  return JSON.stringify(change);
}

/** Undefined for what another program, or a newer server, says on the channel. */
export function parseChange(payload: string | undefined): Change | undefined {
  try {
    return changeSchema.safeParse(JSON.parse(payload ?? "")).data;
  } catch {
    return undefined;
  }
}
