/**
 * How a host and a seat talk, whatever lies between them: frames of a kind, a short head and a body of bytes.
 *
 *     kind: 1 byte | head length: 4 | body length: 4 | head | body        (numbers little-endian)
 *
 * Either end reads them as an enemy's: a kind that is not expected, or a length over what its kind may have, is an
 * error before anything is allocated.
 */
export interface Frame {
  readonly kind: number;
  readonly head: Uint8Array<ArrayBuffer>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface FrameCaps {
  readonly head: number;
  readonly body: number;
}

/** What was read is no frame, or none that this end may be sent. */
export class FrameError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FrameError";
  }
}

const headerBytes = 9;
const nothing = new Uint8Array();

/** A frame in pieces, so that a large body need not be copied to stand beside its head. */
export function encodeFrame(
  kind: number,
  head: Uint8Array = nothing,
  body: readonly Uint8Array[] = [],
): Uint8Array[] {
  const start = new Uint8Array(headerBytes + head.length);
  const view = new DataView(start.buffer);
  view.setUint8(0, kind);
  view.setUint32(1, head.length, true);
  view.setUint32(
    5,
    body.reduce((total, piece) => total + piece.length, 0),
    true,
  );
  start.set(head, headerBytes);
  return [start, ...body];
}

interface Coming {
  readonly kind: number;
  readonly headLength: number;
  readonly length: number;
  /** What has come of it, where it did not come as a whole. */
  bytes?: Uint8Array<ArrayBuffer>;
  filled: number;
}

export class FrameReader {
  readonly #capsOf: (kind: number) => FrameCaps | undefined;
  /** What was pushed and not yet looked at. */
  #bytes: Uint8Array<ArrayBuffer> = nothing;
  #coming: Coming | undefined;

  /** `capsOf` answers `undefined` for a kind that must not come. It is asked when a frame begins. */
  constructor(capsOf: (kind: number) => FrameCaps | undefined) {
    this.#capsOf = capsOf;
  }

  /** Whether nothing has come of a further frame. */
  get isEmpty(): boolean {
    return this.#bytes.length === 0 && this.#coming === undefined;
  }

  /** The bytes are the reader's from then on. Frames may be views of them. */
  push(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#bytes.length === 0) {
      this.#bytes = bytes;
      return;
    }
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
  }

  /** The next frame that is there as a whole. Throws a `FrameError`; the reader is of no use afterwards. */
  next(): Frame | undefined {
    this.#coming ??= this.#begin();
    const coming = this.#coming;
    if (coming === undefined) return undefined;
    let bytes = coming.bytes;
    if (bytes === undefined && this.#bytes.length >= coming.length) {
      bytes = this.#take(coming.length);
    } else {
      bytes ??= new Uint8Array(coming.length);
      const came = this.#take(coming.length - coming.filled);
      bytes.set(came, coming.filled);
      coming.bytes = bytes;
      coming.filled += came.length;
      if (coming.filled < coming.length) return undefined;
    }
    this.#coming = undefined;
    return {
      kind: coming.kind,
      head: bytes.subarray(0, coming.headLength),
      body: bytes.subarray(coming.headLength),
    };
  }

  #begin(): Coming | undefined {
    if (this.#bytes.length < headerBytes) return undefined;
    const header = this.#take(headerBytes);
    const view = new DataView(header.buffer, header.byteOffset);
    const kind = view.getUint8(0);
    const headLength = view.getUint32(1, true);
    const bodyLength = view.getUint32(5, true);
    const caps = this.#capsOf(kind);
    if (caps === undefined) throw new FrameError(`a frame of kind ${kind} must not come here`);
    if (headLength > caps.head || bodyLength > caps.body) {
      throw new FrameError(
        `a frame of kind ${kind} has a head of ${headLength} and a body of ${bodyLength} bytes`,
      );
    }
    return { kind, headLength, length: headLength + bodyLength, filled: 0 };
  }

  #take(most: number): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, most);
    this.#bytes = this.#bytes.subarray(taken.length);
    return taken;
  }
}
