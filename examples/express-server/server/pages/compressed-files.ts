import { readdirSync } from "node:fs";
import { extname } from "node:path";
import type { RequestHandler } from "express";

const encodings = [
  { name: "br", ending: ".br" },
  { name: "gzip", ending: ".gz" },
] as const;

/**
 * Sends those who can take it a file's compressed form, which was made with the file. Comes before what serves the folder.
 * Which there are is known beforehand: no request makes it look.
 */
export function compressedFiles(folder: string): RequestHandler {
  const files = new Set(readdirSync(folder).map((name) => `/${name}`));
  return (request, response, next) => {
    const { path } = request;
    const fits = encodings.filter(({ ending }) => files.has(path + ending));
    if (!files.has(path) || fits.length === 0) return next();
    response.vary("Accept-Encoding");
    // In our order: browsers name all that they take, and leave the choice to the server.
    const fit = fits.find(({ name }) => request.acceptsEncodings(name) === name);
    if (fit === undefined) return next();
    response.type(extname(path)).set("Content-Encoding", fit.name);
    request.url = request.url.replace(path, path + fit.ending);
    next();
  };
}
