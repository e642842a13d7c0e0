import type { KnownModel } from "./complete.js";

/** The models of this server, for completion. The page that shows the editor says which. */
let known: readonly KnownModel[] = [];

export function setKnownModels(models: readonly KnownModel[]): void {
  known = models;
}

export function readKnownModels(): readonly KnownModel[] {
  return known;
}
