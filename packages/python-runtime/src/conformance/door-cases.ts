import { type StopReason, StopRun } from "../port.js";
import type { Cases } from "./cases.js";
import { python } from "./python.js";

const echo = (_op: string, payload: Uint8Array) => payload;
const reasons: readonly StopReason[] = ["output", "timeout", "memory", "aborted"];

export function doorCases({ lab, expect, can }: Cases): void {
  can("carries any bytes, out and in", async () => {
    let received: Uint8Array | undefined;
    const door = (_: string, payload: Uint8Array) => {
      received = payload;
      return payload.slice().reverse();
    };
    const source =
      "import _forge\nprint(_forge.call('echo', bytes(range(256))) == bytes(reversed(range(256))))";
    expect(await lab.output(source, { door })).toBe("True\n");
    expect([...(received ?? [])]).toEqual(Array.from({ length: 256 }, (_, i) => i));
  });

  for (const size of [0, 1, 65_535, 65_536, 65_537, 5 * 1024 * 1024]) {
    can(`carries ${size} bytes`, async () => {
      const source = python`
        import _forge
        data = (b"0123456789" * ${Math.ceil(size / 10)})[:${size}]
        answer = _forge.call("echo", data)
        print(type(answer).__name__, len(answer), answer == data)
      `;
      expect(await lab.output(source, { door: echo })).toBe(`bytes ${size} True\n`);
    });
  }

  can("takes everything that is bytes, and nothing that is not", async () => {
    const source = python`
      import _forge, array
      data = (bytearray(b"ab"), memoryview(b"abcd")[1:3], array.array("B", [97, 98]))
      print([_forge.call("echo", each) for each in data])
      for op, payload in (("echo", "text"), ("echo", None), ("echo", 5), (None, b"")):
          try:
              print(_forge.call(op, payload))
          except Exception as error:
              print("refused")
    `;
    expect(await lab.output(source, { door: echo })).toBe(`[b'ab', b'bc', b'ab']\n${"refused\n".repeat(4)}`);
  });

  can("carries a call's name as it is", async () => {
    const names: string[] = [];
    const door = (op: string) => {
      names.push(op);
      return new Uint8Array();
    };
    await lab.run(`import _forge\nfor op in ("a", "", "ü😀", "a b\\n", "x" * 500): _forge.call(op, b"")`, {
      door,
    });
    expect(names).toEqual(["a", "", "ü😀", "a b\n", "x".repeat(500)]);
  });

  can("refuses what is more than a call may carry, and goes on", async () => {
    let largest = 0;
    const door = (_: string, payload: Uint8Array) => {
      largest = Math.max(largest, payload.length);
      return new Uint8Array();
    };
    const source = python`
      import _forge
      try:
          _forge.call("echo", bytes(33 << 20))
      except ValueError as error:
          print(error)
      try:
          _forge.call("n" * 100_000, b"")
      except ValueError as error:
          print(error)
      print(_forge.call("echo", b"x"))
    `;
    const refusal = "this is more than one call may carry\n";
    expect(await lab.output(source, { door })).toBe(`${refusal}${refusal}b''\n`);
    expect(largest).toBe(1);
  });

  can("answers what is larger than the guest's memory with a MemoryError there", async () => {
    const source = python`
      import _forge
      try:
          _forge.call("more", b"")
      except MemoryError:
          print("MemoryError")
      print(_forge.call("less", b""))
    `;
    const door = (op: string) => new Uint8Array(op === "more" ? 200 << 20 : 3);
    expect(await lab.output(source, { door })).toBe("MemoryError\nb'\\x00\\x00\\x00'\n");
  });

  can("answers thousands of calls in a run", async () => {
    const source = python`
      import _forge
      print(sum(len(_forge.call("echo", b"x" * (n % 10))) for n in range(5000)))
    `;
    expect(await lab.output(source, { door: echo })).toBe("22500\n");
  });

  for (const reason of reasons) {
    can(`ends the run when the host says so: ${reason}`, async () => {
      const door = () => {
        throw new StopRun(reason);
      };
      const source =
        "import _forge\ntry: _forge.call('x', b'')\nexcept BaseException: pass\nfinally: print('later')";
      const { end, stdout } = await lab.run(source, { door });
      expect({ end, stdout }).toEqual({ end: { kind: "stopped", reason }, stdout: "" });
      await lab.expectNormalRun();
    });
  }

  for (const error of [
    new Error("host"),
    new RangeError("host"),
    new WebAssembly.RuntimeError("unreachable"),
  ]) {
    can(`keeps a fault of the host's apart from the guest's: ${error.name}`, async () => {
      const door = () => {
        throw error;
      };
      await expect(lab.run("import _forge\n_forge.call('x', b'')", { door })).rejects.toBe(error);
      await lab.expectNormalRun();
    });
  }

  can("supplies nothing that there is not", async () => {
    const source = python`
      import _forge
      print(_forge.supply("secret"), _forge.supply(""), _forge.supply("__proto__"), _forge.supply("input"))
    `;
    expect(await lab.output(source, { input: "text" })).toBe("None None None b'text'\n");
  });

  can("gives the host bytes that are the host's to keep", async () => {
    const kept: Uint8Array[] = [];
    const door = (_: string, payload: Uint8Array) => {
      kept.push(payload);
      return payload;
    };
    await lab.run("import _forge\nfor i in range(3): _forge.call('x', b'%d' % i * 100)", { door });
    await lab.expectNormalRun();
    expect(kept.map((bytes) => new TextDecoder().decode(bytes))).toEqual(
      ["0", "1", "2"].map((d) => d.repeat(100)),
    );
  });
}
