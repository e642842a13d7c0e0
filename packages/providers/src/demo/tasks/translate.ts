import { unspokenInVietnamese, vietnamese } from "../words/vietnamese.js";

const longestPhrase = 4;

/** What the demo can do for a translation: look words up. */
export function translate(text: string, language: string): string {
  if (!/viet/i.test(language)) {
    const wanted = language === "" ? "" : ` into ${language}`;
    return `${text}\n\n(Not translated${wanted}: the demo has a short list of Vietnamese words and nothing else. A real model translates.)`;
  }
  const { translation, known, total } = lookUp(text);
  return `${translation}\n\n(${known} of ${total} words looked up in a short list, one by one, without grammar. A real model translates.)`;
}

/** The language that an instruction names, as it names it. */
export function toLanguage(instruction: string): string {
  return /\b(?:in)?to\s+(\p{L}{3,20})/iu.exec(instruction)?.[1] ?? "";
}

function lookUp(text: string) {
  // Words at even places, what is between them at odd ones.
  const pieces = text.split(/([^\p{L}\p{M}'’]+)/u);
  const out: string[] = [];
  let [known, total] = [0, 0];
  for (let at = 0; at < pieces.length; at += 2) {
    const word = pieces[at] ?? "";
    const phrase = word === "" ? undefined : longestAt(pieces, at);
    if (word === "") {
      out.push(pieces[at + 1] ?? "");
    } else if (phrase !== undefined) {
      known += phrase.words;
      total += phrase.words;
      at += (phrase.words - 1) * 2;
      out.push(asIn(word, phrase.text), pieces[at + 1] ?? "");
    } else if (unspokenInVietnamese.has(word.toLowerCase())) {
      out.push((pieces[at + 1] ?? "").trimStart());
    } else {
      total += 1;
      out.push(word, pieces[at + 1] ?? "");
    }
  }
  return { translation: out.join("").trim(), known, total };
}

function longestAt(pieces: readonly string[], at: number) {
  for (let words = longestPhrase; words > 0; words--) {
    const between = Array.from({ length: words - 1 }, (_, index) => pieces[at + index * 2 + 1]);
    if (between.every((gap) => gap === " ")) {
      const phrase = Array.from({ length: words }, (_, index) => pieces[at + index * 2] ?? "").join(" ");
      const text = vietnamese.get(phrase.toLowerCase());
      if (text !== undefined) {
        return { words, text };
      }
    }
  }
  return undefined;
}

/** With a capital where the word had one, except for the "I". */
function asIn(word: string, translation: string): string {
  return /^\p{Lu}/u.test(word) && word !== "I"
    ? translation.charAt(0).toUpperCase() + translation.slice(1)
    : translation;
}
