import type { InputType } from "../../api/shapes.js";

/** A plugin as somebody is writing it. */
export interface Draft {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly input_type: InputType;
  readonly input_hint: string;
  /** With commas between them. */
  readonly tags: string;
}

/** Which one: that of a published plugin, or the one that is not published yet. */
const keyOf = (name: string | undefined) => `wasmforge.draft.${name ?? ""}`;

/** What was written last, here in this browser, and never published. */
export function readDraft(name: string | undefined): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null");
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Without a draft, forgets the one that is kept. */
export function keepDraft(name: string | undefined, draft: Draft | undefined): void {
  try {
    if (draft === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing, or no more: the draft lives as long as the page.
  }
}

export function areSame(one: Draft, other: Draft): boolean {
  return fields.every((field) => one[field] === other[field]);
}

const fields = ["name", "code", "description", "input_type", "input_hint", "tags"] as const;

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    fields.every((field) => typeof (value as Readonly<Record<string, unknown>>)[field] === "string") &&
    ["text", "file", "json"].includes((value as Draft).input_type)
  );
}

export function toTags(text: string): readonly string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim().toLowerCase()))].filter((tag) => tag !== "");
}

/** What is wrong with a name, before the server says it. */
export function findNameError(name: string): string | undefined {
  if (name === "") return "A plugin needs a name.";
  if (name.length > 100) return "A name has at most 100 signs.";
  return /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_. -]*[\p{L}\p{M}\p{N}_-])?$/u.test(name) && !name.includes("..")
    ? undefined
    : "Use letters, digits, - and _, with dots or spaces only between them.";
}

export function findTagsError(text: string): string | undefined {
  const tags = toTags(text);
  if (tags.length > 10) return "A plugin has at most 10 tags.";
  const wrong = tags.find((tag) => !/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}-]{0,29}$/u.test(tag));
  return wrong === undefined
    ? undefined
    : `“${wrong}” cannot be a tag: use letters, digits and -, at most 30.`;
}
