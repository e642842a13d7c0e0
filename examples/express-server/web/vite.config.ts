import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { compress } from "./compress.js";

/** Where the API is while the pages are worked on with `npm run dev`. */
const server = process.env.SERVER_URL ?? "http://127.0.0.1:3000";

export default defineConfig(({ command }) => {
  // Whoever has them built, a test too: nobody is to load the React that is for its own developers.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    root: fileURLToPath(new URL(".", import.meta.url)),
    // Markdown is read in a worker, and what reads it would else be the kind that needs a page.
    resolve: { conditions: ["worker", ...defaultClientConditions] },
    build: {
      target: "es2023",
      // Nothing is inlined: the server's content security policy lets in files of its own, and no data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // The editor is that large. It comes when it is needed.
      chunkSizeWarningLimit: 6_000,
    },
    plugins: [compress()],
    worker: { format: "es" },
    server: { proxy: { "/api": server, "/health": server, "/docs": server } },
  };
});
