/** Average colours of a PNG, from top to bottom, in as many stripes as asked for. */
export type Color = readonly [red: number, green: number, blue: number];

/** Larger pictures are only measured. */
const mostPixels = 2_000_000;
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** `undefined` for what is too large, of a rare kind, or damaged. See https://www.w3.org/TR/png/ */
export async function readPngColors(
  bytes: Uint8Array,
  stripes: number,
): Promise<readonly Color[] | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [bits, colorType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  const channels = channelsOf[colorType];
  if (
    bits !== 8 ||
    interlace !== 0 ||
    channels === undefined ||
    width * height > mostPixels ||
    height < stripes
  ) {
    return undefined;
  }
  const { data, palette } = readChunks(bytes, view);
  const rowBytes = 1 + width * channels;
  const raw = await inflate(data, rowBytes * height);
  if (raw === undefined) {
    return undefined;
  }
  const sums = Array.from({ length: stripes }, () => [0, 0, 0] as [number, number, number]);
  const counts = new Array<number>(stripes).fill(0);
  let previous: Uint8Array = new Uint8Array(rowBytes - 1);
  for (let row = 0; row < height; row++) {
    const line = unfilter(raw.subarray(row * rowBytes, (row + 1) * rowBytes), previous, channels);
    const stripe = Math.floor((row * stripes) / height);
    const sum = sums[stripe] ?? [0, 0, 0];
    for (let at = 0; at < line.length; at += channels) {
      const [red, green, blue] = toColor(line, at, colorType, palette);
      sum[0] += red;
      sum[1] += green;
      sum[2] += blue;
    }
    counts[stripe] = (counts[stripe] ?? 0) + width;
    previous = line;
  }
  return sums.map((sum, at) => sum.map((value) => value / (counts[at] || 1)) as unknown as Color);
}

function readChunks(bytes: Uint8Array, view: DataView) {
  const data: Uint8Array[] = [];
  let palette = new Uint8Array(0);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === 0x49444154) {
      data.push(content);
    } else if (type === 0x504c5445) {
      palette = new Uint8Array(content);
    }
    at += 12 + length;
  }
  return { data, palette };
}

/** Exactly so many bytes; a stream that gives more, or fewer, is no good. */
async function inflate(chunks: readonly Uint8Array[], expected: number): Promise<Uint8Array | undefined> {
  const packed = new ReadableStream<BufferSource>({
    start: (controller) => {
      for (const chunk of chunks) {
        controller.enqueue(new Uint8Array(chunk));
      }
      controller.close();
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream("deflate")).getReader();
  const out = new Uint8Array(expected);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return length === expected ? out : undefined;
      }
      if (length + value.length > expected) {
        return undefined;
      }
      out.set(value, length);
      length += value.length;
    }
  } catch {
    return undefined;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function unfilter(row: Uint8Array, above: Uint8Array, channels: number): Uint8Array {
  const filter = row[0] ?? 0;
  const line = new Uint8Array(row.subarray(1));
  for (let at = 0; at < line.length; at++) {
    const left = line[at - channels] ?? 0;
    const up = above[at] ?? 0;
    const corner = at < channels ? 0 : (above[at - channels] ?? 0);
    line[at] = (line[at] ?? 0) + predict(filter, left, up, corner);
  }
  return line;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [byLeft, byUp, byCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
        number,
        number,
        number,
      ];
      return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }
    default:
      return 0;
  }
}

function toColor(line: Uint8Array, at: number, colorType: number, palette: Uint8Array): Color {
  if (colorType === 3) {
    const entry = (line[at] ?? 0) * 3;
    return [palette[entry] ?? 0, palette[entry + 1] ?? 0, palette[entry + 2] ?? 0];
  }
  const first = line[at] ?? 0;
  return colorType === 2 || colorType === 6
    ? [first, line[at + 1] ?? 0, line[at + 2] ?? 0]
    : [first, first, first];
}
