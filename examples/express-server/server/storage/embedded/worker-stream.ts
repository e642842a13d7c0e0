import { Duplex } from "node:stream";

/** A connection to the embedded database, in the form of the socket that the PostgreSQL client expects. */
export class WorkerStream extends Duplex {
  /** @param opened rejects when the database cannot be opened; whoever made it destroys this stream then */
  constructor(
    private readonly opened: Promise<void>,
    private readonly send: (bytes: Uint8Array) => void,
  ) {
    super();
  }

  /** The socket's; there is no address. */
  connect(): this {
    this.opened.then(
      () => this.emit("connect"),
      () => {},
    );
    return this;
  }

  receive(bytes: Uint8Array): void {
    this.push(bytes);
  }

  override _read(): void {
    // The worker answers a request at a time, so that there is nothing to hold back.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.send(chunk);
    done();
  }

  /** As one message: the database is to see a query whole. */
  override _writev(chunks: readonly { readonly chunk: Uint8Array }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "utf8", done);
  }

  override _final(done: () => void): void {
    done();
    // The client waits for the other end to close, as a server does.
    this.push(null);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
