import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { type Request, Router } from "express";
import { compressedFiles } from "./compressed-files.js";

const built = fileURLToPath(new URL("../../web/dist/", import.meta.url));
const minimal = fileURLToPath(new URL("./minimal.html", import.meta.url));

/** The front end, where it was built: one page, which finds its way by its address. */
export function createPages(): Router {
  const router = Router();
  if (!existsSync(`${built}/index.html`)) {
    router.get("/", (_request, response) => response.sendFile(minimal));
    return router;
  }
  // Their names change with what is in them.
  router.use(
    "/assets",
    compressedFiles(`${built}/assets`),
    express.static(`${built}/assets`, { immutable: true, maxAge: "1y", index: false, fallthrough: true }),
  );
  router.use(express.static(built, { index: false, maxAge: 0 }));
  router.get("/{*path}", (request, response, next) => {
    if (/^\/(api|assets|docs|health|metrics)(\/|$)/.test(request.path) || !isNavigation(request))
      return next();
    response.sendFile(`${built}/index.html`, {
      cacheControl: false,
      headers: { "Cache-Control": "no-cache" },
    });
  });
  return router;
}

/** A browser's, which says so; a program that takes anything shall hear that there is nothing. */
function isNavigation({ headers }: Request): boolean {
  return headers.accept?.includes("text/html") ?? false;
}
