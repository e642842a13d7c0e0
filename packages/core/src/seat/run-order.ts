/** A run, from the host to its seat. */
import { fromTextBytes, toTextBytes } from "@wasmforge/bridge/text";
import type { RunRequest } from "@wasmforge/python-runtime";
import { encodeFrame, type Frame } from "./frame.js";
import { toSeat } from "./kinds.js";

export interface RunOrder {
  readonly request: Omit<RunRequest, "deadline" | "keepMain">;
  /** From when the seat hears of it: clocks of two threads do not show the same. */
  readonly deadlineInMs: number;
  readonly session?: { readonly delta?: Uint8Array; readonly maxDeltaBytes?: number };
}

interface Head {
  readonly fileName: string;
  readonly maxPrintBytes: number;
  readonly deadlineInMs: number;
  readonly sourceIsText: boolean;
  readonly isPrepared?: boolean;
  readonly repeatable?: RunRequest["repeatable"];
  readonly imports?: RunRequest["imports"];
  readonly inputFile?: { readonly name: string; readonly mediaType: string };
  readonly files?: readonly string[];
  readonly session?: { readonly hasDelta: boolean; readonly maxDeltaBytes?: number };
  /** Of what the body is made: source, input, input file, files in their order, session. */
  readonly sizes: readonly number[];
}

export function encodeRunOrder({ request, deadlineInMs, session }: RunOrder): Uint8Array[] {
  const { source, fileName, isPrepared, input, inputFile, files, repeatable, imports, maxPrintBytes } =
    request;
  const body = [toBytes(source), toBytes(input)];
  if (inputFile) body.push(inputFile.bytes);
  if (files) body.push(...Object.values(files));
  if (session?.delta) body.push(session.delta);
  const head: Head = {
    fileName,
    maxPrintBytes,
    deadlineInMs,
    sourceIsText: typeof source === "string",
    ...(isPrepared && { isPrepared }),
    ...(repeatable && { repeatable }),
    ...(imports && { imports }),
    ...(inputFile && { inputFile: { name: inputFile.name, mediaType: inputFile.mediaType } }),
    ...(files && { files: Object.keys(files) }),
    ...(session && {
      session: { hasDelta: session.delta !== undefined, ...limitOf(session) },
    }),
    sizes: body.map((piece) => piece.length),
  };
  return encodeFrame(toSeat.run, toTextBytes(JSON.stringify(head)), body);
}

/** In the seat, which believes its host. */
export function parseRunOrder(frame: Frame): RunOrder {
  const head = JSON.parse(fromTextBytes(frame.head)) as Head;
  const { fileName, isPrepared, maxPrintBytes, deadlineInMs, repeatable, imports } = head;
  const pieces = new Pieces(frame.body, head.sizes);
  const take = () => pieces.next();
  const source = take();
  const input = take();
  const inputFile = head.inputFile && { ...head.inputFile, bytes: take() };
  const files = head.files && Object.fromEntries(head.files.map((name) => [name, take()]));
  return {
    request: {
      source: head.sourceIsText ? fromTextBytes(source) : source,
      fileName,
      input,
      maxPrintBytes,
      ...(isPrepared && { isPrepared }),
      ...(inputFile && { inputFile }),
      ...(files && { files }),
      ...(repeatable && { repeatable }),
      ...(imports && { imports }),
    },
    deadlineInMs,
    ...(head.session && {
      session: { ...(head.session.hasDelta && { delta: take() }), ...limitOf(head.session) },
    }),
  };
}

/** The pieces of a body, one after the other. */
class Pieces {
  #rest: Uint8Array;
  readonly #sizes: Iterator<number>;

  constructor(body: Uint8Array, sizes: readonly number[]) {
    this.#rest = body;
    this.#sizes = sizes.values();
  }

  next(): Uint8Array {
    const size: number = this.#sizes.next().value ?? 0;
    const piece = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    return piece;
  }
}

function limitOf({ maxDeltaBytes }: { readonly maxDeltaBytes?: number }) {
  return maxDeltaBytes === undefined ? {} : { maxDeltaBytes };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? toTextBytes(content) : content;
}
