import { once } from "node:events";
import { createServer as createTcpServer, type Socket } from "node:net";
import { createModelServer } from "@wasmforge/model-server";
import { expect, it } from "vitest";
import { parseConfiguration } from "../configuration/index.js";
import { toLogger } from "../observability/index.js";
import { createModels, type ModelSource } from "./index.js";

const context = {
  signal: new AbortController().signal,
  timeLeftMs: 10_000,
  runId: "r",
  plugin: "p",
  tenant: "t",
};

function open(url: string, DEMO_MODELS = "auto"): Promise<ModelSource> {
  const values = { OLLAMA_BASE_URL: url, ALLOWED_MODELS: "llama3.2, other:1b", DEMO_MODELS };
  return createModels(parseConfiguration(values, () => "").models, toLogger("silent"), { lookMs: 20 });
}

async function ask({ provider }: ModelSource): Promise<string> {
  let answer = "";
  for await (const part of provider.generate({ model: "llama3.2:latest", prompt: "Hello?" }, context)) {
    if (part.type === "text") answer += part.text;
  }
  return answer;
}

const createServer = (port = 0) => createModelServer({ models: [{ name: "llama3.2:latest" }], port });

it("answers from the model server where there is one, and says which models are not there", async () => {
  const server = await createServer();
  await using models = await open(server.url);
  expect(models.isDemo).toBe(false);
  expect(models.provider.name).toBe("ollama");
  expect(models.choice).toEqual({ provider: "ollama", reason: "it answers" });
  expect(await models.list()).toMatchObject([
    { name: "llama3.2", available: true },
    { name: "other:1b", available: false },
  ]);
  await server.close();
});

it("answers from the demo where there is none, and says so", async () => {
  await using models = await open("http://127.0.0.1:9");
  expect(models.isDemo).toBe(true);
  expect(models.provider.name).toBe("demo");
  expect(models.choice).toEqual({ provider: "demo", reason: expect.stringContaining("cannot be reached") });
  expect(await models.health()).toMatchObject({ status: "disconnected" });
  expect(await ask(models)).toMatch(/demo/i);
  expect(await models.list()).toMatchObject([{ available: true }, { available: true }]);
});

it("answers from the model server as soon as there is one", async () => {
  const before = await createServer();
  await before.close();
  await using models = await open(before.url);
  expect(models.isDemo).toBe(true);
  const server = await createServer(Number(new URL(before.url).port));
  await models.serverFound;
  expect(models.isDemo).toBe(false);
  expect(await ask(models)).toBe("You said: Hello?");
  await server.close();
});

it("does not step in for a server that was there", async () => {
  const server = await createServer();
  await using models = await open(server.url);
  await server.close();
  expect(models.isDemo).toBe(false);
  await expect(ask(models)).rejects.toMatchObject({ code: "unavailable" });
});

it("ends while it looks, whatever comes of that", async () => {
  const before = await createServer();
  await before.close();
  const models = await open(before.url);
  const sockets: Socket[] = [];
  const mute = createTcpServer((socket) => sockets.push(socket.on("error", () => {})));
  mute.listen(Number(new URL(before.url).port), "127.0.0.1");
  await once(mute, "connection");
  await models[Symbol.asyncDispose]();
  for (const socket of sockets) socket.destroy();
  mute.close();
  await once(mute, "close");
  expect(models.choice.provider).toBe("demo");
});

it("leaves the demo out, or the server, where it is told to", async () => {
  const server = await createServer();
  await using off = await open("http://127.0.0.1:9", "off");
  expect(off.choice).toEqual({ provider: "ollama", reason: "DEMO_MODELS is off" });
  await expect(ask(off)).rejects.toMatchObject({ code: "unavailable" });
  await using on = await open(server.url, "on");
  expect(on.choice).toEqual({ provider: "demo", reason: "DEMO_MODELS is on" });
  expect(await ask(on)).toMatch(/demo/i);
  await server.close();
});
