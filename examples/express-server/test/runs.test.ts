import { describe, expect, it } from "vitest";
import { describeBothServers, model } from "./test-server.js";

const collect = async (events: AsyncIterable<Record<string, unknown>>) => {
  const all: Record<string, unknown>[] = [];
  for await (const event of events) all.push(event);
  return all;
};

describeBothServers("runs", { MAX_AI_CALLS_PER_EXECUTION: "3", MAX_INPUT_BYTES: "100000" }, (started) => {
  const client = () => started().client;
  let count = 0;
  const publish = async (code: string) => {
    const name = `plugin_${++count}`;
    await client().upload(name, code);
    return name;
  };

  describe("as a stream", () => {
    it("tell everything as it happens, and end with the outcome", async () => {
      const name = await publish(`
from platform_sdk import *
import platform_sdk as sdk
import sys
print("hello")
print("oops", file=sys.stderr)
sdk.progress(0.5, "half")
sdk.log("warning", "careful")
send_output(call_ai("${model}", get_input()))
try: call_ai("gpt", "x")
except AIError: pass
send_output({"a": [1]})
`);
      const events = await collect(client().stream({ plugin_name: name, input_data: "a\nb" }));
      const byType = (type: string) => events.find((event) => event.type === type);
      expect(
        events.filter(({ type }) => type !== "queued" && type !== "tokens").map(({ type }) => type),
      ).toEqual([
        "started",
        "stdout",
        "stderr",
        "progress",
        "log",
        "call_started",
        "call_finished",
        "output",
        "call_denied",
        "output",
        "outcome",
      ]);
      expect(
        events
          .filter(({ type }) => type === "tokens")
          .map(({ text }) => text)
          .join(""),
      ).toBe("You said: a\nb");
      expect(byType("call_finished")).toMatchObject({
        ok: true,
        provider: "ollama",
        target: `${model}:latest`,
      });
      expect(events.filter(({ type }) => type === "output")).toMatchObject([
        { kind: "text", text: "You said: a\nb" },
        { kind: "json", text: "{'a': [1]}", value: { a: [1] } },
      ]);
      expect(byType("call_denied")).toMatchObject({ target: null, code: "model_not_allowed" });
      expect(events.at(-1)).toMatchObject({
        type: "outcome",
        run_id: byType("started")?.run_id,
        status: "completed",
        success: true,
        output: "You said: a\nb\n{'a': [1]}",
        error: null,
        usage: { calls: 2, input_bytes: 3 },
      });
    });

    it("may be of a draft that nobody published", async () => {
      const events = await collect(
        client().stream({ code: "from platform_sdk import *\nprint(get_input())", input_data: "x" }),
      );
      expect(events).toContainEqual({ type: "stdout", text: "x\n" });
      const { body } = await client().get("/api/runs?limit=1");
      expect(body.items[0]).toMatchObject({ plugin: null, version: null, status: "completed" });
    });

    it("tell where a plugin failed", async () => {
      const events = await collect(client().stream({ code: "x = 1\nraise ValueError('bad')" }));
      expect(events.at(-1)).toMatchObject({
        status: "failed",
        success: false,
        error: "ValueError: bad (line 2)",
        error_type: "plugin_error",
        line: 2,
        traceback: expect.stringContaining("Traceback"),
      });
    });

    it("are cancelled when the client goes away, with the call that is under way", async () => {
      const name = await publish(`from platform_sdk import *\nprint("calling")\ncall_ai("${model}", "hang")`);
      await client().run(await publish(`from platform_sdk import *\ncall_ai("${model}", "warm")`));
      started().models.inject({ kind: "silent" }, { path: "/api/chat" });
      const leaving = new AbortController();
      const asked = started().models.next();
      let runId: unknown;
      await expect(async () => {
        for await (const event of client().stream({ plugin_name: name }, leaving.signal)) {
          if (event.type === "started") runId = event.run_id;
          if (event.type === "call_started") {
            expect((await asked).path).toBe("/api/chat");
            leaving.abort();
          }
        }
      }).rejects.toThrow(/abort/i);
      expect(await (await asked).ended).toBe("left");
      await expect.poll(() => started().server.services.runner.active).toBe(0);
      expect((await client().get(`/api/runs/${runId}`)).body).toMatchObject({
        status: "stopped",
        reason: "aborted",
      });
    });

    it("answer what cannot be begun as what it is", async () => {
      const refused = async (form: Record<string, string>) =>
        (await client().post("/api/plugins/run/stream", { urlencoded: form })).status;
      expect(await refused({ plugin_name: "nothing" })).toBe(404);
      expect(await refused({ input_data: "x" })).toBe(400);
      expect(await refused({ code: "pass", input_data: "x".repeat(100_001) })).toBe(413);
    });
  });

  it("that nobody waits for any more are cancelled", async () => {
    const name = await publish("while True: pass");
    const leaving = new AbortController();
    const running = client().post("/api/plugins/run", {
      urlencoded: { plugin_name: name },
      signal: leaving.signal,
    });
    await expect.poll(() => started().server.services.forge.stats().running).toBeGreaterThan(0);
    leaving.abort();
    await expect(running).rejects.toThrow(/abort/i);
    await expect.poll(() => started().server.services.runner.active).toBe(0);
    const { body } = await client().get(`/api/runs?plugin=${name}`);
    expect(body.items).toMatchObject([{ status: "stopped", reason: "aborted" }]);
  });

  it("take input up to the limit, in bytes", async () => {
    const name = await publish("from platform_sdk import *\nprint(len(get_input()))");
    expect((await client().run(name, "x".repeat(100_000))).body.output).toBe("100000");
    expect((await client().run(name, "é".repeat(50_001))).status).toBe(413);
    expect((await client().run(name, "x".repeat(2_000_000))).status).toBe(413);
  });

  it("get a file as text, and as what it is", async () => {
    const code =
      "from platform_sdk import get_file, get_input\nf = get_file()\nprint(f.name, f.media_type, f.data, get_input()[:10])";
    const input_data = `data:image/png;base64,${Buffer.from("hello").toString("base64")}`;
    const events = await collect(client().stream({ code, input_data, file_name: "a b.png" }));
    expect(events).toContainEqual({ type: "stdout", text: "a b.png image/png b'hello' data:image\n" });
  });

  it("may call models as often as the limit says, denied calls included", async () => {
    const name = await publish(`
from platform_sdk import *
for n in range(5):
    try: print(call_ai("${model}" if n else "gpt", str(n)))
    except AIError as error: print(error.code)
`);
    const { body } = await client().run(name);
    expect(body.output.split("\n").slice(0, 3)).toEqual(["model_not_allowed", "You said: 1", "You said: 2"]);
    expect(body.output.split("\n").slice(3)).toEqual(["too_many_calls", "too_many_calls"]);
  });

  describe("in the history", () => {
    it("have their outcome, usage and every call, and not their content", async () => {
      const name = await publish(
        `from platform_sdk import *\ncall_ai("${model}", "secret prompt")\ncall_ai("gpt", "x")`,
      );
      const { headers } = await client().run(name, "secret input");
      const { body } = await client().get(`/api/runs/${headers.get("x-run-id")}`);
      expect(body).toMatchObject({
        plugin: name,
        version: 1,
        user: "local",
        status: "failed",
        error: expect.stringContaining("AIError"),
        usage: { calls: 2, input_bytes: 12 },
      });
      expect(body.audit).toMatchObject([
        { op: "call_ai", target: `${model}:latest`, decision: "served", provider: "ollama" },
        { op: "call_ai", decision: "denied", code: "model_not_allowed" },
      ]);
      expect(JSON.stringify(body)).not.toContain("secret");
    });

    it("are found by plugin and status, page by page", async () => {
      const name = await publish("import sys\nfrom platform_sdk import *\nif get_input(): raise ValueError");
      for (const input of ["", "x", "", "x", ""]) await client().run(name, input);
      const statuses: string[] = [];
      let next = "";
      do {
        const { body } = await client().get(`/api/runs?plugin=${name}&limit=2${next && `&before=${next}`}`);
        statuses.push(...body.items.map((run: { status: string }) => run.status));
        next = body.next;
      } while (next);
      expect(statuses).toEqual(["completed", "failed", "completed", "failed", "completed"]);
      const { body } = await client().get(`/api/runs?plugin=${name}&status=failed`);
      expect(body.items).toHaveLength(2);
    });

    it("cannot be asked for with what is not a place in it", async () => {
      for (const wrong of ["before=x", "before=W10", "status=odd", "limit=0", `plugin=${"x".repeat(300)}`]) {
        expect((await client().get(`/api/runs?${wrong}`)).status).toBe(400);
      }
      expect((await client().get("/api/runs/1")).status).toBe(404);
      expect((await client().get("/api/runs/00000000-0000-4000-8000-000000000000")).status).toBe(404);
    });

    it("are summed up", async () => {
      const name = await publish("from platform_sdk import *\nif get_input(): raise ValueError");
      for (const input of ["", "x", ""]) await client().run(name, input);
      expect((await client().get(`/api/plugins/${name}/statistics`)).body).toMatchObject({
        completed: 2,
        failed: 1,
        stopped: 0,
        recent: { completed: 2, failed: 1 },
        days: [{ completed: 2, failed: 1 }],
      });
      const { body } = await client().get("/api/activity?span=month");
      expect(body.at(-1).completed).toBeGreaterThanOrEqual(2);
      expect((await client().get(`/api/plugins/${name}/details`)).body.runs).toBe(3);
    });
  });
});
