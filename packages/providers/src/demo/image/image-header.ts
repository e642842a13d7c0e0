export interface ImageHeader {
  readonly format: "PNG" | "JPEG" | "GIF" | "WebP";
  readonly width: number;
  readonly height: number;
  readonly hasAlpha?: boolean;
  readonly isGray?: boolean;
}

/** What an image says of itself in its first bytes; `undefined` for what is no image, or a damaged one. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function readPng(view: DataView): ImageHeader | undefined {
  if (view.getUint32(0) !== 0x89504e47) {
    return undefined;
  }
  const colorType = view.getUint8(25);
  return {
    format: "PNG",
    width: view.getUint32(16),
    height: view.getUint32(20),
    hasAlpha: colorType === 4 || colorType === 6,
    isGray: colorType === 0 || colorType === 4,
  };
}

function readGif(view: DataView): ImageHeader | undefined {
  return view.getUint32(0) === 0x47494638
    ? { format: "GIF", width: view.getUint16(6, true), height: view.getUint16(8, true) }
    : undefined;
}

function readWebp(view: DataView): ImageHeader | undefined {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) {
    return undefined;
  }
  switch (view.getUint32(12)) {
    case 0x56503858: // "VP8X"
      return {
        format: "WebP",
        width: 1 + (view.getUint32(24, true) & 0xffffff),
        height: 1 + (view.getUint32(27, true) & 0xffffff),
        hasAlpha: (view.getUint8(20) & 0x10) !== 0,
      };
    case 0x5650384c: {
      // "VP8L"
      const bits = view.getUint32(21, true);
      return { format: "WebP", width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    default:
      return {
        format: "WebP",
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
  }
}

/** Goes from segment to segment until one says how large the picture is. */
function readJpeg(view: DataView): ImageHeader | undefined {
  if (view.getUint16(0) !== 0xffd8) {
    return undefined;
  }
  for (let at = 2; ; ) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (marker >> 8 !== 0xff || length < 2) {
      return undefined;
    }
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      return {
        format: "JPEG",
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        isGray: view.getUint8(at + 9) === 1,
      };
    }
    at += 2 + length;
  }
}
