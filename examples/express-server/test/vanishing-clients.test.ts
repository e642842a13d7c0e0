/** Clients that are gone, without a word, in the middle of what they asked for. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { describeServer } from "./test-server.js";

const clients = 20;
const endless = "import time\nwhile True:\n    print('on')\n    time.sleep(0.01)\n";

describeServer("a server whose clients vanish", { SEATS: "2", MAX_QUEUED_RUNS: "100" }, (started) => {
  async function open(): Promise<Socket> {
    const { hostname, port } = new URL(started().client.url);
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  }
  const head = (path: string, type: string, length: number) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;
  const form = new URLSearchParams({ plugin_name: "endless", input_data: "" }).toString();
  const running = (path: string) => head(path, "application/x-www-form-urlencoded", form.length) + form;
  const upload =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="half.py"\r\n\r\nprint("half")\r\n--b--\r\n';

  const phases: Record<string, (socket: Socket) => Promise<unknown>> = {
    "before they ask": async () => {},
    "in the middle of a line": async (socket) => socket.write("POST /api/plug"),
    "in the middle of the headers": async (socket) => socket.write(running("/api/plugins/run").slice(0, 60)),
    "before what they send": async (socket) =>
      socket.write(head("/api/plugins/upload", "multipart/form-data; boundary=b", upload.length)),
    "in the middle of what they send": async (socket) =>
      socket.write(
        head("/api/plugins/upload", "multipart/form-data; boundary=b", upload.length) + upload.slice(0, -20),
      ),
    "at once after they have asked": async (socket) => socket.write(running("/api/plugins/run")),
    "while their runs go on or wait": async (socket) => {
      socket.write(running("/api/plugins/run"));
      await delay(100);
    },
    "in the middle of a stream": async (socket) => {
      socket.write(running("/api/plugins/run/stream"));
      await once(socket, "data");
    },
  };

  it.each(Object.entries(phases))(
    "%s goes on as if they had never been there",
    { timeout: 120_000 },
    async (_, act) => {
      const { client } = started();
      await client.upload("endless", endless);
      await client.upload("fine", "print('fine')");
      const before = started().server.services.runner.active;
      expect(before).toBe(0);
      await Promise.all(
        Array.from({ length: clients }, async (_, at) => {
          const socket = await open();
          await act(socket);
          // Half of them politely, half of them not.
          if (at % 2 === 0) socket.resetAndDestroy();
          else socket.destroy();
        }),
      );
      await expect.poll(() => started().server.services.runner.active, { timeout: 60_000 }).toBe(0);
      const { status, body } = await client.run("fine");
      expect([status, body.output]).toEqual([200, "fine"]);
      const { body: list } = await client.get("/api/plugins/list");
      expect(list.map(({ name }: { name: string }) => name).sort()).toEqual(["endless", "fine"]);
      const { body: history } = await client.get("/api/runs?limit=100");
      for (const run of history.items)
        expect([run.plugin, run.status, run.reason]).toEqual(
          run.plugin === "fine" ? ["fine", "completed", null] : ["endless", "stopped", "aborted"],
        );
    },
  );
});
