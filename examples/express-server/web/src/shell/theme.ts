import { useSyncExternalStore } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "wasmforge.theme";
const listeners = new Set<() => void>();
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function readTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";
  } catch {
    return "system";
  }
}

let current = readTheme();

/** Before anything is drawn. */
export function applyTheme(): void {
  document.documentElement.style.colorScheme = current === "system" ? "" : current;
}

export function chooseTheme(theme: Theme): void {
  current = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It holds until the page is left.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => current);
}

/** What is seen, whoever chose it. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () =>
    current === "system" ? systemIsDark.matches : current === "dark",
  );
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  systemIsDark.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    systemIsDark.removeEventListener("change", listener);
  };
}
