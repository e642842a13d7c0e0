import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/access.js";
import type { Me } from "../api/shapes.js";

export type Permission = "read" | "run" | "publish" | "admin";

export interface KnownMe {
  /** Absent until the server has said it. */
  readonly me: Me | undefined;
  readonly error: unknown;
  /** Until it is known, whatever is asked for looks possible: the server decides anyway. */
  can(permission: Permission): boolean;
}

export function useMe(): KnownMe {
  const { data: me, error } = useQuery(meQuery);
  return { me, error, can: (permission) => me === undefined || me.permissions.includes(permission) };
}
