import { crc32, deflateSync } from "node:zlib";

type Pixel = readonly [red: number, green: number, blue: number];

/** A PNG of these pixels, each row under the next filter. */
export function toPng(width: number, height: number, pixel: (x: number, y: number) => Pixel): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows: Buffer[] = [];
  let above = Buffer.alloc(width * 3);
  for (let y = 0; y < height; y++) {
    const line = Buffer.from(Array.from({ length: width }, (_, x) => pixel(x, y)).flat());
    const filter = y % 5;
    rows.push(
      Buffer.of(filter),
      Buffer.from(line.map((value, at) => value - predict(filter, line, above, at))),
    );
    above = line;
  }
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** As the specification's filters say, written once more to check the other. */
function predict(filter: number, line: Buffer, above: Buffer, at: number): number {
  const [a, b, c] = [line[at - 3] ?? 0, above[at] ?? 0, at < 3 ? 0 : (above[at - 3] ?? 0)];
  const p = a + b - c;
  const paeth = [a, b, c].reduce((best, one) => (Math.abs(p - one) < Math.abs(p - best) ? one : best));
  return [0, a, b, Math.floor((a + b) / 2), paeth][filter] ?? 0;
}
