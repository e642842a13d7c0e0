/** To the worker. Connections are numbered: an answer may come when nobody waits for it any more. */
export type Request =
  | { readonly kind: "bytes"; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: "hang_up" }
  | { readonly kind: "close" };

/** From the worker. It says once that it is open, which takes a while. */
export type Reply =
  | { readonly kind: "open" }
  | { readonly kind: "bytes"; readonly connection: number; readonly bytes: Uint8Array };
