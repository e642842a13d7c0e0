import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { adminToken, describeServer, startServer } from "./test-server.js";

/** Sends bytes as they are, more of them when something is answered, and gives back all that is. */
async function sendRaw(url: string, text: string, more = ""): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding("latin1");
  let answer = "";
  socket.once("data", () => more && socket.write(more, "latin1"));
  socket.on("data", (chunk: string) => {
    answer += chunk;
  });
  socket.on("error", () => {});
  socket.write(text, "latin1");
  await once(socket, "close");
  return answer;
}

describeServer("an open server", { MAX_COMPUTE_TIME: "2" }, (started) => {
  const client = () => started().client;

  describe("sends headers", () => {
    it("that keep browsers from doing harm", async () => {
      const { headers } = await client().get("/");
      expect(headers.get("content-security-policy")).toContain("script-src 'self';");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-powered-by")).toBeNull();
    });

    it("that keep answers of the API out of caches, and name the request", async () => {
      const { headers } = await client().get("/api/plugins/list");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("access-control-allow-origin")).toBeNull();
    });
  });

  it("shows pages of other hosts nothing, by whatever name they come", async () => {
    for (const path of ["/", "/api/plugins/list", "/api/tokens", "/docs", "/openapi.json", "/health"]) {
      const head = `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
      expect(await sendRaw(started().server.url, head)).toMatch(/^HTTP\/1.1 403/);
    }
  });

  it("lets pages of other hosts do nothing", async () => {
    const headers = { origin: "https://evil.example" };
    const form = { plugin_name: "a", input_data: "" };
    expect((await client().post("/api/plugins/run", { urlencoded: form, headers })).status).toBe(403);
    expect((await client().delete("/api/plugins/a", { headers })).status).toBe(403);
    const asked = await client().fetch("OPTIONS", "/api/plugins/run", {
      headers: { ...headers, "access-control-request-method": "POST" },
    });
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
  });

  describe("answers", () => {
    it.each([
      ["a path that cannot be decoded", "/api/plugins/%E0%A4%A/code", 400],
      ["a zero character in a name", "/api/plugins/%00/code", 404],
      ["a way up", "/api/plugins/..%2f..%2fetc%2fpasswd/code", 404],
      ["a way up among the files", "/docs/..%2f..%2fpackage.json", 404],
      ["a very long name", `/api/plugins/${"x".repeat(5_000)}/code`, 404],
      ["nothing it knows", "/nothing", 404],
      ["the prototype of objects", "/api/plugins/__proto__/code", 404],
    ])("%s with what is wrong", async (_, path, status) => {
      const answer = await client().get(path);
      expect(answer.status).toBe(status);
      expect(answer.body.detail).toMatch(/^[A-Z].*\.$/);
    });

    it("a method that an address does not know with those that it does", async () => {
      const { status, headers } = await client().put("/api/plugins/upload");
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("POST");
    });

    it.each([
      ["no body", {}, 415],
      ["JSON", { json: { plugin_name: "a" } }, 415],
      ["text", { raw: "plugin_name=a", headers: { "content-type": "text/plain" } }, 415],
      [
        "a multipart form without a boundary",
        { raw: "x", headers: { "content-type": "multipart/form-data" } },
        400,
      ],
      [
        "a form that is cut off",
        multipart('--b\r\nContent-Disposition: form-data; name="plugin_name"\r\n\r\na'),
        400,
      ],
      ["a form without parts", multipart(""), 400],
      [
        "a part without a name",
        multipart("--b\r\nContent-Disposition: form-data\r\n\r\na\r\n--b--\r\n"),
        400,
      ],
      [
        "a file where none belongs",
        multipart(
          '--b\r\nContent-Disposition: form-data; name="plugin_name"; filename="x"\r\n\r\na\r\n--b--\r\n',
        ),
        400,
      ],
      ["a field twice", { urlencoded: "plugin_name=a&plugin_name=b" }, 400],
      ["very many fields", { urlencoded: Array.from({ length: 1_000 }, (_, n) => `f${n}=x`).join("&") }, 400],
      ["a field with a very long name", { urlencoded: `${"x".repeat(10_000)}=1` }, 400],
      ["a prototype", { urlencoded: "__proto__=1&constructor=2" }, 400],
      ["a zero character", { urlencoded: "plugin_name=%00" }, 400],
      ["half a character", { urlencoded: "plugin_name=%ED%A0%80" }, 404],
    ])("%s as a run with what is wrong", async (_, request, status) => {
      expect((await client().post("/api/plugins/run", request)).status).toBe(status);
    });

    it.each([
      ["no body", {}, 415],
      ["a form", { form: { rating: "5" } }, 415],
      ["what is no JSON", { raw: "{", headers: { "content-type": "application/json" } }, 400],
      [
        "another encoding",
        { raw: "{}", headers: { "content-type": "application/json; charset=latin1" } },
        415,
      ],
      [
        "unknown packing",
        { raw: "{}", headers: { "content-type": "application/json", "content-encoding": "x" } },
        415,
      ],
      [
        "packing, which is taken off nowhere",
        { raw: "{}", headers: { "content-type": "application/json", "content-encoding": "gzip" } },
        415,
      ],
      ["very much", { json: { rating: 5, text: "x".repeat(100_000) } }, 413],
      [
        "very deep",
        { raw: `${"[".repeat(9_000)}${"]".repeat(9_000)}`, headers: { "content-type": "application/json" } },
        400,
      ],
    ])("%s as a review with what is wrong", async (_, request, status) => {
      expect((await client().put("/api/plugins/a/review", request)).status).toBe(status);
    });
  });

  it("cuts off who sends without end, and goes on", async () => {
    const { hostname, port } = new URL(started().server.url);
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    let sent = 0;
    const send = () => {
      do {
        sent += chunk.length;
      } while (socket.write(chunk));
    };
    socket.on("drain", send);
    socket.write("POST /api/plugins/run HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n");
    socket.write("Content-Type: multipart/form-data; boundary=b\r\n\r\n");
    send();
    await new Promise((resolve) => socket.once("close", resolve));
    expect(sent).toBeLessThan(200_000_000);
    expect((await client().get("/health")).status).toBe(200);
  });

  it("tells who is refused why, and on the same connection goes on, when they have sent everything", async () => {
    const { hostname, port } = new URL(started().server.url);
    const socket = connect(Number(port), hostname);
    let answers = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      answers += chunk;
    });
    const body = "a".repeat(1_000_000);
    socket.write(
      `POST /api/plugins/run HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer unknown\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    // Whatever is refused by its head alone has been by now.
    await client().get("/health/live");
    socket.write(body);
    socket.write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    await once(socket, "close");
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 401", "HTTP/1.1 200"]);
  });

  it.each([
    ["a head of 20 KB", `GET /api/models?${"x".repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ["noise", "\0\x01\xff\r\n\r\n", 400],
    [
      "a body whose pieces have no size",
      "POST /api/plugins/run HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz",
      400,
    ],
  ])("says what is wrong with %s as with anything else", async (_, sent, status) => {
    const answer = await sendRaw(started().server.url, sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toEqual({ detail: expect.any(String) });
  });

  it("puts no refusal into an answer that is under way", async () => {
    const source = "import time\nfor turn in range(20):\n    print('turn', turn)\n    time.sleep(0.02)";
    const body = new URLSearchParams({ code: source, input_data: "" }).toString();
    const head = `Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}`;
    const request = `POST /api/plugins/run/stream HTTP/1.1\r\n${head}\r\n\r\n${body}`;
    const answer = await sendRaw(started().server.url, request, "noise\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).not.toContain("HTTP/1.1 400");
  });

  it("takes nothing of an upload that is cut off", async () => {
    const { url } = started().server;
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="cut_off.py"\r\n\r\nprint(1)';
    const head = `POST /api/plugins/upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n`;
    await new Promise((resolve) => socket.write(head + part, resolve));
    socket.destroy();
    await once(socket, "close");
    expect((await client().get("/api/plugins/cut_off/code")).status).toBe(404);
  });

  it("says nothing of itself when something breaks in it, and everything to the log", async () => {
    const { storage } = started().server.services;
    const { database } = storage;
    const original = database.select;
    database.select = () => {
      throw new Error("secret: /etc/shadow");
    };
    try {
      const { status, headers, body } = await (async () => {
        const response = await client().fetch("GET", "/api/plugins/list", {});
        return {
          status: response.status,
          headers: response.headers,
          body: (await response.json()) as { detail: string },
        };
      })();
      expect(status).toBe(500);
      expect(body.detail).not.toContain("secret");
      expect(body.detail).toContain(headers.get("x-request-id"));
      expect(started().log.join()).toContain("secret: /etc/shadow");
    } finally {
      database.select = original;
    }
  });

  it("writes a line for each request, and no line for what is in it", async () => {
    await client().get('/api/plugins?search=hunter2%0A{"level":"fatal"}');
    await client().post("/api/plugins/run", { urlencoded: { plugin_name: "x", input_data: "hunter2" } });
    const headers = { "content-type": "application/json" };
    await client().put("/api/plugins/x/review", { raw: "hunter2", headers });
    const lines = started().log.map((line) => JSON.parse(line));
    expect(lines.filter(({ path }) => path === "/api/plugins").at(-1)).toMatchObject({
      level: "info",
      method: "GET",
      status: 200,
      user: "local",
    });
    expect(started().log.join()).not.toContain("hunter2");
  });
});

describeServer(
  "a server with limits",
  {
    ADMIN_TOKEN: adminToken,
    ALLOWED_ORIGINS: "https://app.example",
    RATE_LIMIT_REQUESTS: "30",
    RATE_LIMIT_RUNS: "3",
  },
  (started) => {
    it("lets pages of its list call it", async () => {
      const ask = (origin: string) =>
        started().client.fetch("OPTIONS", "/api/plugins/run", {
          headers: {
            origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization",
          },
        });
      const allowed = (await ask("https://app.example")).headers;
      expect(allowed.get("access-control-allow-origin")).toBe("https://app.example");
      expect(allowed.get("access-control-expose-headers")).toContain("X-Run-Id");
      expect((await ask("https://other.example")).headers.get("access-control-allow-origin")).toBeNull();
    });

    it("lets each token do only so much in a minute, and says when to come back", async () => {
      const admin = started().client.as(adminToken);
      const issue = async (user: string) =>
        started().client.as(
          (await admin.post("/api/tokens", { json: { user, scopes: ["run"] } })).body.token,
        );
      const [ada, bob] = [await issue("ada"), await issue("bob")];
      await admin.upload("a", "print(1)");
      for (let run = 0; run < 3; run += 1) expect((await ada.run("a")).status).toBe(200);
      const refused = await ada.run("a");
      expect(refused).toMatchObject({ status: 429, body: { detail: expect.stringContaining("runs") } });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await bob.run("a")).status).toBe(200);
      expect((await ada.get("/api/plugins/list")).status).toBe(200);
    });

    it("counts those without a token by where they come from", async () => {
      const statuses = new Set<number>();
      for (let request = 0; request < 40; request += 1) {
        statuses.add((await started().client.get("/api/plugins/list")).status);
      }
      expect([...statuses]).toEqual([200, 429]);
      expect((await started().client.get("/health/live")).status).toBe(200);
    });

    it("lets nobody guess tokens for long", async () => {
      const guess = (n: number) => started().client.as(`guess-${n}`).get("/api/me");
      const statuses = new Set<number>();
      for (let n = 0; n < 70; n += 1) statuses.add((await guess(n)).status);
      expect([...statuses]).toEqual([401, 429]);
    });

    it("lets those in who have a token, whoever guesses from the same address", async () => {
      const admin = started().client.as(adminToken);
      for (let n = 0; n < 70; n += 1) await started().client.as(`guess-${n}`).get("/api/me");
      expect((await admin.get("/api/me")).status).toBe(200);
    });
  },
);

it("believes a proxy only where it is told to", async () => {
  const ask = async (values: Record<string, string>) => {
    await using started = await startServer({ ADMIN_TOKEN: adminToken, RATE_LIMIT_REQUESTS: "2", ...values });
    const statuses: number[] = [];
    for (const address of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) {
      const headers = { "x-forwarded-for": address };
      statuses.push((await started.client.get("/api/plugins/list", { headers })).status);
    }
    return statuses;
  };
  expect(await ask({})).toEqual([200, 200, 429]);
  expect(await ask({ TRUST_PROXY: "1" })).toEqual([200, 200, 200]);
});

function multipart(raw: string) {
  return { raw, headers: { "content-type": "multipart/form-data; boundary=b" } };
}
