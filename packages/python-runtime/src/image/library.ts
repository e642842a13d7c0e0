/**
 * The standard library as one file: an index (its length, then JSON: name -> [offset, length]), then the contents.
 * Names are `module:json.decoder` (a byte that tells packages from modules, then marshalled code) and
 * `resource:tzdata/zoneinfo/Europe/Paris`.
 */
export interface Library {
  find(name: string): Uint8Array | undefined;
  names(): Iterable<string>;
}

export function parseLibrary(file: Uint8Array): Library {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 4 + view.getUint32(0, true);
  const parsed: unknown = JSON.parse(new TextDecoder().decode(file.slice(4, start)));
  const index = new Map(Object.entries(parsed as Record<string, [number, number]>));
  return {
    find: (name) => {
      const place = index.get(name);
      return place && file.subarray(start + place[0], start + place[0] + place[1]);
    },
    names: () => index.keys(),
  };
}

export function encodeLibrary(entries: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const names = [...entries.keys()].sort();
  const index: Record<string, [number, number]> = {};
  let length = 0;
  for (const name of names) {
    const bytes = entries.get(name) ?? new Uint8Array();
    index[name] = [length, bytes.length];
    length += bytes.length;
  }
  const head = new TextEncoder().encode(JSON.stringify(index));
  const file = new Uint8Array(4 + head.length + length);
  new DataView(file.buffer).setUint32(0, head.length, true);
  file.set(head, 4);
  for (const name of names) {
    const [offset] = index[name] ?? [0];
    file.set(entries.get(name) ?? new Uint8Array(), 4 + head.length + offset);
  }
  return file;
}
