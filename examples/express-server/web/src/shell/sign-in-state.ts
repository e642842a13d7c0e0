import { useSyncExternalStore } from "react";

/** Whether the dialog is open. Any part of the pages may find out that a token is needed. */
let isOpen = false;
const listeners = new Set<() => void>();

function set(open: boolean) {
  isOpen = open;
  for (const listener of listeners) listener();
}

export const openSignIn = () => set(true);
export const closeSignIn = () => set(false);

export function useSignInOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
