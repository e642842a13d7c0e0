/** One `send_output` of a plugin. What people see of it is its `text`, of either kind. */
export type OutputItem =
  | { readonly kind: "text"; readonly text: string }
  /** `text` is Python's own of the value, `{'a': None}`; of a guest that gave none, its JSON. */
  | { readonly kind: "json"; readonly value: JsonValue; readonly text: string };

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue;
}
