/** One `send_output` of a plugin. */
export type OutputItem =
  | { readonly kind: "text"; readonly text: string }
  /** `text` is Python's own text of the value, `{'a': None}`; where it is absent, people are shown the JSON. */
  | { readonly kind: "json"; readonly value: JsonValue; readonly text?: string };

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue;
}
