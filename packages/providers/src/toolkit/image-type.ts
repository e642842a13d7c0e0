const signatures: readonly (readonly [type: string, start: readonly number[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46]],
];

/** By its first bytes, as browsers do; what is none of these is called a PNG, and refused by whoever looks at it. */
export function toImageType(image: Uint8Array): string {
  return signatures.find(([, start]) => start.every((byte, at) => image[at] === byte))?.[0] ?? "image/png";
}
