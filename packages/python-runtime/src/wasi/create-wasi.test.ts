import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import { StopRun } from "../port.js";
import { ALL_RIGHTS } from "./abi.js";
import { createWasi } from "./create-wasi.js";
import { Errno } from "./errno.js";
import { ExitSignal } from "./exit-signal.js";
import type { WasiFunctions } from "./functions/signatures.js";
import { READING, RESULT, TestGuest } from "./test/test-guest.js";
import { TestPowers } from "./test/test-powers.js";
import { writableTree } from "./tree/writable-tree.js";

describe("the imports", () => {
  it("are all functions of the specification, so that any module finds what it asks for", () => {
    const signatures = readFileSync(new URL("functions/signatures.ts", import.meta.url), "utf8");
    const declared = [...signatures.matchAll(/^ {2}([a-z_]+)\(/gm)].map(([, name]) => name);
    expect(declared).toHaveLength(46);
    expect(Object.keys(new TestGuest().call).sort()).toEqual(declared.sort());
    expectTypeOf<keyof WasiFunctions>().toEqualTypeOf<keyof TestGuest["call"]>();
  });

  it("end the guest by throwing its exit code", () => {
    const { call } = new TestGuest();
    expect(() => call.proc_exit(3)).toThrow(new ExitSignal(3));
    expect(() => call.proc_exit(-1)).toThrow(expect.objectContaining({ code: 0xffff_ffff }));
  });

  it("know no signals, no sockets and no other threads", () => {
    const { call } = new TestGuest();
    expect(call.proc_raise(6)).toBe(Errno.NOSYS);
    expect(call.sched_yield()).toBe(Errno.SUCCESS);
    expect(call.sock_accept(3, 0, RESULT)).toBe(Errno.NOTSOCK);
    expect(call.sock_recv(0, 0, 1, 0, RESULT, RESULT)).toBe(Errno.NOTSOCK);
    expect(call.sock_send(1, 0, 1, 0, RESULT)).toBe(Errno.NOTSOCK);
    expect(call.sock_shutdown(1, 3)).toBe(Errno.NOTSOCK);
    expect(call.sock_shutdown(4, 3)).toBe(Errno.BADF);
  });
});

describe("before a run begins and after it has ended", () => {
  it.each([
    ["before", (_: TestGuest) => {}],
    ["after", (guest: TestGuest) => guest.wasi.end()],
  ])("nothing is granted (%s)", (_, prepare) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const guest = new TestGuest();
    const wasi = createWasi({ powers: new TestPowers(), memory: () => memory });
    prepare(guest);
    const { imports } = _ === "before" ? wasi : guest.wasi;
    for (const fd of [0, 1, 2, 3]) expect(imports.fd_close(fd)).toBe(Errno.BADF);
    expect(imports.clock_time_get(0, 0n, RESULT)).toBe(Errno.NOTCAPABLE);
    expect(imports.clock_res_get(0, RESULT)).toBe(Errno.NOTCAPABLE);
    expect(imports.random_get(RESULT, 8)).toBe(Errno.NOTCAPABLE);
    expect(imports.poll_oneoff(0, 64, 1, RESULT)).toBe(Errno.NOTCAPABLE);
    expect(imports.fd_write(1, 0, 0, RESULT)).toBe(Errno.BADF);
  });
});

describe("a run's descriptors", () => {
  it("are the three streams and the root, whatever the run before left open or closed", () => {
    const files = { "a.txt": new Uint8Array(3) };
    const guest = new TestGuest({ files });
    expect(guest.fd("a.txt", { rights: READING })).toBe(4);
    for (const fd of [0, 1, 2, 3]) expect(guest.call.fd_close(fd)).toBe(Errno.SUCCESS);
    guest.begin();
    expect(guest.call.fd_close(4)).toBe(Errno.BADF);
    for (const fd of [0, 1, 2, 3]) expect(guest.call.fd_fdstat_get(fd, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.open("a.txt", { rights: READING }).errno).toBe(Errno.NOENT);
    expect(guest.list(3)).toEqual([".", ".."]);
  });

  it("start with a root that libc can find by its name", () => {
    const guest = new TestGuest();
    expect(guest.call.fd_prestat_get(3, RESULT)).toBe(Errno.SUCCESS);
    expect([guest.u32(RESULT), guest.u32(RESULT + 4)]).toEqual([0, 1]);
    expect(guest.call.fd_prestat_dir_name(3, RESULT, 1)).toBe(Errno.SUCCESS);
    expect(guest.bytes(RESULT, 1)[0]).toBe("/".charCodeAt(0));
    expect(guest.call.fd_prestat_dir_name(3, RESULT, 0)).toBe(Errno.NAMETOOLONG);
    for (const fd of [0, 2, 4, -1]) {
      expect(guest.call.fd_prestat_get(fd, RESULT)).toBe(Errno.BADF);
      expect(guest.call.fd_prestat_dir_name(fd, RESULT, 1)).toBe(Errno.BADF);
    }
  });

  it("take the lowest free number, and are 128 at most", () => {
    const guest = new TestGuest({ files: { a: new Uint8Array(1) } });
    for (let fd = 4; fd < 128; fd++) expect(guest.fd("a", { rights: READING })).toBe(fd);
    expect(guest.open("a", { rights: READING }).errno).toBe(Errno.MFILE);
    guest.call.fd_close(9);
    expect(guest.fd("a", { rights: READING })).toBe(9);
  });

  it("that were left open fail in the next run of the same guest, and nothing else gets their numbers", () => {
    const files = { a: new TextEncoder().encode("first"), b: new TextEncoder().encode("second") };
    const guest = new TestGuest({ files });
    const [closed, left] = [guest.fd("a", { rights: READING }), guest.fd("a", { rights: READING })];
    guest.call.fd_close(closed);
    guest.begin({ files, carried: guest.wasi.end() });
    expect(guest.read(left).errno).toBe(Errno.BADF);
    expect(guest.call.fd_seek(left, 0n, 0, RESULT)).toBe(Errno.BADF);
    expect(guest.call.fd_renumber(left, closed)).toBe(Errno.BADF);
    expect([guest.fd("b", { rights: READING }), guest.fd("b", { rights: READING })]).toEqual([
      closed,
      left + 1,
    ]);
    expect(guest.call.fd_renumber(closed, left)).toBe(Errno.BADF);
  });

  it("that were left open can be closed in a later run, once", () => {
    const files = { a: new Uint8Array(1) };
    const guest = new TestGuest({ files });
    const left = guest.fd("a", { rights: READING });
    for (let run = 0; run < 3; run++) guest.begin({ files, carried: guest.wasi.end() });
    expect(guest.call.fd_close(left)).toBe(Errno.SUCCESS);
    expect(guest.call.fd_close(left)).toBe(Errno.BADF);
    expect(guest.wasi.end().lost).toEqual([]);
  });

  it("count as open files for as long as the guest has not closed them", () => {
    const files = { a: new Uint8Array(1) };
    const guest = new TestGuest({ files });
    for (let fd = 4; fd < 128; fd++) guest.fd("a", { rights: READING });
    guest.begin({ files, carried: guest.wasi.end() });
    expect(guest.open("a", { rights: READING }).errno).toBe(Errno.MFILE);
    guest.call.fd_close(77);
    expect(guest.fd("a", { rights: READING })).toBe(77);
  });

  it("are not created by an open that there is no room for", () => {
    const guest = new TestGuest({ files: writableTree({ quotaBytes: 1e6 }) });
    for (let fd = 4; fd < 128; fd++) guest.create(`f${fd}`);
    expect(guest.open("one-more", { openFlags: 1 }).errno).toBe(Errno.MFILE);
    expect(guest.stat("one-more").errno).toBe(Errno.NOENT);
  });

  it("can be renumbered over another open one", () => {
    const guest = new TestGuest({ files: { a: new Uint8Array(1), b: new Uint8Array(2) } });
    const a = guest.fd("a", { rights: READING });
    const b = guest.fd("b", { rights: READING });
    expect(guest.call.fd_renumber(a, b)).toBe(Errno.SUCCESS);
    expect(guest.call.fd_filestat_get(b, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.statAt(RESULT).size).toBe(1n);
    expect(guest.call.fd_close(a)).toBe(Errno.BADF);
    expect(guest.call.fd_renumber(b, b)).toBe(Errno.SUCCESS);
    expect(guest.call.fd_renumber(b, 1_000_000)).toBe(Errno.BADF);
    expect(guest.call.fd_renumber(-1, b)).toBe(Errno.BADF);
  });

  it("can have rights taken away, never added", () => {
    const guest = new TestGuest();
    expect(guest.call.fd_fdstat_set_rights(1, BigInt(ALL_RIGHTS), 0n)).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_fdstat_set_rights(1, 1n << 40n, 0n)).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_fdstat_set_rights(1, -1n, 0n)).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_fdstat_set_rights(1, 0n, 0n)).toBe(Errno.SUCCESS);
    expect(guest.write(1, "x").errno).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_fdstat_set_rights(1, 1n << 6n, 0n)).toBe(Errno.NOTCAPABLE);
  });
});

describe("the standard streams", () => {
  it("are no terminals", () => {
    const guest = new TestGuest();
    for (const fd of [0, 1, 2]) {
      expect(guest.call.fd_fdstat_get(fd, RESULT)).toBe(Errno.SUCCESS);
      expect(guest.bytes(RESULT, 1)[0]).toBe(0);
      expect(guest.call.fd_filestat_get(fd, RESULT)).toBe(Errno.SUCCESS);
      expect(guest.call.fd_seek(fd, 0n, 0, RESULT)).toBe(Errno.NOTCAPABLE);
      expect(guest.call.fd_tell(fd, RESULT)).toBe(Errno.NOTCAPABLE);
    }
  });

  it("give an input that is at its end, and cannot be written to", () => {
    const guest = new TestGuest();
    expect(guest.read(0)).toEqual({ errno: Errno.SUCCESS, text: "" });
    expect(guest.write(0, "x").errno).toBe(Errno.NOTCAPABLE);
  });

  it("print what is written, each to its own, and cannot be read", () => {
    const guest = new TestGuest();
    const parts = guest.iovecs(guest.put("Grüße, "), guest.put(""), guest.put("Welt"));
    expect(guest.call.fd_write(1, ...parts, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(13);
    guest.write(2, "oh");
    expect(guest.output("stdout")).toBe("Grüße, Welt");
    expect(guest.output("stderr")).toBe("oh");
    expect(guest.read(1).errno).toBe(Errno.NOTCAPABLE);
  });

  it("hand on chunks that later writes leave alone", () => {
    const guest = new TestGuest();
    const [at] = guest.put("first");
    guest.call.fd_write(1, ...guest.iovecs([at, 5]), RESULT);
    guest.bytes(at, 5).fill(120);
    expect(guest.output("stdout")).toBe("first");
  });

  it("copy a huge write out in small pieces", () => {
    const guest = new TestGuest();
    guest.memory.grow(62);
    const all = guest.memory.buffer.byteLength;
    expect(guest.call.fd_write(1, ...guest.iovecs([0, all], [0, all]), RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(2 * all);
    expect(Math.max(...guest.printed.map(({ chunk }) => chunk.buffer.byteLength))).toBe(65_536);
    expect(guest.printed.reduce((sum, { chunk }) => sum + chunk.length, 0)).toBe(2 * all);
  });

  it("cut what no call can carry to a short count", () => {
    const guest = new TestGuest();
    guest.memory.grow(62);
    let printed = 0;
    guest.begin({ print: (_, chunk) => (printed += chunk.length) });
    const all = guest.memory.buffer.byteLength;
    const spans = Array.from({ length: 600 }, () => [0, all] as const);
    expect(guest.call.fd_write(1, ...guest.iovecs(...spans), RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(0x7fff_f000);
    expect(printed).toBe(0x7fff_f000);
  });

  it("print nothing of a write that is out of bounds in any part", () => {
    const guest = new TestGuest();
    const good = guest.put("good");
    for (const bad of [
      [guest.memory.buffer.byteLength - 1, 2],
      [0, 0xffff_ffff],
      [0xffff_ffff, 1],
    ] as const) {
      expect(guest.call.fd_write(1, ...guest.iovecs(good, bad), RESULT)).toBe(Errno.FAULT);
    }
    expect(guest.call.fd_write(1, ...guest.iovecs(good), guest.memory.buffer.byteLength - 3)).toBe(
      Errno.FAULT,
    );
    expect(guest.call.fd_write(1, guest.memory.buffer.byteLength - 7, 1, RESULT)).toBe(Errno.FAULT);
    expect(guest.call.fd_write(1, 0, 1025, RESULT)).toBe(Errno.INVAL);
    expect(guest.call.fd_write(1, 0, -1, RESULT)).toBe(Errno.INVAL);
    expect(guest.printed).toEqual([]);
  });

  it("go on where the memory grows while they print", () => {
    const guest = new TestGuest();
    const print = (stream: string, chunk: Uint8Array) => {
      guest.memory.grow(1);
      guest.printed.push({ stream, chunk });
    };
    guest.begin({ print });
    expect(guest.call.fd_write(1, ...guest.iovecs(guest.put("a"), guest.put("b")), RESULT)).toBe(
      Errno.SUCCESS,
    );
    expect(guest.u32()).toBe(2);
    expect(guest.output("stdout")).toBe("ab");
  });

  it("let a stop out of the guest as it is", () => {
    const stop = new StopRun("output");
    const guest = new TestGuest({
      print: () => {
        throw stop;
      },
    });
    expect(() => guest.write(1, "x")).toThrow(stop);
  });
});

describe("args and environment", () => {
  it("are empty, successfully, where none are granted", () => {
    const guest = new TestGuest();
    for (const sizes of [guest.call.args_sizes_get, guest.call.environ_sizes_get]) {
      guest.view().setBigUint64(RESULT, -1n, true);
      expect(sizes(RESULT, RESULT + 4)).toBe(Errno.SUCCESS);
      expect(guest.u64()).toBe(0n);
    }
    expect(guest.call.args_get(RESULT, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.call.environ_get(RESULT, RESULT)).toBe(Errno.SUCCESS);
  });

  it("are handed over as libc wants them", () => {
    const guest = new TestGuest({ args: ["python", "-c", "é"], env: { LANG: "C.UTF-8" } });
    expect(guest.call.args_sizes_get(RESULT, RESULT + 4)).toBe(Errno.SUCCESS);
    expect([guest.u32(RESULT), guest.u32(RESULT + 4)]).toEqual([3, 13]);
    expect(guest.call.args_get(RESULT, 600)).toBe(Errno.SUCCESS);
    expect([guest.u32(RESULT), guest.u32(RESULT + 4), guest.u32(RESULT + 8)]).toEqual([600, 607, 610]);
    expect(new TextDecoder().decode(guest.bytes(600, 13))).toBe("python\0-c\0é\0");
    expect(guest.call.environ_get(RESULT, 700)).toBe(Errno.SUCCESS);
    expect(new TextDecoder().decode(guest.bytes(700, 13))).toBe("LANG=C.UTF-8\0");
    const end = guest.memory.buffer.byteLength;
    expect(guest.call.args_get(end - 11, 600)).toBe(Errno.FAULT);
    expect(guest.call.args_get(RESULT, end - 12)).toBe(Errno.FAULT);
    expect(guest.call.args_sizes_get(RESULT, end)).toBe(Errno.FAULT);
  });

  it("cannot contain NUL", () => {
    expect(() => new TestGuest({ args: ["a\0b"] })).toThrow(TypeError);
    expect(() => new TestGuest({ env: { A: "\0" } })).toThrow(TypeError);
  });
});
