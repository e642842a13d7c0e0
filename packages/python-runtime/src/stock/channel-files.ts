import { Fd, Inode, wasi } from "@bjorn3/browser_wasi_shim";
import type { Channel } from "./channel.js";
import { Filestat } from "./filestat.js";
import type { Numbering } from "./tree.js";

/** The two files of a channel, as the guest finds them in its folder. */
export function channelFiles(channel: Channel, numbering: Numbering): { request: Inode; response: Inode } {
  return {
    request: new EndpointFile(numbering, new RequestEnd(channel)),
    response: new EndpointFile(numbering, new ResponseEnd(channel)),
  };
}

/** An open end of a channel. Closing it is not in the guest's power: without it no run could report its end. */
export abstract class ChannelEnd extends Fd {
  override fd_fdstat_get() {
    return { ret: 0, fdstat: new wasi.Fdstat(wasi.FILETYPE_UNKNOWN, 0) };
  }
}

class RequestEnd extends ChannelEnd {
  constructor(readonly channel: Channel) {
    super();
  }

  override fd_write(bytes: Uint8Array) {
    const taken = this.channel.write(bytes);
    return taken ? { ret: 0, nwritten: bytes.length } : { ret: wasi.ERRNO_2BIG, nwritten: 0 };
  }
}

class ResponseEnd extends ChannelEnd {
  constructor(readonly channel: Channel) {
    super();
  }

  override fd_read(size: number) {
    return { ret: 0, data: this.channel.read(size) };
  }
}

class EndpointFile extends Inode {
  readonly #end: ChannelEnd;

  constructor(numbering: Numbering, end: ChannelEnd) {
    super();
    this.ino = numbering.next();
    this.#end = end;
  }

  override path_open() {
    return { ret: 0, fd_obj: this.#end };
  }

  override stat() {
    return new Filestat(this.ino, wasi.FILETYPE_UNKNOWN, 0n);
  }
}
