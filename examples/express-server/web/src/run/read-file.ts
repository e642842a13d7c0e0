/** A file as plugins get it: a picture as a data URL, text as it is, and what is neither as a data URL too. */
export interface ReadFile {
  readonly name: string;
  readonly bytes: number;
  readonly kind: "image" | "text" | "other";
  readonly input: string;
}

const images: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export async function readFile(file: File): Promise<ReadFile> {
  const { name, size: bytes } = file;
  if (images.has(file.type)) return { name, bytes, kind: "image", input: await toDataUrl(file) };
  const text = toText(await file.arrayBuffer());
  return text === undefined
    ? { name, bytes, kind: "other", input: await toDataUrl(file) }
    : { name, bytes, kind: "text", input: text };
}

function toText(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function toDataUrl(file: File): Promise<string> {
  // The reader writes the type as the file has it, and the server wants one.
  const typed = file.type === "" ? new Blob([file], { type: "application/octet-stream" }) : file;
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("The file could not be read.", { cause: reader.error }));
    reader.readAsDataURL(typed);
  });
}
