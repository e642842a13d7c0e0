/** Bodies, attacked by how many there are, how they come and how they end: together they have a limit. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { describeServer } from "./test-server.js";

const maxInputBytes = 3_000_000;
const maxHeldBytes = 30_000_000;
const settings = {
  MAX_INPUT_BYTES: String(maxInputBytes),
  MAX_HELD_MB: String(maxHeldBytes / 1_000_000),
  SEATS: "1",
};
const patience = { timeout: 60_000, interval: 20 };
const urlencoded = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data; boundary=b";
const sleeper = "import time\ntime.sleep(0.2)\nprint('woke')";

describeServer("a server that many send large bodies to", settings, (started) => {
  const client = () => started().client;
  const held = () => started().server.services.held.bytes;
  const sockets: Socket[] = [];

  async function open(head: readonly string[], path = "/api/plugins/run", method = "POST") {
    const { hostname, port } = new URL(client().url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    let answer = "";
    socket.setEncoding("latin1").on("data", (text: string) => {
      answer += text;
    });
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write([`${method} ${path} HTTP/1.1`, "Host: localhost", ...head, "", ""].join("\r\n"));
    return { socket, answer: () => answer };
  }
  const send = (socket: Socket, bytes: string) => new Promise((resolve) => socket.write(bytes, resolve));
  const noneHeld = () => expect.poll(held, patience).toBe(0);

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await noneHeld();
    expect((await client().get("/health/live")).status).toBe(200);
  });

  it("refuses some with when to come back, serves the others, and later all", {
    timeout: 120_000,
  }, async () => {
    await client().upload("sleeper", sleeper);
    const input = "x".repeat(maxInputBytes);
    const answers = await Promise.all(Array.from({ length: 40 }, () => client().run("sleeper", input)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    for (const { headers, body } of refused) {
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect(body.detail).toMatch(/^The server .* try again soon\.$/);
    }
    await noneHeld();
    expect((await client().run("sleeper", input)).body.output).toBe("woke");
  });

  it("keeps to its limit while bodies come, and has room for small ones", { timeout: 120_000 }, async () => {
    await client().upload("small", "print('small')");
    const body = "x".repeat(maxInputBytes - 1_000);
    const length = body.length + 100;
    const senders = await Promise.all(
      Array.from({ length: 30 }, () => open([`Content-Type: ${urlencoded}`, `Content-Length: ${length}`])),
    );
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, held());
    }, 1);
    await Promise.all(senders.map(({ socket }) => send(socket, body)));
    await expect.poll(held, patience).toBeGreaterThan(maxHeldBytes / 2);
    expect((await client().run("small", "hello")).body.success).toBe(true);
    for (const { socket } of senders) socket.write("&".repeat(100));
    await expect
      .poll(() => senders.filter(({ answer }) => answer().startsWith("HTTP/1.1 ")).length, patience)
      .toBe(senders.length);
    clearInterval(watching);
    const refused = senders.filter(({ answer }) => answer().startsWith("HTTP/1.1 503"));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(senders.length);
    expect(most).toBeLessThanOrEqual(maxHeldBytes);
  });

  it("has room for one that is as large as can be", async () => {
    await client().upload("length", "print('fits')");
    const input = "%C3%A9".repeat(maxInputBytes / 2);
    const { status } = await client().post("/api/plugins/run", {
      raw: `plugin_name=length&input_data=${input}`,
      headers: { "content-type": urlencoded },
    });
    expect(status).toBe(200);
  });

  it("holds the input of a run until that has ended, however it ends", async () => {
    await client().upload("endless", "while True: pass");
    const controller = new AbortController();
    const form = { plugin_name: "endless", input_data: "x".repeat(1_000_000) };
    const { signal } = controller;
    const running = ["/api/plugins/run", "/api/plugins/run", "/api/plugins/run/stream"].map((path) =>
      client()
        .fetch("POST", path, { form, signal })
        .then((response) => response.text())
        .catch(() => "gone"),
    );
    await expect.poll(() => started().server.services.runner.active, patience).toBe(3);
    expect(held()).toBeGreaterThan(3_000_000);
    controller.abort();
    expect(await Promise.all(running)).toEqual(["gone", "gone", "gone"]);
    await noneHeld();
  });

  const part = '--b\r\nContent-Disposition: form-data; name="input_data"\r\n\r\n';
  it.each([
    ["a form", "POST", "/api/plugins/run", urlencoded, "input_data="],
    ["a form in parts", "POST", "/api/plugins/run", multipart, part],
    ["a file", "POST", "/api/plugins/upload", multipart, part.replace("input_data", 'file"; filename="a.py')],
    ["JSON", "POST", "/api/plugins/check", "application/json", '{"code": "'],
  ])("gives back what it held of %s that is cut off", async (_, method, path, type, begin) => {
    for (const end of ["destroy", "resetAndDestroy", "end"] as const) {
      const lengths = ["Content-Length: 900000", "Transfer-Encoding: chunked"];
      for (const length of lengths) {
        const { socket } = await open([`Content-Type: ${type}`, length], path, method);
        const body = begin + "x".repeat(100_000);
        const isChunked = length.startsWith("T");
        socket.write(isChunked ? `${body.length.toString(16)}\r\n${body}\r\n` : body);
        await expect.poll(held, patience).toBeGreaterThan(100_000);
        socket[end]();
        await noneHeld();
      }
    }
  });

  it("holds what came, not what was said to come", async () => {
    const much = await open([`Content-Type: ${urlencoded}`, `Content-Length: ${maxInputBytes}`]);
    await send(much.socket, "a=b");
    await expect.poll(held, patience).toBeGreaterThan(0);
    expect(held()).toBeLessThan(10_000);
    const little = await open([`Content-Type: ${urlencoded}`, "Content-Length: 3"]);
    little.socket.end(`a=b${"x".repeat(100_000)}`);
    await once(little.socket, "close");
    expect(little.answer()).toMatch(/^HTTP\/1\.1 400/);
    expect(held()).toBeLessThan(10_000);
  });

  it("counts crumbs as what they cost", async () => {
    const { socket, answer } = await open([`Content-Type: ${urlencoded}`, "Transfer-Encoding: chunked"]);
    await send(socket, "1\r\nx\r\n".repeat(100_000));
    socket.write("0\r\n\r\n");
    await expect.poll(answer, patience).toMatch(/^HTTP\/1\.1 503/);
    expect(answer()).toMatch(/^Retry-After: \d+/m);
  });

  it.each([
    ["more than there may be of it", "x".repeat(3_000_000), 413],
    ["JSON that ends too early", "{", 400],
    ["what is not what it must be", '{"code": 1}', 400],
  ])("gives back what it held of a request with %s", async (_, raw, status) => {
    const headers = { "content-type": "application/json" };
    expect((await client().post("/api/plugins/check", { raw, headers })).status).toBe(status);
    expect(held()).toBe(0);
  });
});
