/** What a form may hold, and what comes of it. */
export interface UploadedFile {
  /** As the client gave it. It never names a file of ours. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FormLimits {
  /** Of one field. */
  readonly maxFieldBytes: number;
  /** Without it the form has no files. */
  readonly file?: { readonly field: string; readonly maxBytes: number } | undefined;
}
