/**
 * A guest that never comes back never learns that its host has died, so somebody else has to end it. On Linux the kernel
 * does, if it is asked to before the seat's program begins: `setpriv` can ask it (util-linux 2.33; BusyBox has one that
 * cannot). See `end-after.ts` for where there is none.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const setpriv = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--no-new-privs"] as const;

/** What a seat's command begins with, or nothing where this cannot be had. */
export async function dyingWithHost(): Promise<readonly string[]> {
  const [program, ...options] = setpriv;
  try {
    await promisify(execFile)(program, [...options, "/bin/true"], { env: {} });
    return setpriv;
  } catch {
    return [];
  }
}
