import { afterEach, describe, expect, it } from "vitest";
import { SubjectClient } from "./subject-client.mjs";

const open: SubjectClient[] = [];

async function openClient(...args: Parameters<typeof SubjectClient.open>) {
  const client = await SubjectClient.open(...args);
  open.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

describe("a subject in a process of its own", () => {
  it("runs at least as often as it is asked to", async () => {
    const client = await openClient("worker echo", {});
    const times = await client.ask({ kind: "time", forMs: 0, atLeast: 7 });
    expect(times).toHaveLength(7);
    expect(Math.min(...times)).toBeGreaterThan(0);
  });

  it("says why it could not be opened", async () => {
    await expect(SubjectClient.open("pyodide snapshot", {})).rejects.toThrow("no snapshot was made");
  });

  it("says so when it cannot do what it is asked, and can be asked again", async () => {
    const client = await openClient("worker echo", {});
    await expect(client.ask({ kind: "evaluate", source: "answer = ''" })).rejects.toThrow(
      "cannot execute Python",
    );
    await expect(client.ask({ kind: "time", forMs: 0, atLeast: 1 })).resolves.toHaveLength(1);
  });

  it("answers a question that was open when its process ended with an error", async () => {
    const client = await openClient("worker echo", {});
    const question = expect(client.ask({ kind: "time", forMs: 60_000, atLeast: 1 })).rejects.toThrow(
      "ended with 0",
    );
    await client.close();
    await question;
  });
});
