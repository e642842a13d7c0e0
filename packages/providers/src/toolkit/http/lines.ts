import { malformed, tooLarge } from "./failure.js";

export interface LineLimits {
  readonly maxLineBytes: number;
  readonly maxBytes: number;
}

const newline = 0x0a;

/**
 * The lines of a body, as many at a time as came together; blank ones are left out. A line that does not end soon enough,
 * a body that does not, and bytes that are no UTF-8 are a `bad_response`: what is held is never more than one line and
 * one chunk.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  { maxLineBytes, maxBytes }: LineLimits,
): AsyncGenerator<readonly string[], void, undefined> {
  // A mark of byte order counts at the beginning of the body alone, wherever its pieces begin.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let isBegun = false;
  const withoutMark = (text: string) => {
    const isMarked = !isBegun && text.startsWith("\ufeff");
    isBegun = true;
    return isMarked ? text.slice(1) : text;
  };
  const begun = new BegunLine(maxLineBytes);
  let bytes = 0;

  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw tooLarge(`more than ${maxBytes} bytes`);
    }
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      const first = chunk.indexOf(newline);
      begun.append(chunk.subarray(0, first));
      const lines = toLines(
        withoutMark(decode(decoder, begun.take()) + decode(decoder, chunk.subarray(first, end))),
        maxLineBytes,
      );
      if (lines.length > 0) {
        yield lines;
      }
    }
    begun.append(chunk.subarray(end));
  }
  const last = toLines(withoutMark(decode(decoder, begun.take())), maxLineBytes);
  if (last.length > 0) {
    yield last;
  }
}

/** Copies what it is given: a server that sends byte by byte must not have one buffer kept for each. */
class BegunLine {
  #bytes = new Uint8Array(0);
  #length = 0;

  constructor(readonly maxBytes: number) {}

  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.maxBytes) {
      throw tooLarge(`a line of more than ${this.maxBytes} bytes`);
    }
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(Math.max(length, this.#bytes.length * 2, 1024), this.maxBytes));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** Valid until the next `append`. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }
}

function toLines(text: string, maxLineChars: number): string[] {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    if (line.length > maxLineChars) {
      throw tooLarge(`a line of more than ${maxLineChars} characters`);
    }
    const trimmed = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (trimmed !== "") {
      lines.push(trimmed);
    }
  }
  return lines;
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw malformed("not UTF-8", error);
  }
}
