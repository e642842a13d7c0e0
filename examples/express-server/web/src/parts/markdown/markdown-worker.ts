import { readMarkdown } from "./read-markdown.js";

addEventListener("message", ({ data }: MessageEvent<string>) => postMessage(readMarkdown(data)));
