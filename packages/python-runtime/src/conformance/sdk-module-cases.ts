import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { ScriptedHost } from "./scripted-host.js";

export function sdkModuleCases({ lab, expect, can }: Cases): void {
  can("gives a plugin that imports everything only what it always did", async () => {
    const source = python`
      before = {*globals()}
      from math import log
      from platform_sdk import *
      print(log(1), sorted({*globals()} - before - {"before"}))
    `;
    const given = ["AIError", "call_ai", "get_input", "json", "list_models", "log", "send_output", "sys"];
    expect(await lab.output(source)).toBe(`0.0 [${given.map((name) => `'${name}'`).join(", ")}]\n`);
  });

  can("runs a plugin of the first WasmForge as it is", async () => {
    const source = python`
      from platform_sdk import *
      import platform_sdk
      print("model:", list_models()[0])
      data = json.loads(get_input().strip())
      sys.stdout.write("asking\n")
      try:
          answer = call_ai(data["model"], "Say " + data["word"])
      except Exception as e:
          answer = "error: " + str(e)
      send_output({"answer": answer, "length": len(answer)})
      platform_sdk.send_output(answer)
      send_output(len(answer))
    `;
    const { end, stdout, sent } = await lab.run(source, { input: '{"model": "llama3", "word": "hi"}\n' });
    expect({ end, stdout, sent }).toEqual({
      end: { kind: "completed" },
      stdout: "model: mistral:latest\nasking\n",
      sent: ["{'answer': 'ECHO:Say hi', 'length': 11}", "ECHO:Say hi", "11"],
    });
  });

  can("shows all it has, and has all it shows", async () => {
    const source = python`
      import platform_sdk
      names = [name for name in dir(platform_sdk) if not name.startswith("_")]
      print(names == sorted(names), all(getattr(platform_sdk, name) is not None for name in names))
      print(platform_sdk.stream_ai is platform_sdk.stream_ai, hasattr(platform_sdk, "strem_ai"))
      from platform_sdk import strem_ai
    `;
    const { end, stdout } = await lab.run(source);
    expect(stdout).toBe("True True\nTrue False\n");
    expect(end).toMatchObject({ error: { type: "ImportError", line: 5 } });
  });

  can("raises the AIError that a plugin which loads it anew then knows", async () => {
    const host = new ScriptedHost({ begun: () => ({ error: { code: "denied", message: "no" } }) });
    const source = python`
      import importlib, sys
      from platform_sdk import stream_ai
      for again in (lambda sdk: importlib.reload(sdk), lambda sdk: importlib.import_module(sdk.__name__)):
          sdk = again(sys.modules["platform_sdk"])
          try:
              sdk.stream_ai("m", "p")
          except sdk.AIError as error:
              print(error.code)
          del sys.modules["platform_sdk"]
          import platform_sdk
    `;
    expect(await lab.output(source, { door: host.door })).toBe("denied\ndenied\n");
  });

  can("has errors that can be copied and pickled", async () => {
    const source = python`
      import copy, pickle
      from platform_sdk import AIError
      error = AIError("timeout", "late")
      for each in (copy.copy(error), pickle.loads(pickle.dumps(error))):
          print(type(each) is AIError, each.code, each.message, each)
    `;
    expect(await lab.output(source)).toBe("True timeout late timeout: late\n".repeat(2));
  });
}

/** For a runtime that `keepsMain`. */
export function sdkSessionCases({ lab, expect, can }: Cases): void {
  const file = (name: string) => ({ name, mediaType: "text/plain", bytes: new Uint8Array() });

  can("gives each run its own file and tools", async () => {
    let lists = 0;
    const host = new ScriptedHost({
      answer: (call) => (call.op === "list_tools" ? { ok: [{ name: `tool${lists++}` }] } : undefined),
    });
    const show = "from platform_sdk import get_file, tools\nprint(get_file().name, dir(tools))";
    const { stdout } = await lab.session(
      [
        { source: show, inputFile: file("one") },
        { source: show, inputFile: file("two") },
        "try: get_file()\nexcept ValueError: print('none')",
      ],
      { door: host.door },
    );
    expect(stdout).toBe("one ['tool0']\ntwo ['tool1']\nnone\n");
  });

  can("never takes a ticket of an earlier run for one of this run", async () => {
    const host = new ScriptedHost({ begun: () => [{ text: "a" }] });
    const { stdout, ends } = await lab.session(
      [
        python`
          import asyncio
          from platform_sdk import AIError, call_ai_async, stream_ai
          stream = stream_ai("m", "p")
          next(stream)
          loop = asyncio.new_event_loop()
          task = loop.create_task(call_ai_async("m", "p"))
          loop.run_until_complete(asyncio.sleep(0))
        `,
        python`
          for wait in (lambda: next(stream), lambda: loop.run_until_complete(task)):
              try:
                  wait()
              except AIError as error:
                  print(error)
          stream.close()
          del stream
        `,
      ],
      { door: host.door },
    );
    expect(ends).toEqual([{ kind: "completed" }, { kind: "completed" }]);
    expect(stdout).toBe("aborted: the run that began this call is over\n".repeat(2));
    expect(host.ops.filter((op) => op === "cancel")).toEqual([]);
  });
}
