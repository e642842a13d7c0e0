import { beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "./api-client.js";
import { adminToken, describeBothServers } from "./test-server.js";

const settings = { ADMIN_TOKEN: adminToken, MAX_VERSIONS: "3" };

describeBothServers("plugins of several users", settings, (started) => {
  let count = 0;
  const newName = () => `plugin_${++count}`;
  let admin: ApiClient;
  let ada: ApiClient;
  let bob: ApiClient;
  let nobody: ApiClient;
  beforeAll(async () => {
    nobody = started().client;
    admin = nobody.as(adminToken);
    const issue = async (user: string) =>
      (await admin.post("/api/tokens", { json: { user, scopes: ["run", "publish"] } })).body.token;
    ada = nobody.as(await issue("ada"));
    bob = nobody.as(await issue("bob"));
  });

  it("belong to who published them: others cannot touch them", async () => {
    const name = newName();
    await ada.upload(name, "print('ada')", { tags: "one" });
    const attempts = [
      bob.upload(name, "print('bob')"),
      bob.delete(`/api/plugins/${name}`),
      bob.patch(`/api/plugins/${name}`, { json: { description: "bob was here" } }),
      bob.post(`/api/plugins/${name}/versions/1/restore`),
    ];
    for (const attempt of attempts) expect(await attempt).toMatchObject({ status: 403 });
    expect((await bob.run(name)).body.output).toBe("ada");
    expect((await bob.get(`/api/plugins/${name}/details`)).body).toMatchObject({
      owner: "ada",
      version: 1,
      mine: false,
    });
    expect((await ada.get(`/api/plugins/${name}/details`)).body).toMatchObject({ mine: true });
    expect((await admin.delete(`/api/plugins/${name}`)).status).toBe(200);
  });

  it("are for everybody to see, and for nobody without a token to run or change", async () => {
    const name = newName();
    await ada.upload(name, "print(1)");
    expect((await nobody.get(`/api/plugins/${name}/code`)).body.code).toBe("print(1)");
    expect((await nobody.get("/api/plugins/list")).status).toBe(200);
    for (const attempt of [
      nobody.run(name),
      nobody.upload(newName(), "pass"),
      nobody.delete(`/api/plugins/${name}`),
    ]) {
      const { status, headers, body } = await attempt;
      expect(status).toBe(401);
      expect(headers.get("www-authenticate")).toBe("Bearer");
      expect(body.detail).toContain("Authorization: Bearer");
    }
  });

  it("keep every upload, to see, run and restore", async () => {
    const name = newName();
    await ada.upload(name, "print('one')", { description: "first", input_type: "json" });
    await ada.upload(name, "print('two')", { description: "second" });
    const { body } = await ada.get(`/api/plugins/${name}/versions`);
    expect(body).toMatchObject([
      { version: 2, current: true, description: "second", uploaded_by: "ada" },
      { version: 1, current: false, description: "first", input_type: "json" },
    ]);
    expect((await ada.get(`/api/plugins/${name}/versions/1`)).body).toMatchObject({ code: "print('one')" });
    const run = async (form: Record<string, string>) =>
      (await ada.post("/api/plugins/run", { form: { plugin_name: name, ...form } })).body.output;
    expect(await run({ version: "1" })).toBe("one");
    expect(await run({})).toBe("two");
    await ada.post(`/api/plugins/${name}/versions/1/restore`);
    expect(await run({})).toBe("one");
    expect((await ada.get(`/api/plugins/${name}/details`)).body).toMatchObject({
      version: 1,
      description: "first",
    });
    for (const version of ["3", "0", "-1", "x", "1e0", "99999999999"]) {
      expect((await ada.get(`/api/plugins/${name}/versions/${version}`)).status).toBe(404);
      expect((await ada.post(`/api/plugins/${name}/versions/${version}/restore`)).status).toBe(404);
    }
  });

  it("say of a version that is no longer kept that it is gone", async () => {
    const name = newName();
    for (let n = 1; n <= 4; n += 1) await ada.upload(name, `print(${n})`);
    const { body: versions } = await ada.get(`/api/plugins/${name}/versions`);
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([4, 3, 2]);
    const detail = `There is no version 1 of a plugin named "${name}", or not any more: the newest are kept.`;
    const gone = { status: 404, body: { detail } };
    expect(await ada.get(`/api/plugins/${name}/versions/1`)).toMatchObject(gone);
    expect(await ada.post(`/api/plugins/${name}/versions/1/restore`)).toMatchObject(gone);
    const form = { plugin_name: name, version: "1" };
    expect(await ada.post("/api/plugins/run", { form })).toMatchObject(gone);
    expect((await ada.run(name)).body.output).toBe("4");
  });

  it("are found by words, tags and owner, and sorted", async () => {
    const [one, other] = [newName(), newName()];
    await ada.upload(one, "pass", { description: "finds needles", tags: "hay, search" });
    await bob.upload(other, "pass", { description: "finds nothing", tags: "search" });
    await ada.run(one);
    const names = async (query: string) =>
      (await nobody.get(`/api/plugins?${query}`)).body.items.map((found: { name: string }) => found.name);
    expect(await names("search=NEEDLE")).toEqual([one]);
    expect(await names("tag=hay")).toEqual([one]);
    expect(await names("tag=search&sort=name")).toEqual([one, other]);
    expect(await names("tag=search&sort=newest")).toEqual([other, one]);
    expect(await names("tag=search&sort=runs")).toEqual([one, other]);
    expect(await names("tag=search&owner=bob")).toEqual([other]);
    expect(await names("tag=search&limit=1&offset=1")).toEqual([one]);
    expect((await nobody.get("/api/tags")).body).toContainEqual({ tag: "search", plugins: 2 });
    for (const wrong of [
      "sort=price",
      "limit=0",
      "limit=1000",
      "limit=x",
      "offset=-1",
      "limit=1&limit=2",
      "search=%00",
    ]) {
      expect((await nobody.get(`/api/plugins?${wrong}`)).status).toBe(400);
    }
  });

  it("can be said other things about, without another version", async () => {
    const name = newName();
    await ada.upload(name, "pass", { tags: "old" });
    const json = { description: "better", input_hint: "a text", tags: ["new", "new", "two-words"] };
    const { body } = await ada.patch(`/api/plugins/${name}`, { json });
    expect(body).toMatchObject({
      description: "better",
      input_hint: "a text",
      tags: ["new", "two-words"],
      version: 1,
    });
    for (const wrong of [
      { tags: ["Big"] },
      { tags: ["a b"] },
      { tags: "x" },
      { tags: Array(11).fill("x") },
      { description: 1 },
      [],
    ]) {
      expect((await ada.patch(`/api/plugins/${name}`, { json: wrong })).status).toBe(400);
    }
  });

  it("may have names of any script, also those of other addresses", async () => {
    for (const name of ["dịch thuật", "list", "run", "übersetzen-2.0", "数字"]) {
      expect((await ada.upload(name, `print("ran")`)).body).toMatchObject({ name });
      expect((await ada.get(`/api/plugins/${encodeURIComponent(name)}/code`)).body).toMatchObject({ name });
      expect((await ada.run(name)).body.output).toBe("ran");
      expect((await ada.delete(`/api/plugins/${encodeURIComponent(name)}`)).body).toEqual({
        status: "deleted",
        name,
      });
    }
  });

  describe("reviews", () => {
    it("are one for each user, who may change or take back his own", async () => {
      const name = newName();
      await ada.upload(name, "pass");
      await ada.put(`/api/plugins/${name}/review`, { json: { rating: 5, text: "mine <b>best</b>" } });
      await bob.put(`/api/plugins/${name}/review`, { json: { rating: 1, text: "no" } });
      await bob.put(`/api/plugins/${name}/review`, { json: { rating: 2 } });
      const { body } = await bob.get(`/api/plugins/${name}/reviews`);
      expect(body).toMatchObject([
        { author: "bob", rating: 2, text: "", mine: true },
        { author: "ada", rating: 5, text: "mine <b>best</b>", mine: false },
      ]);
      expect((await nobody.get(`/api/plugins/${name}/details`)).body).toMatchObject({
        rating: 3.5,
        reviews: 2,
      });
      expect((await bob.delete(`/api/plugins/${name}/review?author=ada`)).status).toBe(403);
      expect((await bob.delete(`/api/plugins/${name}/review`)).status).toBe(200);
      expect((await bob.delete(`/api/plugins/${name}/review`)).status).toBe(404);
      expect((await admin.delete(`/api/plugins/${name}/review?author=ada`)).status).toBe(200);
      expect((await nobody.get(`/api/plugins/${name}/reviews`)).body).toEqual([]);
    });

    it.each([
      {},
      { rating: 0 },
      { rating: 6 },
      { rating: 4.5 },
      { rating: "5" },
      { rating: 5, text: "\0" },
      null,
      5,
    ])("are refused as %j", async (json) => {
      const name = newName();
      await ada.upload(name, "pass");
      expect((await bob.put(`/api/plugins/${name}/review`, { json })).status).toBe(400);
    });

    it("are of plugins that exist, by people who say who they are", async () => {
      expect((await bob.put("/api/plugins/nothing/review", { json: { rating: 5 } })).status).toBe(404);
      expect((await nobody.put("/api/plugins/nothing/review", { json: { rating: 5 } })).status).toBe(401);
    });
  });

  describe("a check", () => {
    it("tells what is wrong, and where", async () => {
      const { body } = await nobody.post("/api/plugins/check", { json: { code: "import os\nx = (\n" } });
      expect(body.ok).toBe(false);
      expect(body.problems[0]).toMatchObject({ code: "syntax", severity: "error", line: 2 });
    });

    it("tells what a good plugin does", async () => {
      const code = "import json\nfrom platform_sdk import *\ncall_ai('a', 'b')\ncall_ai('a', 'b')\n";
      const { body } = await nobody.post("/api/plugins/check", { json: { code } });
      expect(body).toMatchObject({ ok: true, problems: [], calls: 2 });
      expect(body.imports).toContain("json");
    });
  });
});
