/** A database takes no zero characters and no halves of characters: what others wrote may have both. */
export function toStorableText(text: string): string {
  return text.replaceAll(/[\0\p{Surrogate}]/gu, "\ufffd");
}
