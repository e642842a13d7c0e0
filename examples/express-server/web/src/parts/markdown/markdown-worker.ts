import { readMarkdown } from "./read-markdown.js";

addEventListener("message", ({ data }: MessageEvent<string>) => postMessage(readMarkdown(data)));
// How long a text takes is counted from here: a busy machine may need a while to get this far.
postMessage("ready");
