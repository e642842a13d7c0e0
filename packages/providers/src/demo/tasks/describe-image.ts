import { type ImageHeader, readImageHeader } from "../image/image-header.js";
import { type Color, readPngColors } from "../image/png-colors.js";

/** What can be said of a picture without understanding it: its form, and the colours of a PNG. */
export async function describeImages(images: readonly Uint8Array[]): Promise<string> {
  if (images.length === 0) {
    return "There is no image to describe.";
  }
  const descriptions = await Promise.all(images.map(describeImage));
  return descriptions.length === 1
    ? (descriptions[0] ?? "")
    : descriptions.map((description, index) => `Image ${index + 1}: ${description}`).join("\n");
}

async function describeImage(bytes: Uint8Array): Promise<string> {
  const header = readImageHeader(bytes);
  if (header === undefined) {
    return `These ${bytes.length} bytes are no image that the demo knows (PNG, JPEG, GIF, WebP), or a damaged one.`;
  }
  const { format, width, height, hasAlpha, isGray } = header;
  const traits = [...(isGray ? ["in shades of gray"] : []), ...(hasAlpha ? ["with transparency"] : [])];
  const size = bytes.length < 1024 ? `${bytes.length} bytes` : `${Math.round(bytes.length / 1024)} KiB`;
  return [
    `A ${toForm(header)} ${format} image of ${width} × ${height} pixels${traits.length > 0 ? `, ${traits.join(", ")}` : ""} (${size}).`,
    ...(format === "PNG" ? await describeColors(bytes) : []),
    "What it shows, only a model with eyes could say.",
  ].join(" ");
}

function toForm({ width, height }: ImageHeader): string {
  const ratio = width / Math.max(height, 1);
  return ratio > 1.1 ? "landscape" : ratio < 0.9 ? "portrait" : "square";
}

async function describeColors(bytes: Uint8Array): Promise<readonly string[]> {
  const colors = await readPngColors(bytes, 3);
  const [top, middle, bottom] = (colors ?? []).map(toColorName);
  if (top === undefined || middle === undefined || bottom === undefined) {
    return [];
  }
  return top === middle && middle === bottom
    ? [`It is mostly ${top}.`]
    : [`From top to bottom its colours are ${top}, ${middle} and ${bottom}.`];
}

const hues: readonly (readonly [degrees: number, name: string])[] = [
  [15, "red"],
  [45, "orange"],
  [70, "yellow"],
  [165, "green"],
  [200, "turquoise"],
  [260, "blue"],
  [290, "purple"],
  [340, "pink"],
  [361, "red"],
];

function toColorName([red, green, blue]: Color): string {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const lightness = (most + least) / 510;
  if (most - least < 24) {
    return lightness > 0.9 ? "white" : lightness < 0.1 ? "black" : lightness > 0.6 ? "light gray" : "gray";
  }
  const span = most - least;
  const sixth =
    most === red
      ? (green - blue) / span + 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  const degrees = (sixth * 60) % 360;
  const name = hues.find(([until]) => degrees < until)?.[1] ?? "red";
  return lightness > 0.75 ? `light ${name}` : lightness < 0.3 ? `dark ${name}` : name;
}
