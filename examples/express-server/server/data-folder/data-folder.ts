import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname, join, resolve } from "node:path";
import { Problem } from "../problem.js";

/** What the system has room for in a socket's address, its end included. */
const maxSocketPathBytes = 107;
const socketName = /^server-[0-9a-f]{8}\.sock$/;
/** A socket has a file for a moment before it answers. */
const settlingMs = 10_000;

/**
 * The folder with all that a server keeps, taken by this process and nobody else.
 *
 * It is taken by listening on a socket in it, under a name of one's own, and then finding no other socket there that is
 * answered. Of two who try, the later one always finds the earlier; of two at the same moment, perhaps neither wins. A
 * process that ends, however it ends, stops answering: there is no lock to be left behind. The socket also lets this
 * machine's operator, who may read the folder, talk to the server.
 */
export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  /** Whoever connects is an operator: the socket is open to nobody else. */
  onOperator(serve: (socket: Socket) => void): void;
}

export async function createDataFolder(path: string): Promise<DataFolder> {
  makeFolder(path);
  const socketPath = join(path, `server-${randomBytes(4).toString("hex")}.sock`);
  if (Buffer.byteLength(socketPath) > maxSocketPathBytes) {
    throw new Problem(
      "invalid",
      `DATA_DIR is too long for a socket in it: ${socketPath} must have at most ${maxSocketPathBytes} bytes.`,
    );
  }
  let serve = (socket: Socket): void => {
    socket.destroy();
  };
  const server = await listen(socketPath, (socket) => {
    // Whoever only looks whether somebody is here hangs up at once.
    socket.on("error", () => socket.destroy());
    serve(socket);
  });
  // Whoever may write to it is an operator, and the folder may have been there before, for others to enter.
  chmodSync(socketPath, 0o600);
  const folder: DataFolder = {
    path,
    onOperator: (next) => {
      serve = next;
    },
    // Closing twice is an error to the server, and none to us. It removes the socket's file.
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
  if (await findAnswered(path, socketPath)) {
    await folder[Symbol.asyncDispose]();
    throw new Problem("invalid", `The data folder ${path} is in use by another server.`);
  }
  return folder;
}

function makeFolder(path: string): void {
  try {
    makeFolders(resolve(path));
  } catch (error) {
    throw new Problem("invalid", `DATA_DIR cannot be made: ${(error as Error).message}`);
  }
}

/** With `recursive`, Node tries for ever where a system says that a folder within one that is there cannot be: in `/proc`. */
function makeFolders(path: string): void {
  if (isFolder(path)) return;
  makeFolders(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another server may have made it meanwhile.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The socket of the server that has this folder. */
export function findOperatorSocket(path: string): Promise<string | undefined> {
  return findAnswered(path);
}

async function findAnswered(folder: string, mine?: string): Promise<string | undefined> {
  for (const name of readdirSync(folder).filter((name) => socketName.test(name))) {
    const path = join(folder, name);
    if (path === mine) continue;
    if (await isAnswered(path)) return path;
    // Its process is gone. Not when it is young: whoever made it may be about to answer, and will find us.
    if (isOld(path)) rmSync(path, { force: true });
  }
  return undefined;
}

function listen(path: string, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.once("error", reject);
    server.listen(path, () => resolve(server));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function isOld(path: string): boolean {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > settlingMs;
}
