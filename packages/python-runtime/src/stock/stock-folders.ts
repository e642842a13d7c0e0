/** In the root, the stock interpreter's own: found before anything that is granted under the same name would be. */
export const stockFolders: ReadonlySet<string> = new Set(["forge", "usr"]);
