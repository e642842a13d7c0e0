import type { Cases } from "./cases.js";
import { python } from "./python.js";

const bytes = (text: string) => new TextEncoder().encode(text);

const files = {
  "data/names.csv": bytes("a,b\n1,2\n"),
  "/data/deep/er/raw.bin": Uint8Array.from({ length: 256 }, (_, i) => i),
  "empty.txt": new Uint8Array(),
  "täg 😀.txt": bytes("umlaut"),
};

/** Each tries to change something that was granted for reading, or to make something new. */
const changes: Readonly<Record<string, string>> = {
  "open for writing": "open('/data/names.csv', 'w')",
  "open for appending": "open('/data/names.csv', 'a')",
  "open for both": "open('/data/names.csv', 'r+')",
  "open a new file": "open('/data/new.txt', 'w')",
  "open a new file at the root": "open('/new.txt', 'x')",
  "os.open for writing": "os.open('/data/names.csv', os.O_WRONLY)",
  "os.open and truncate": "os.open('/data/names.csv', os.O_RDONLY | os.O_TRUNC)",
  "os.write to what is open for reading": "os.write(os.open('/data/names.csv', os.O_RDONLY), b'x')",
  "os.ftruncate": "os.ftruncate(os.open('/data/names.csv', os.O_RDONLY), 1 << 40)",
  "os.truncate": "os.truncate('/data/names.csv', 0)",
  "os.posix_fallocate": "os.posix_fallocate(os.open('/data/names.csv', os.O_RDONLY), 0, 1 << 40)",
  remove: "os.remove('/data/names.csv')",
  rename: "os.rename('/data/names.csv', '/data/other.csv')",
  replace: "os.replace('/empty.txt', '/data/names.csv')",
  mkdir: "os.mkdir('/data/new')",
  rmdir: "os.rmdir('/data')",
  symlink: "os.symlink('/data/names.csv', '/link')",
  link: "os.link('/data/names.csv', '/link')",
  "a temporary file": "tempfile.TemporaryFile()",
};

export function fileCases({ lab, expect, can }: Cases): void {
  can("can be read, whole and in pieces", async () => {
    const source = python`
      import csv, os, pathlib
      print(open("/data/names.csv").read() == "a,b\n1,2\n", list(csv.reader(open("data/names.csv"))))
      with open("/data/deep/er/raw.bin", "rb") as file:
          print(file.read() == bytes(range(256)), file.tell())
          print(file.seek(-3, os.SEEK_END), file.read(), file.seek(10), file.read(2), file.seek(1000), file.read())
      print(repr(pathlib.Path("/empty.txt").read_text()), pathlib.Path("/täg 😀.txt").read_text())
    `;
    expect(await lab.output(source, { files })).toBe(
      `${python`
        True [['a', 'b'], ['1', '2']]
        True 256
        253 b'\xfd\xfe\xff' 10 b'\n\x0b' 1000 b''
        '' umlaut
      `}\n`,
    );
  });

  can("can be found, and nothing else is there", async () => {
    const source = python`
      import os
      print(sorted(os.listdir("/")), sorted(os.listdir("data")))
      print([(d, sorted(f)) for d, _, f in os.walk("/data")])
      print(os.path.getsize("/data/names.csv"), os.path.isdir("/data/deep"), os.path.isfile("/empty.txt"))
      print(os.path.exists("/data/no"), os.path.exists("/data/names.csv/x"), os.getcwd())
    `;
    expect(await lab.output(source, { files })).toBe(
      `${python`
        ['data', 'empty.txt', 'täg 😀.txt'] ['deep', 'names.csv']
        [('/data', ['names.csv']), ('/data/deep', []), ('/data/deep/er', ['raw.bin'])]
        8 True True
        False False /
      `}\n`,
    );
  });

  for (const [what, expression] of Object.entries(changes)) {
    can(`cannot be changed: ${what}`, async () => {
      const source = python`
        import os, tempfile
        try:
            ${expression}
            print("changed")
        except (OSError, AttributeError) as error:
            print("refused")
        print(open("/data/names.csv").read() == "a,b\n1,2\n", sorted(os.listdir("/")) == ['data', 'empty.txt', 'täg 😀.txt'])
      `;
      expect(await lab.output(source, { files })).toBe("refused\nTrue True\n");
    });
  }

  can("stay as the host gave them", async () => {
    const copy = structuredClone(files);
    for (const expression of Object.values(changes)) {
      await lab.run(`import os, tempfile\n${expression}`, { files });
    }
    expect(files).toEqual(copy);
  });

  can("are there for one run", async () => {
    await lab.output("open('/data/names.csv')", { files });
    const { end } = await lab.run("open('/data/names.csv')");
    expect(end).toMatchObject({ kind: "raised", error: { type: "FileNotFoundError" } });
  });

  can("can be opened again and again without using anything up", async () => {
    const source = "for _ in range(20_000): open('/data/names.csv').close()\nprint('ok')";
    expect(await lab.output(source, { files })).toBe("ok\n");
  });

  can("can be kept open only so many at a time", async () => {
    const source = python`
      kept = []
      try:
          while True: kept.append(open("/data/names.csv"))
      except OSError as error:
          print(len(kept) > 50)
    `;
    expect(await lab.output(source, { files })).toBe("True\n");
    await lab.expectNormalRun();
  });

  for (const path of ["", "/", "a//b", "../a", "a/../b", "./a", "a\0b", "a/"]) {
    can(`are not granted under a path that is none: ${JSON.stringify(path)}`, async () => {
      await expect(lab.run("x = 1", { files: { [path]: new Uint8Array() } })).rejects.toThrow(TypeError);
      await lab.expectNormalRun();
    });
  }
}
