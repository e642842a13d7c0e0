import { invalidOptions } from "../options/invalid-options.js";
import type { SessionIdentity } from "./create-session.js";
import type { SessionOptions } from "./session.js";

const known: ReadonlySet<string> = new Set([
  "owner",
  "tenant",
  "maxStateMb",
] satisfies (keyof SessionOptions)[]);
const maxOwnerChars = 200;
const largestStateMb = 4_096;

export function parseSessionOptions(options: unknown): Omit<SessionIdentity, "id"> {
  if (typeof options !== "object" || options === null)
    throw invalidOptions("a session needs options: { owner }");
  for (const name of Object.keys(options)) {
    if (!known.has(name))
      throw invalidOptions(`a session has no option ${name}; there are: ${[...known].join(", ")}`);
  }
  const { owner, tenant = owner, maxStateMb = 16 } = options as Partial<SessionOptions>;
  if (
    typeof owner !== "string" ||
    owner === "" ||
    owner.length > maxOwnerChars ||
    /\p{Surrogate}/u.test(owner)
  ) {
    throw invalidOptions(
      `owner must be a text of 1 to ${maxOwnerChars} characters, such as a user's or tenant's id`,
    );
  }
  if (typeof tenant !== "string" || tenant === "" || tenant.length > maxOwnerChars) {
    throw invalidOptions(`tenant must be a text of 1 to ${maxOwnerChars} characters`);
  }
  if (!(typeof maxStateMb === "number" && maxStateMb > 0 && maxStateMb <= largestStateMb)) {
    throw invalidOptions(`maxStateMb must be above 0 and at most ${largestStateMb}`);
  }
  return { owner, tenant, maxStateBytes: Math.floor(maxStateMb * 1024 * 1024) };
}
