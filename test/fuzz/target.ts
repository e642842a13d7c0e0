import type * as fc from "fast-check";

/** A part of ours that is fed by somebody else, and what it must bear. */
export type Target = BytesTarget | ValuesTarget;

interface Named {
  readonly name: string;
  /** Whose input it is, and what must hold for all of it. */
  readonly about: string;
}

/** What is read byte by byte. Inputs grow out of seeds, guided by the code that they reach. */
export interface BytesTarget extends Named {
  readonly kind: "bytes";
  /** Good inputs, to be spoilt. */
  seeds(): Promise<readonly Uint8Array[]> | readonly Uint8Array[];
  /** What is put in whole: words of the format, numbers that are edges. */
  readonly words: readonly (string | Uint8Array)[];
  /** Of which sources it counts whether an input has reached something that none before it had. */
  readonly reaches: RegExp;
  open(): Promise<Subject<Uint8Array>>;
}

/** What has a form of its own. Inputs are made by fast-check, which also makes a failing one small. */
export interface ValuesTarget<Value = unknown> extends Named {
  readonly kind: "values";
  /** Must be what JSON can carry: a failing one is kept as a file. */
  readonly values: fc.Arbitrary<Value>;
  open(): Promise<Subject<Value>>;
}

export interface Subject<Input> {
  /** Throws where the input did what no input may do. */
  check(input: Input): void | Promise<void>;
  close(): void | Promise<void>;
}

export function bytesTarget(target: Omit<BytesTarget, "kind">): Target {
  return { kind: "bytes", ...target };
}

/** Forgets the type of its values: a list of targets has many. */
export function valuesTarget<Value>(target: Omit<ValuesTarget<Value>, "kind">): Target {
  return { kind: "values", ...target } as unknown as Target;
}
