/** What an image is made of. Written by the build, read and believed only together with the hashes in it. */
import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fileEntry = z.object({ sha256, bytes: z.int().nonnegative() });

export const imageFiles = ["interpreter.wasm", "snapshot.wasm", "library.bin", "boot.bin"] as const;
export type ImageFile = (typeof imageFiles)[number];

export const manifestSchema = z.object({
  format: z.literal(1),
  python: z.string(),
  /** Equal hashes mean equal images. */
  recipe: sha256,
  files: z.record(z.enum(imageFiles), fileEntry),
  memory: z.object({
    /** Size of the memory in the snapshot, in WebAssembly pages of 64 KB. */
    pages: z.int().positive().max(65_536),
    /** The one mutable global of the module, constant whenever no guest code runs. */
    stackPointer: z.int().positive(),
    /** The same, before the interpreter is booted. */
    bootPages: z.int().positive().max(65_536),
  }),
  /** Where in memory the tables of native/cold.c lie, which the snapshot leaves out. */
  tables: z.array(z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() })),
  /** Imported before the snapshot was taken. */
  preload: z.array(z.string()),
  hashSeed: z.int().nonnegative(),
  /** sha256 of everything that went into it. */
  inputs: z.record(z.string(), sha256),
  tools: z.record(z.string(), z.string()),
  licences: z.record(z.string(), z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;
