import { type Cases, errorOf } from "./cases.js";
import { python } from "./python.js";

const allow = (...names: string[]) => ({ imports: { allow: names } });

export function importCases({ lab, expect, can }: Cases): void {
  const statements = [
    "import socket",
    "import socket as s",
    "from socket import socket",
    "import socket.nothing",
    "def f():\n    import socket\nf()",
    "exec('import socket')",
    "import json, socket",
  ];
  for (const statement of statements) {
    can(`refuses what is not among them: ${statement}`, async () => {
      const error = errorOf((await lab.run(`import re\n${statement}`, allow("json", "re"))).end);
      expect(error).toMatchObject({
        type: "ImportError",
        message: "this plugin may not import 'socket', only: json, re, platform_sdk",
      });
      expect(error.line).toBeGreaterThan(1);
      expect(error.traceback).not.toContain("_forge");
    });
  }

  can("let the plugin catch the refusal, which names the module", async () => {
    const source = python`
      try:
          import numpy.linalg
      except ImportError as error:
          print(error.name)
    `;
    expect(await lab.output(source, allow())).toBe("numpy\n");
  });

  can("leave the SDK and the future to every plugin", async () => {
    const source = "from __future__ import annotations\nimport platform_sdk\nprint('ok')";
    expect(await lab.output(source, allow())).toBe("ok\n");
  });

  can("include what lies in a package", async () => {
    expect(await lab.output("import os.path\nfrom os import path\nprint(path.sep)", allow("os"))).toBe("/\n");
  });

  can(
    "are not asked about where the standard library imports, also in C on the plugin's behalf",
    async () => {
      const source = python`
      import datetime, decimal, email.message, time
      print(time.strptime("2020", "%Y").tm_year, datetime.datetime.strptime("2021", "%Y").year)
      print(decimal.Decimal(1), type(email.message.EmailMessage()).__name__)
    `;
      expect(await lab.output(source, allow("datetime", "decimal", "email", "time"))).toBe(
        "2020 2021\n1 EmailMessage\n",
      );
    },
  );

  can("are all there are for a plugin that breaks out of them: they are no wall", async () => {
    const source = "__builtins__.__import__ = print\nimport os";
    expect((await lab.run(source, allow("json"))).end).toEqual({ kind: "completed" });
    await lab.expectNormalRun();
  });

  can("are forgotten by the next run", async () => {
    await lab.run("import os", allow("json"));
    expect(await lab.output("import os\nprint(os.sep)")).toBe("/\n");
  });

  can("must have names", async () => {
    for (const name of ["os.path", "", "a b", "a\0b", "*"]) {
      await expect(lab.run("x = 1", allow(name))).rejects.toThrow(/names of top-level modules/);
    }
    await lab.expectNormalRun();
  });
}
