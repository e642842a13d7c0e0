/**
 * Text between Python and JavaScript. Both know strings that are no well-formed Unicode (a lone half of a
 * surrogate pair), and UTF-8 does not. They are kept by writing such a half as the three bytes that its number
 * would have: what Python calls `surrogatepass`, and https://simonsapin.github.io/wtf-8/ describes.
 */

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const loneSurrogate = /\p{Surrogate}/u;
const replacement = 0xfffd;

export function toTextBytes(text: string): Uint8Array {
  return loneSurrogate.test(text) ? encodeWithSurrogates(text) : encoder.encode(text);
}

/** Never throws: what is no text at all becomes U+FFFD. The result has at most as many units as there are bytes. */
export function fromTextBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeWithSurrogates(bytes);
  }
}

function encodeWithSurrogates(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) {
      bytes[length++] = 0xed;
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[length++] = 0x80 | (code & 0x3f);
    } else {
      length += encoder.encodeInto(character, bytes.subarray(length)).written;
    }
  }
  return bytes.slice(0, length);
}

/**
 * One pass without any object in it, because these bytes may be a guest's: no input makes it slower than linear, and
 * megabytes of nonsense take milliseconds.
 */
function decodeWithSurrogates(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      units[length++] = first;
      at++;
      continue;
    }
    const size = first >= 0xf8 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    let code = first & (0x7f >> size);
    let read = 1;
    for (; read < size; read++) {
      const byte = bytes[at + read] ?? 0;
      if ((byte & 0xc0) !== 0x80) break;
      code = (code << 6) | (byte & 0x3f);
    }
    if (size === 0 || read < size || code < (smallestOfSize[size] ?? 0) || code > 0x10ffff) {
      units[length++] = replacement;
      at++;
      continue;
    }
    if (code > 0xffff) {
      units[length++] = 0xd800 + ((code - 0x10000) >> 10);
      units[length++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
    } else {
      units[length++] = code;
    }
    at += size;
  }
  return fromUnits(units.subarray(0, length));
}

/** The least that a form of so many bytes may say: less is an overlong form. */
const smallestOfSize = [0, 0, 0x80, 0x800, 0x10000];

function fromUnits(units: Uint16Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += 8192) {
    pieces.push(String.fromCharCode.apply(undefined, units.subarray(at, at + 8192) as unknown as number[]));
  }
  return pieces.join("");
}
