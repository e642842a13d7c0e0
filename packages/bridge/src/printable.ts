/**
 * What would move a cursor, end a line, change the direction of text, or be no character at all: C0 and C1 controls but
 * the tab, line and paragraph separators, marks and overrides of direction, the byte order mark, half a surrogate pair.
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** A guest's or a stranger's words as one line for logs and terminals: such characters become `\u001b`. */
export function toPrintable(text: string, maxChars = Number.POSITIVE_INFINITY): string {
  const shown = text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
  return shown.replace(unprintable, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
}
