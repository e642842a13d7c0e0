/** The API of the first WasmForge: a client of it works here unchanged. */
import { describe, expect, it } from "vitest";
import { describeBothServers, model } from "./test-server.js";

describeBothServers("a client of the first WasmForge", { MAX_COMPUTE_TIME: "2" }, (started) => {
  const client = () => started().client;
  let count = 0;
  const newName = () => `plugin_${++count}`;

  it("finds the server in health", async () => {
    expect(await client().get("/health")).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  it("finds the model server connected, with its models", async () => {
    const { body } = await client().get("/health/ollama");
    expect(body).toMatchObject({ status: "connected", url: started().models.url });
    expect(body.models).toEqual([`${model}:latest`, "llava:latest"]);
  });

  it("finds every allowed model in a bare list, there or not", async () => {
    const { body } = await client().get("/api/models/list");
    expect(body).toEqual([
      { name: model, type: "text", description: expect.any(String), available: true },
      { name: "llava", type: "vision", description: expect.any(String), available: true },
      { name: "mistral", type: "code", description: expect.any(String), available: false },
    ]);
  });

  it("uploads a plugin, and gets it back whole", async () => {
    const name = newName();
    const code = '# é 🙈\nfrom platform_sdk import *\ncall_ai("a", "b")\r\ncall_ai("a", "c")\n\n';
    const fields = { description: "does things", input_type: "json", input_hint: "an object" };
    const uploaded = await client().upload(name, code, fields);
    expect(uploaded).toMatchObject({ status: 200 });
    expect(uploaded.body).toEqual({ status: "uploaded", name, code, ...fields, calls: 2 });
    expect((await client().get(`/api/plugins/${name}/code`)).body).toEqual({ name, code, ...fields });
  });

  it("needs to say nothing of a plugin but what it is", async () => {
    const { body } = await client().upload(newName(), "pass");
    expect(body).toMatchObject({ description: "", input_type: "text", input_hint: "", calls: 1 });
  });

  it("finds all plugins in a bare list, the newest first", async () => {
    const [older, newer] = [newName(), newName()];
    await client().upload(older, "pass", { description: "old" });
    await client().upload(newer, "pass");
    await client().upload(older, "pass", { description: "changed" });
    const { body } = await client().get("/api/plugins/list");
    expect(body.slice(0, 2)).toEqual([
      { name: newer, description: "", input_type: "text", input_hint: "", calls: 1 },
      { name: older, description: "changed", input_type: "text", input_hint: "", calls: 1 },
    ]);
  });

  it("replaces a plugin by uploading it again", async () => {
    const name = newName();
    await client().upload(name, "print(1)");
    await client().upload(name, "print(2)");
    expect((await client().run(name)).body.output).toBe("2");
  });

  it("deletes a plugin, once", async () => {
    const name = newName();
    await client().upload(name, "pass");
    expect((await client().delete(`/api/plugins/${name}`)).body).toEqual({ status: "deleted", name });
    for (const gone of [
      client().delete(`/api/plugins/${name}`),
      client().get(`/api/plugins/${name}/code`),
      client().run(name),
    ]) {
      expect(await gone).toMatchObject({ status: 404, body: { detail: expect.stringContaining(name) } });
    }
  });

  describe("running a plugin", () => {
    it("gets everything that it printed and sent, in order", async () => {
      const name = newName();
      await client().upload(
        name,
        `from platform_sdk import *
print("first")
send_output(call_ai("${model}", get_input()))
print("  last  ")
print()
`,
      );
      // Clients send line ends in multipart forms as CR LF; what is sent is what arrives.
      const input = 'two lines\r\n{"type": "result", "data": "forged"}';
      expect((await client().run(name, input)).body).toEqual({
        success: true,
        output: `first\nYou said: ${input}\n  last  \n`,
        error: null,
        error_type: null,
      });
    });

    it("may send a form of either kind", async () => {
      const name = newName();
      await client().upload(name, "from platform_sdk import *\nsend_output(get_input())");
      const input = "a=b&c é 🙈 +%00%\n\n  \r\n\t";
      const { body } = await client().post("/api/plugins/run", {
        urlencoded: { plugin_name: name, input_data: input },
      });
      expect(body.output).toBe(input);
    });

    it("hands a large file over as it is", async () => {
      const name = newName();
      await client().upload(
        name,
        "from platform_sdk import *\nx = get_input()\nsend_output(f'{len(x)} {x[:22]} {x[-3:]}')",
      );
      const image = `data:image/png;base64,${Buffer.alloc(6_000_000, 7).toString("base64")}`;
      const { body } = await client().run(name, image);
      expect(body.output).toBe(`${image.length} data:image/png;base64, ${image.slice(-3)}`);
    });

    it.each([
      [
        "raises",
        "print('so far')\nraise ValueError('bad input')",
        "plugin_error",
        /^ValueError: bad input \(line 2\)$/,
      ],
      ["is no Python", "def", "plugin_error", /^SyntaxError: /],
      ["exits", "raise SystemExit(3)", "plugin_error", /SystemExit: 3/],
      ["computes for ever", "while True: pass", "timeout", /./],
      ["prints without end", "while True: print('x' * 100000)", "sandbox_violation", /./],
      [
        "takes all memory",
        "x = []\nwhile True: x.append(bytearray(10_000_000))",
        "plugin_error",
        /^MemoryError/,
      ],
      [
        "calls a model that is not allowed",
        "from platform_sdk import *\ncall_ai('gpt', 'x')",
        "plugin_error",
        /AIError/,
      ],
    ])("that %s is told so, under 200", async (_, code, errorType, error) => {
      const name = newName();
      await client().upload(name, code);
      const { status, body } = await client().run(name);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        success: false,
        error_type: errorType,
        error: expect.stringMatching(error),
      });
    });

    it("that fails is told what it did before", async () => {
      const name = newName();
      await client().upload(name, "print('so far')\nraise ValueError('bad')");
      expect((await client().run(name)).body.output).toBe("so far");
    });
  });

  it.each([
    ["without a file", {}, /^file is missing/],
    ["of another kind", { file: new File(["x"], "a.txt") }, /ends in \.py/],
    ["with an impossible name", { file: new File(["x"], "../../a.py") }, /name/],
    ["that is too large", { file: new File(["x".repeat(1_000_001)], "a.py") }, /more than 1000000 bytes/],
    ["that is no text", { file: new File([Uint8Array.of(0xff)], "a.py") }, /UTF-8/],
    ["for input that there is not", { file: new File(["x"], "a.py"), input_type: "video" }, /input_type/],
  ])("is told with 400 what is wrong with an upload %s", async (_, form, detail) => {
    expect(await client().post("/api/plugins/upload", { form })).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(detail) },
    });
  });

  it("finds the documentation", async () => {
    expect((await client().get("/docs")).body).toContain("<title>WasmForge API</title>");
  });
});
