/**
 * Text to bytes without loss: UTF-8, and for a JavaScript string with lone surrogates its superset WTF-8, which
 * Python reads with the error handler `surrogatepass`. `TextEncoder` would put U+FFFD in their place.
 */
const encoder = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;

export function encodeWtf8(text: string): Uint8Array<ArrayBuffer> {
  if (!loneSurrogate.test(text)) return encoder.encode(text);
  const parts = text.split(/(\p{Surrogate})/u).map((part) => {
    const code = part.length === 1 ? part.charCodeAt(0) : 0;
    if (code < 0xd800 || code > 0xdfff) return encoder.encode(part);
    return Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
