/** The marks of an axis from 0 to at least `most`: few, evenly spaced, on numbers that people like. */
export function toMarks(most: number, about = 4): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / about;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * magnitude >= rough) ?? 10) * magnitude;
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

export interface Slot<Value> {
  readonly from: number;
  readonly value: Value | undefined;
}

const stepMs = { hour: 3_600_000, day: 86_400_000 } as const;

/** Every hour or day up to now, those without a value too: what did not happen is part of the picture. */
export function toSlots<Value extends { readonly from: string }>(
  values: readonly Value[],
  { step, count, now }: { readonly step: keyof typeof stepMs; readonly count: number; readonly now: number },
): readonly Slot<Value>[] {
  const ms = stepMs[step];
  const last = Math.floor(now / ms) * ms;
  const known = new Map(values.map((value) => [new Date(value.from).getTime(), value]));
  return Array.from({ length: count }, (_, at) => {
    const from = last - (count - 1 - at) * ms;
    return { from, value: known.get(from) };
  });
}
