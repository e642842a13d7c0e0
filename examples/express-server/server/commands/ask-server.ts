import { request } from "node:http";
import { Problem } from "../problem.js";

/** Asks the server on this machine, through the socket in its data folder. */
export async function askServer(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const text = body === undefined ? "" : JSON.stringify(body);
  const { status, answer } = await new Promise<{ status: number; answer: string }>((resolve, reject) => {
    const headers = {
      host: "localhost",
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    };
    const asked = request({ socketPath, method, path, headers }, (response) => {
      let received = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        received += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, answer: received }));
      response.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(text);
  });
  const parsed: unknown = JSON.parse(answer);
  if (status !== 200) throw new Problem("invalid", (parsed as { detail: string }).detail);
  return parsed;
}
