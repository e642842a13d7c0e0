/**
 * The host's end of `guest/stock/_forge.py`: requests written to one virtual file are answered through another.
 *
 * A request is its kind (1 byte), the lengths of its name and of its payload (4 bytes each, little-endian), name,
 * payload. An answer is its kind (1), its length (4), its bytes. All of a request is a guest's: what it announces
 * allocates nothing, and more than the cap is refused before it comes.
 */
import { joined } from "./bytes.js";
import { Gathered } from "./gathered.js";

export interface ChannelHost {
  /** What the run was given under this name. */
  supply(name: string): Uint8Array | undefined;
  call(op: string, payload: Uint8Array): Uint8Array;
  /** Takes the report on the run's end, and ends it by throwing. */
  end(report: Uint8Array): never;
}

const Kind = { SUPPLY: 1, CALL: 2, END: 3 } as const;
const Answer = { NOTHING: 0, BYTES: 1 } as const;

const headBytes = 9;
const maxNameBytes = 1024;

export class Channel {
  readonly #host: ChannelHost;
  readonly #maxPayloadBytes: number;
  readonly #head = new DataView(new ArrayBuffer(headBytes));
  #headReceived = 0;
  #body = new Gathered();
  #answer: Uint8Array = new Uint8Array();

  constructor(host: ChannelHost, maxPayloadBytes: number) {
    this.#host = host;
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** Takes the next bytes of a request. `false`: this is none, or too large, and what came of it is forgotten. */
  write(bytes: Uint8Array): boolean {
    const ofBody = this.#takeHead(bytes);
    if (this.#headReceived < headBytes) {
      return true;
    }
    const nameBytes = this.#head.getUint32(1, true);
    const payloadBytes = this.#head.getUint32(5, true);
    const expected = nameBytes + payloadBytes;
    const received = this.#body.length + ofBody.length;
    if (nameBytes > maxNameBytes || payloadBytes > this.#maxPayloadBytes || received > expected) {
      this.#forget();
      return false;
    }
    this.#body.add(ofBody);
    if (received === expected) {
      const body = this.#body.bytes;
      this.#forget();
      const name = new TextDecoder().decode(body.subarray(0, nameBytes));
      this.#answer = this.#answerTo(this.#head.getUint8(0), name, body.slice(nameBytes));
    }
    return true;
  }

  /** The next bytes of the answer, at most this many. */
  read(size: number): Uint8Array {
    const bytes = this.#answer.subarray(0, size);
    this.#answer = this.#answer.subarray(bytes.length);
    return bytes;
  }

  #takeHead(bytes: Uint8Array): Uint8Array {
    let taken = 0;
    while (this.#headReceived < headBytes && taken < bytes.length) {
      this.#head.setUint8(this.#headReceived++, bytes[taken++] ?? 0);
    }
    return bytes.subarray(taken);
  }

  #forget(): void {
    this.#headReceived = 0;
    this.#body = new Gathered();
    this.#answer = new Uint8Array();
  }

  #answerTo(kind: number, name: string, payload: Uint8Array): Uint8Array {
    switch (kind) {
      case Kind.SUPPLY:
        return answerOf(this.#host.supply(name));
      case Kind.CALL:
        return answerOf(this.#host.call(name, payload));
      case Kind.END:
        return this.#host.end(payload);
      default:
        return answerOf(undefined);
    }
  }
}

function answerOf(bytes: Uint8Array | undefined): Uint8Array {
  const head = new DataView(new ArrayBuffer(5));
  head.setUint8(0, bytes ? Answer.BYTES : Answer.NOTHING);
  head.setUint32(1, bytes?.length ?? 0, true);
  return joined([new Uint8Array(head.buffer), bytes ?? new Uint8Array()]);
}
