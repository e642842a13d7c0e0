/** The image on disk cannot be used. The message names the file and the cure. */
export class ImageError extends Error {
  constructor(
    /** `missing` calls for the fallback; the others for a repair. */
    readonly code: "missing" | "damaged" | "unsupported",
    file: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(
      `Python image: ${file} ${problem}. Run \`npm run build:python\` to build it again, or reinstall the package.`,
      options,
    );
    this.name = "ImageError";
  }
}
