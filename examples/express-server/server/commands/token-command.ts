import type { Configuration } from "../configuration/index.js";
import { findOperatorSocket } from "../data-folder/index.js";
import { Problem } from "../problem.js";
import { askServer } from "./ask-server.js";

export const tokenUsage = `  server token issue --user NAME --scopes run,publish [--label TEXT] [--days N]
  server token list
  server token revoke ID
                          issues, lists and revokes tokens of the server that runs here`;

export interface TokenOptions {
  readonly user?: string | undefined;
  readonly label?: string | undefined;
  readonly scopes?: string | undefined;
  readonly days?: string | undefined;
}

interface ShownToken {
  readonly id: string;
  readonly user: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** What it prints on stdout is for programs too: the token alone, or a line for each. */
export async function runTokenCommand(
  configuration: Configuration,
  [action, id]: readonly string[],
  options: TokenOptions,
  print: (line: string) => void,
): Promise<void> {
  const socket = await findOperatorSocket(configuration.dataFolder);
  if (socket === undefined) {
    throw new Problem(
      "invalid",
      `No server runs on ${configuration.dataFolder}: start it, or set DATA_DIR to its folder.`,
    );
  }
  switch (action) {
    case "issue": {
      const answer = await askServer(socket, "POST", "/api/tokens", toRequest(options));
      return print((answer as { readonly token: string }).token);
    }
    case "list":
      for (const token of (await askServer(socket, "GET", "/api/tokens")) as readonly ShownToken[]) {
        print(describe(token));
      }
      return;
    case "revoke":
      if (id === undefined) break;
      await askServer(socket, "DELETE", `/api/tokens/${encodeURIComponent(id)}`);
      return print(`revoked ${id}`);
  }
  throw new Problem("invalid", `This is how:\n${tokenUsage}`);
}

function toRequest({ user, label, scopes = "", days }: TokenOptions) {
  return {
    user: user ?? "",
    ...(label !== undefined && { label }),
    scopes: scopes.split(",").filter((scope) => scope !== ""),
    ...(days !== undefined && { days: Number(days) }),
  };
}

function describe({ id, user, label, scopes, expires_at, last_used_at, revoked_at }: ShownToken): string {
  const state = revoked_at ? `revoked ${revoked_at}` : expires_at ? `until ${expires_at}` : "good";
  return [
    id,
    user,
    scopes.join(","),
    state,
    last_used_at ? `used ${last_used_at}` : "never used",
    label,
  ].join("\t");
}
