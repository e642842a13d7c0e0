/** As long as a name and a path may be in bytes of UTF-8, as on other systems (NAME_MAX, PATH_MAX). */
export const MAX_NAME_BYTES = 255;
export const MAX_PATH_BYTES = 4096;

const encoder = new TextEncoder();

export function isTooLongName(name: string): boolean {
  return name.length * 3 > MAX_NAME_BYTES && encoder.encode(name).length > MAX_NAME_BYTES;
}
