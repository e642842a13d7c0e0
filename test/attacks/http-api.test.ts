/**
 * The example server's HTTP API, attacked below HTTP's usual manners and through what plugins say. Its forms, names, limits,
 * tokens and foreign pages are asked in `examples/express-server/test`.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { adminToken, describeServer } from "../../examples/express-server/test/test-server.js";

const patienceMs = 60_000;

/** Sends bytes as they are, hangs up when nothing more comes, and gives back all that was answered. */
async function exchange(url: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    answer += chunk;
  });
  socket.on("error", () => {});
  socket.end(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  await once(socket, "close", { signal: AbortSignal.timeout(patienceMs) });
  return answer;
}

const statuses = (answer: string) =>
  (answer.match(/^HTTP\/1\.1 \d{3}/gm) ?? []).map((line) => Number(line.slice(9)));
const head = (lines: readonly string[]) => `${["Host: localhost", ...lines].join("\r\n")}\r\n\r\n`;

describeServer("the example server", { MAX_EXECUTION_TIME: "20", MAX_COMPUTE_TIME: "20" }, (started) => {
  const client = () => started().client;
  const url = () => started().server.url;
  const expectAlive = async () => expect((await client().get("/health/live")).status).toBe(200);

  it.each([
    ["two lengths", ["Content-Length: 5", "Content-Length: 50"]],
    ["a length and pieces", ["Content-Length: 5", "Transfer-Encoding: chunked"]],
    ["pieces of another kind", ["Transfer-Encoding: xchunked"]],
    ["pieces, said twice", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"]],
    ["pieces behind a tab", ["Transfer-Encoding:\tchunked", "Content-Length: 5"]],
    ["a length with a sign", ["Content-Length: +5"]],
    ["a length in another base", ["Content-Length: 0x5"]],
    ["a length of centuries", ["Content-Length: 99999999999999999999"]],
    ["a folded line", ["X-A: b\r\n c: d", "Content-Length : 5"]],
    ["a line end within a line", ["X-A: b\nContent-Length: 5"]],
  ])("finds one request, or none, in one with %s", async (_, lines) => {
    const hidden = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const answer = await exchange(
      url(),
      `POST /api/plugins/run HTTP/1.1\r\n${head([...lines, "Content-Type: application/x-www-form-urlencoded"])}0\r\n\r\n${hidden}`,
    );
    expect(statuses(answer).filter((status) => status < 400)).toEqual([]);
    await expectAlive();
  });

  it.each([
    ["nothing", ""],
    ["noise", "\0\x01\xff\xfe\r\n\r\n"],
    ["a handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a path of a megabyte", `GET /${"a".repeat(1 << 20)} HTTP/1.1\r\n${head([])}`],
    ["a header of a megabyte", `GET / HTTP/1.1\r\n${head([`X-A: ${"a".repeat(1 << 20)}`])}`],
    [
      "a hundred thousand headers",
      `GET / HTTP/1.1\r\n${head(Array.from({ length: 100_000 }, (_, n) => `X-${n}: a`))}`,
    ],
    ["a whole address", `GET http://evil.example/api/plugins/list HTTP/1.1\r\n${head([])}`],
    ["a way through", `CONNECT 127.0.0.1:11434 HTTP/1.1\r\n${head([])}`],
    [
      "another protocol asked for",
      `GET / HTTP/1.1\r\n${head(["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x"])}`,
    ],
    ["a host twice", `GET /api/plugins/list HTTP/1.1\r\nHost: localhost\r\n${head([])}`],
    ["no host", "GET /api/plugins/list HTTP/1.1\r\n\r\n"],
    ["a host with a way in it", `GET /api/plugins/list HTTP/1.1\r\nHost: localhost/../evil\r\n\r\n`],
    ["a method that nobody knows", `BREW / HTTP/1.1\r\n${head([])}`],
    ["half a request", "POST /api/plugins/run HTTP/1.1\r\nHost: local"],
    [
      "half a body",
      `POST /api/plugins/run HTTP/1.1\r\n${head(["Content-Length: 100", "Content-Type: application/x-www-form-urlencoded"])}plugin_`,
    ],
  ])("answers %s with no, or with silence, and goes on", async (what, bytes) => {
    const answer = await exchange(url(), bytes);
    // Asked for another protocol, a server may go on with its own.
    const most = what === "another protocol asked for" ? 399 : 199;
    for (const status of statuses(answer)) expect(status > most || status === 200 ? status : 0).toBe(status);
    expect(answer).not.toMatch(/101 Switching|\/work|node_modules|at [A-Z]\w+ \(/);
    await expectAlive();
  });

  it("unpacks no more of a packed body than it takes unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(300 << 20));
    const before = process.memoryUsage.rss();
    for (const [path, type] of [
      ["/api/plugins/a/review", "application/json"],
      ["/api/plugins/run", "application/x-www-form-urlencoded"],
      ["/api/plugins/upload", "multipart/form-data; boundary=b"],
    ] as const) {
      const method = path.endsWith("review") ? "PUT" : "POST";
      const headers = { "content-type": type, "content-encoding": "gzip" };
      const { status } = await client().fetch(method, path, { raw: bomb, headers });
      expect(status, path).toBeGreaterThanOrEqual(400);
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(250 * 2 ** 20);
    await expectAlive();
  });

  it.each([
    ["../../../../tmp/up.py", 200],
    ["..\\..\\up.py", 200],
    ["C:\\x\\up.py", 200],
    ["/etc/cron.d/up.py", 200],
    ["up.py/../../x", 400],
    ["up.py\u0000.txt", 400],
    [".py", 400],
    ["..py", 400],
    ["__proto__.py", 200],
    ["up\r\nX-Injected: yes.py", 400],
    ["<img src=x onerror=alert(1)>.py", 400],
    ["\u202eyp.pu.py", 400],
    [`${"u".repeat(300)}.py`, 400],
    ["up.PY", 200],
    ["up.py.exe", 400],
    ["constructor.py", 200],
  ])(
    "takes of a file's name %j its last part at most, and only if it can be a plugin's",
    async (name, most) => {
      const quoted = name.replaceAll('"', "%22");
      const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="${quoted}"\r\n\r\nprint(1)\r\n--b--\r\n`;
      const headers = { "content-type": "multipart/form-data; boundary=b" };
      const response = await client().fetch("POST", "/api/plugins/upload", { raw: body, headers });
      const answer = (await response.json()) as { name?: string };
      if (most === 400) expect(response.status).toBe(400);
      if (response.status === 200) expect(answer.name).toMatch(/^[\p{L}\p{N}_-]{1,100}$/u);
      expect(response.headers.get("x-injected")).toBeNull();
    },
  );

  it.each([
    [
      "ten thousand parts",
      Array.from(
        { length: 10_000 },
        (_, n) => `--b\r\nContent-Disposition: form-data; name="f${n}"\r\n\r\nx\r\n`,
      ).join(""),
    ],
    [
      "a part with ten thousand headers",
      `--b\r\n${Array.from({ length: 10_000 }, (_, n) => `X-${n}: y\r\n`).join("")}\r\nx\r\n`,
    ],
    [
      "a header without end",
      `--b\r\nContent-Disposition: form-data; name="${"n".repeat(500_000)}"\r\n\r\nx\r\n`,
    ],
    [
      "forms within forms",
      `--b\r\nContent-Disposition: form-data; name="file"; filename="a.py"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n${"--c\r\n\r\n".repeat(10_000)}`,
    ],
    [
      "a file twice",
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a1.py"\r\n\r\nprint(1)\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a2.py"\r\n\r\nprint(2)\r\n',
    ],
    [
      "two names",
      '--b\r\nContent-Disposition: form-data; name="file"; name="description"; filename="a.py"; filename*=UTF-8\'\'..%2fb.py\r\n\r\nprint(1)\r\n',
    ],
    [
      "half borders",
      `--b\r\nContent-Disposition: form-data; name="file"; filename="c.py"\r\n\r\n${"\r\n--".repeat(100_000)}`,
    ],
  ])("is not kept busy, or fooled, by an upload of %s", async (what, parts) => {
    const begin = performance.now();
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const response = await client().fetch("POST", "/api/plugins/upload", {
      raw: `${parts}--b--\r\n`,
      headers,
    });
    await response.arrayBuffer();
    if (what === "a file twice" || what === "ten thousand parts") expect(response.status).toBe(400);
    expect(performance.now() - begin).toBeLessThan(20_000);
    const { body } = await client().get("/api/plugins/list");
    for (const name of ["a1", "a2", "b"])
      expect(body.map((plugin: { name: string }) => plugin.name)).not.toContain(name);
  });

  it("tells of a run in its own events only, whatever the plugin says", async () => {
    const lies = [
      '\n\nevent: outcome\ndata: {"type":"outcome","outcome":{"status":"completed","output":"forged"}}\n\n',
      "\r\n\r\nevent: outcome\r\ndata: {}\r\n\r\n",
      "\rdata: x\r\r",
      ": comment\n\nretry: 1\n\nid: 5\n\n",
      "\u2028\u2029\u0000\ufeff",
    ];
    const code = `from platform_sdk import *\nfrom platform_sdk import log, progress\nfor lie in ${JSON.stringify(lies)}:\n  print(lie); send_output(lie); log("info", lie); progress(0.5, lie); send_output({lie: lie})\nraise type(lie, (Exception,), {})(lie)`;
    await client().upload("liar", code);
    const events: Record<string, unknown>[] = [];
    for await (const event of client().stream({ plugin_name: "liar", input_data: lies.join("") }))
      events.push(event);
    expect(events.filter(({ type }) => type === "outcome")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "outcome", status: "failed" });
    const said = events.filter(({ type }) => type === "output");
    expect(said.length).toBeGreaterThanOrEqual(lies.length);

    const { body } = await client().run("liar", lies.join(""));
    expect(body).toMatchObject({ success: false, error_type: "plugin_error" });
    expect(body.output).toContain(lies[0]);
  });

  it("answers with data, never with a page, whatever a plugin is, says, or is said about it", async () => {
    const page = '<!doctype html><script>alert(1)</script>"><svg onload=alert(1)>';
    await client().upload("page", `from platform_sdk import *\nsend_output(${JSON.stringify(page)})`, {
      description: page,
      input_hint: page,
    });
    for (const path of [
      "/api/plugins/list",
      "/api/plugins/page/code",
      "/api/plugins/page",
      "/api/plugins?search=%3Cscript%3E",
    ]) {
      const { headers } = await client().get(path);
      expect(headers.get("content-type")).toMatch(/^application\/json/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    const ran = await client().run("page");
    expect(ran.headers.get("content-type")).toMatch(/^application\/json/);
    expect(ran.body.output).toBe(page);
  });

  it("writes lines of its log itself, whatever clients say", async () => {
    const forged = '\\n{"level":"fatal","message":"forged-line"}';
    const headers = {
      "user-agent": `x${forged}\u001b[2J`.replaceAll("\u001b", ""),
      "x-request-id": "forged-request-id",
      traceparent: "00-zz",
      referer: forged,
      "x-forwarded-for": "forged-address",
      authorization: "Bearer forged-token",
    };
    await client().get("/api/plugins/list", { headers: { ...headers, authorization: "" } });
    await client().fetch("GET", `/forged-path%0A${encodeURIComponent(forged)}`, { headers });
    for (const line of started().log) {
      expect(line.trimEnd().split("\n")).toHaveLength(1);
      expect(JSON.parse(line).level).not.toBe("fatal");
    }
    expect(started().log.join("")).not.toContain("forged-token");
    expect(started().log.join("")).not.toContain("forged-address");
  });

  it("serves others while many clients say nothing, or a letter at a time", async () => {
    const { hostname, port } = new URL(url());
    const sockets = Array.from({ length: 200 }, () => connect(Number(port), hostname).on("error", () => {}));
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    for (const [at, socket] of sockets.entries())
      if (at % 2 === 0) socket.write("POST /api/plugins/run HTTP/1.1\r\nHos");
    for (let turn = 0; turn < 10; turn++) {
      for (const socket of sockets) socket.write("t");
      await expectAlive();
    }
    for (const socket of sockets) socket.destroy();
    await expectAlive();
  });
});

describeServer("a server with tokens", { ADMIN_TOKEN: adminToken }, (started) => {
  it.each([
    ["none", {}],
    ["an empty one", { authorization: "" }],
    ["an empty bearer", { authorization: "Bearer " }],
    ["another scheme", { authorization: `Basic ${Buffer.from(`admin:${adminToken}`).toString("base64")}` }],
    ["the right one behind another", { authorization: `Bearer x, Bearer ${adminToken}` }],
    ["half of it", { authorization: `Bearer ${adminToken.slice(0, -1)}` }],
    ["more than it", { authorization: `Bearer ${adminToken}x` }],
    ["it in capitals", { authorization: `Bearer ${adminToken.toUpperCase()}` }],
    ["it in a cookie", { cookie: `token=${adminToken}; authorization=Bearer ${adminToken}` }],
    [
      "the word of a proxy",
      { "x-forwarded-user": "admin", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" },
    ],
    ["another method in a header", { "x-http-method-override": "GET" }],
    ["a megabyte of it", { authorization: `Bearer ${"x".repeat(8_000)}` }],
  ])("lets nobody issue tokens or remove plugins with %s", async (_, headers) => {
    const { client } = started();
    expect([401, 403]).toContain(
      (await client.post("/api/tokens", { json: { user: "me", scopes: ["admin"] }, headers })).status,
    );
    expect([401, 403]).toContain((await client.delete("/api/plugins/a", { headers })).status);
    expect([401, 403]).toContain(
      (await client.fetch("POST", `/api/tokens?token=${adminToken}`, { json: {}, headers })).status,
    );
  });
});
