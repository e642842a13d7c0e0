/** What a run is given, in the hands of a plugin that wants to change it for its host, or for the next run. */
import { createForge, type Forge, type InputFile } from "@wasmforge/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

const text = "as it was given";
const toBytes = (content: string) => new TextEncoder().encode(content);
/** The plugins that look for it have it in small letters. */
const marker = "MARK-OF-A-FILE";

describe.each(["forged", "stock"] as const)("files given to a run on the %s runtime", (runtime) => {
  if (runtime === "forged" && !hasImage) return it.skip("there is no image");
  let forge: Forge;
  beforeAll(async () => {
    forge = await createForge({
      runtime,
      seats: 1,
      pool: { warmUpMs: 0, spares: 0 },
      limits: { memoryMb: 64 },
    });
  });
  afterAll(() => forge.close());

  const run = (source: string, options: Parameters<Forge["run"]>[1] = {}) =>
    forge.run(
      {
        name: "a",
        source: `from platform_sdk import *\nfrom platform_sdk import get_file\nimport os\n${source}`,
      },
      options,
    );

  it("stay as they were, whatever is done to them, for the host and for the next run", async () => {
    const files = { "data/a.txt": toBytes(text), "data/deep/b.txt": toBytes(text) };
    const file: InputFile = { name: "f", mediaType: "text/plain", bytes: toBytes(text) };
    const attack = `
def attempt(call):
    try: call()
    except BaseException: pass
for path in ("/data/a.txt", "/data/deep/b.txt", "/data", "/data/deep", "/"):
    for call in (lambda: open(path, "wb").write(b"spoiled"), lambda: open(path, "r+b").write(b"spoiled"), lambda: open(path, "ab").write(b"spoiled"), lambda: os.truncate(path, 0), lambda: os.unlink(path), lambda: os.rmdir(path), lambda: os.rename(path, "/x"), lambda: os.rename("/data/a.txt", path + "/y"),
                 lambda: os.utime(path, (1, 1)), lambda: os.chmod(path, 0), lambda: os.symlink("/data/a.txt", path + "/z"), lambda: os.link("/data/a.txt", path + "/l"), lambda: os.mkdir(path + "/new"), lambda: os.open(path, os.O_TRUNC | os.O_RDWR), lambda: open(path + "/../" + path + "/n", "w")):
        attempt(call)
attempt(lambda: memoryview(get_file().data).cast("B").__setitem__(0, 0))
attempt(lambda: setattr(get_file(), "data", b"spoiled"))
attempt(lambda: __import__("_forge").supply("input-file").__setitem__(0, 0))
`;
    await run(attack, { files, file });
    expect(files).toEqual({ "data/a.txt": toBytes(text), "data/deep/b.txt": toBytes(text) });
    expect(file.bytes).toEqual(toBytes(text));
    const look = `send_output("|".join([open("/data/a.txt").read(), open("/data/deep/b.txt").read(), get_file().text(), ",".join(sorted(os.listdir("/data")))]))`;
    expect(await run(look, { files, file })).toMatchObject({ output: `${text}|${text}|${text}|a.txt,deep` });
  });

  it("are gone for the next run, which is given none", async () => {
    const given = { files: { "data/a.txt": toBytes(marker), "b.txt": toBytes(marker) } };
    const file: InputFile = { name: marker, mediaType: "text/plain", bytes: toBytes(marker) };
    await run(
      `kept = [os.open("/b.txt", os.O_RDONLY) for _ in range(20)]\nos.chdir("/data")\nkept.append(get_file())`,
      { ...given, file },
    );
    const look = `
found = []
mark = "${marker.toLowerCase()}".upper()
for path in ("/data/a.txt", "/b.txt", "b.txt", "a.txt", "data"):
    try: found.append(open(path).read())
    except OSError: pass
for fd in range(3, 64):
    try: found.append(os.read(fd, 100))
    except OSError: pass
try: found.append(get_file().data)
except ValueError: pass
found.append(mark.encode() in b"".join(bytes(bytearray(1 << 20)) for _ in range(10)))
send_output(str(mark in repr(found) or found[-1]) + os.getcwd())`;
    expect(await run(look)).toMatchObject({ status: "completed", output: "False/" });
  });

  it.each([
    "../a",
    "a/../../b",
    "/etc/passwd",
    "a//b",
    "./a",
    "a/",
    "",
    "a\0b",
    "..",
    "a\\..\\b",
    "forge/x",
    "lib/json.py",
    "__proto__",
    "constructor/prototype",
    "\ud800",
    "a".repeat(5_000),
    `${"d/".repeat(5_000)}a`,
  ])("are refused, or are where they say, in the guest alone: %j", async (path) => {
    const files = Object.fromEntries([[path, text]]);
    const look = `
import json
send_output(json.dumps([os.path.join(folder, name) for folder, _, names in os.walk("/") for name in names if not folder.startswith(("/lib", "/usr", "/forge"))][:50]))`;
    const outcome = await run(look, { files }).catch((error: { code: string }) => error);
    if ("code" in outcome) {
      expect(outcome.code).toBe("invalid_options");
      return;
    }
    expect(outcome.status).toBe("completed");
    for (const seen of JSON.parse(outcome.output) as string[])
      expect(`/${path}`.replace("//", "/")).toBe(seen);
    expect(await run("send_output('fine')")).toMatchObject({ output: "fine" });
  });

  it("that cannot be all there are the host's mistake, and cost no seat", async () => {
    const before = forge.stats();
    for (const files of [
      { a: text, "a/b": text },
      { "a/b": text, a: text },
      { "/a": text, a: text },
      Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${n}/${"d/".repeat(450)}f`, text])),
      ...(runtime === "stock" ? [{ "usr/x": text }, { forge: text }, { "forge/request": text }] : []),
    ]) {
      await expect(run("", { files })).rejects.toMatchObject({ code: "invalid_options" });
    }
    expect(forge.stats()).toMatchObject({ ready: before.ready, ending: 0, starting: 0 });
    expect(await run("send_output('fine')")).toMatchObject({ output: "fine" });
  });

  it("may be called and say they are anything, which is text and nothing else", async () => {
    const names = [
      "../../etc/passwd",
      "a\r\nSet-Cookie: x",
      "\u001b[2J",
      "\0",
      '"},{"name":"',
      "",
      "x".repeat(1_000),
      "{canary}",
      "%s%n",
      "__proto__",
    ];
    for (const name of names) {
      const file: InputFile = { name, mediaType: name, bytes: toBytes(text) };
      const outcome = await run(
        "file = get_file()\nsend_output(file.name + '|' + file.media_type + '|' + file.text())",
        { file },
      ).catch((error: { code: string }) => error);
      if ("code" in outcome) expect(outcome.code).toBe("invalid_options");
      else expect(outcome.output).toBe(`${name}|${name}|${text}`);
    }
  });
});
