import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Router } from "express";

/** Only where the files are: importing the package would load all of the page's program into the server. */
const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const files = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>WasmForge API</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** A file of its own: scripts within pages are not allowed here. */
const start = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  // It would send the document to a host of its makers.
  validatorUrl: null,
  tryItOutEnabled: true,
  persistAuthorization: false,
});
`;

/** The API to read and to try, from files that are here. */
export function createDocsPage(document: object): Router {
  const router = Router();
  router.get("/openapi.json", (_request, response) => void response.json(document));
  router.get("/docs", (_request, response) => void response.type("html").send(page));
  router.get("/docs/start.js", (_request, response) => void response.type("js").send(start));
  for (const file of files) {
    router.get(`/docs/${file}`, (_request, response) =>
      response.sendFile(join(folder, file), { maxAge: "1d" }),
    );
  }
  return router;
}
