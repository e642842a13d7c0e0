/** Writes the counters of a training run as the raw profile that `llvm-profdata merge` reads (version of LLVM 19). */

export interface ProfilePlaces {
  readonly memory: ArrayBuffer;
  /** Where native/profile.c says that everything lies. */
  readonly at: number;
}

const magic = 0xff6c_7072_6f66_5200n;
const littleEndian32Bit = 0x81n;
const recordBytes = 48;
const valuesKept = 8;
const valueKinds = [0, 1, 2];
const lastValueKind = 2n;

export function rawProfile({ memory, at }: ProfilePlaces): Buffer {
  const view = new DataView(memory);
  const [dataStart, dataEnd, countersStart, countersEnd, namesStart, namesEnd, version] = Array.from(
    { length: 7 },
    (_, index) => view.getUint32(at + index * 4, true),
  ) as [number, number, number, number, number, number, number];
  const counterBytes = countersEnd - countersStart;
  const nameBytes = namesEnd - namesStart;
  const header = BigUint64Array.of(
    magic | littleEndian32Bit,
    view.getBigUint64(version, true),
    0n, // binary ids
    BigInt((dataEnd - dataStart) / recordBytes),
    0n,
    BigInt(counterBytes / 8),
    BigInt(padding(counterBytes)),
    0n, // bitmaps
    0n,
    BigInt(nameBytes),
    BigInt.asUintN(64, BigInt((countersStart - dataStart) >>> 0)),
    0n,
    BigInt(namesStart),
    0n, // virtual tables
    0n,
    lastValueKind,
  );
  return Buffer.concat([
    Buffer.from(header.buffer),
    Buffer.from(memory, dataStart, dataEnd - dataStart),
    Buffer.from(memory, countersStart, counterBytes),
    Buffer.alloc(padding(counterBytes)),
    Buffer.from(memory, namesStart, nameBytes),
    Buffer.alloc(padding(nameBytes)),
    ...valueRecords(view, dataStart, dataEnd),
  ]);
}

function valueRecords(view: DataView, dataStart: number, dataEnd: number): Buffer[] {
  const records: Buffer[] = [];
  for (let record = dataStart; record < dataEnd; record += recordBytes) {
    const siteCounts = valueKinds.map((kind) => view.getUint16(record + 36 + 2 * kind, true));
    if (siteCounts.every((count) => count === 0)) continue;
    const values = view.getUint32(record + 28, true);
    const kinds: Buffer[] = [];
    let firstSite = 0;
    for (const kind of valueKinds) {
      const count = siteCounts[kind] ?? 0;
      if (count > 0) kinds.push(valueKindRecord(view, kind, values, firstSite, count));
      firstSite += count;
    }
    const body = Buffer.concat(kinds);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(head.length + body.length, 0);
    head.writeUInt32LE(kinds.length, 4);
    records.push(head, body);
  }
  return records;
}

function valueKindRecord(
  view: DataView,
  kind: number,
  values: number,
  firstSite: number,
  sites: number,
): Buffer {
  const counts = Buffer.alloc((sites + 7) & ~7);
  const seen: bigint[] = [];
  for (let site = 0; site < sites && values !== 0; site++) {
    for (let slot = 0; slot < valuesKept; slot++) {
      const at = values + ((firstSite + site) * valuesKept + slot) * 16;
      const count = view.getBigUint64(at + 8, true);
      if (count === 0n) continue;
      seen.push(view.getBigUint64(at, true), count);
      counts[site] = (counts[site] ?? 0) + 1;
    }
  }
  const head = Buffer.alloc(8);
  head.writeUInt32LE(kind, 0);
  head.writeUInt32LE(sites, 4);
  return Buffer.concat([head, counts, Buffer.from(BigUint64Array.from(seen).buffer)]);
}

function padding(bytes: number): number {
  return (8 - (bytes % 8)) % 8;
}
