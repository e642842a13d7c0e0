/** More than this of a prompt is not looked at: what is here runs in the host's own thread. */
export const mostChars = 100_000;

export function toSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?…。！？])\s+|\n+/u)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

export function toWords(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}[\p{L}\p{M}\p{N}'’]*(?:-[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
}

/** At a word's end where there is one near. */
export function shorten(text: string, chars: number): string {
  if (text.length <= chars) {
    return text;
  }
  const cut = text.slice(0, chars);
  const end = cut.lastIndexOf(" ");
  return `${withoutTail(end > chars / 2 ? cut.slice(0, end) : cut)}…`;
}

const tail = /^[\s,;:.\p{Surrogate}]$/u;

/** Without white space and stops at its end. Not by one expression: those are slow on long tails. */
export function withoutTail(text: string): string {
  let length = text.length;
  while (length > 0 && tail.test(text.charAt(length - 1))) {
    length -= 1;
  }
  return text.slice(0, length);
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
