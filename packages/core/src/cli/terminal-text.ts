/**
 * A plugin's text as a terminal may show it: what would move the cursor, change colours or retitle the window becomes a
 * visible sign. Line ends and tabs stay.
 */
export function toTerminalText(text: string): string {
  return text.replace(controls, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}

export function toOneLine(text: string): string {
  return toTerminalText(text.replace(/\s+/g, " "));
}

// Bidirectional overrides are among them: they make a line read as another than it is.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
