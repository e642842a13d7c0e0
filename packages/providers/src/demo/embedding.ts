import { toWords } from "./text.js";
import { commonWords } from "./words/common.js";

const dimensions = 256;

/**
 * A vector that is near to those of texts with the same words and parts of words: words and their trigrams are hashed to
 * dimensions. It knows nothing of meaning.
 */
export function toDemoVector(text: string): readonly number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const add = (feature: string, weight: number) => {
    const hash = toHash(feature);
    const at = hash % dimensions;
    vector[at] = (vector[at] ?? 0) + (hash & 0x10000 ? weight : -weight);
  };
  for (const word of toWords(text)) {
    const weight = commonWords.has(word) ? 0.2 : 1;
    add(word, weight);
    for (let at = 0; at + 3 <= word.length; at++) {
      add(word.slice(at, at + 3), weight / 4);
    }
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector.map((_, at) => (at === 0 ? 1 : 0)) : vector.map((value) => value / length);
}

/** FNV-1a. */
function toHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
