// PostgreSQL itself, as WebAssembly, in a thread of its own: a long query must not hold up the server. It speaks
// PostgreSQL's protocol over a message port, so that the rest of the server need not know which database it has.
// Plain JavaScript, because a worker is started from this very file, by tests too.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

/** @import { Reply, Request } from "./worker-messages.js" */

if (parentPort === null) throw new Error("This file is the entry of a worker.");
const port = parentPort;

/** The first byte of the message with which a client says good-bye. PGlite has no answer to it. */
const terminate = "X".charCodeAt(0);
/** The end of a message with which the server says that no transaction is open. */
const idle = Buffer.from([...Buffer.from("Z"), 0, 0, 0, 5, ...Buffer.from("I")]);
/** Little beside what a disk has, and so much that tidying costs nothing beside it. */
const tidyAfterBytes = 16_000_000;

/**
 * Of its own: the system keeps in memory what is read of its files, and gives that back when others need the room. And it
 * shares this process's descriptors with everything else here.
 */
const settings = ["shared_buffers=32MB", "max_files_per_process=64"];

const database = await PGlite.create({
  dataDir: workerData.folder,
  startParams: [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ["-c", setting])],
});
/** One request after the other: there is only one PostgreSQL here, without processes for its connections. */
let work = Promise.resolve();
let bytesSinceTidied = 0;

port.on("message", (/** @type {Request} */ request) => {
  work = work.then(() => serve(request));
});

say({ kind: "open" });

/** @param {Request} request */
async function serve(request) {
  switch (request.kind) {
    case "bytes": {
      const { connection, bytes } = request;
      if (bytes[0] === terminate) return;
      const reply = await database.execProtocolRaw(bytes);
      bytesSinceTidied += bytes.length;
      const isDue = bytesSinceTidied > tidyAfterBytes && idle.equals(reply.subarray(-idle.length));
      say({ kind: "bytes", connection, bytes: reply });
      if (isDue) await tidy();
      return;
    }
    case "hang_up":
      // What a connection leaves open ends with it.
      await database.exec("rollback");
      await database.exec("discard all");
      return;
    case "close":
      await database.close();
      port.close();
      return;
  }
}

/**
 * What PostgreSQL has processes of its own for elsewhere: without them the room of what was deleted is never used again,
 * and its log grows for as long as it is open.
 */
async function tidy() {
  bytesSinceTidied = 0;
  try {
    await database.exec("vacuum");
    await database.exec("checkpoint");
  } catch {
    // On a disk that is full, for example: whoever writes hears of that, and it is tried again after as many bytes.
  }
}

/** @param {Reply} reply */
function say(reply) {
  port.postMessage(reply);
}
