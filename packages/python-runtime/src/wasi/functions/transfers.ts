import { Right } from "../abi.js";
import { GuestBuffers } from "../guest-buffers.js";
import type { DirectoryEntry } from "../tree/directory.js";
import { toU64 } from "./arguments.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

type TransferFunctions = Pick<WasiActions, "fd_pread" | "fd_pwrite" | "fd_read" | "fd_readdir" | "fd_write">;

const DIRENT_SIZE = 24;

/** Moving bytes between descriptors and the guest's memory. */
export function transferFunctions(host: WasiHost): TransferFunctions {
  const { memory } = host;
  const get = (fd: number, rights: number) => host.run.descriptors.get(fd, rights);
  // Where the count goes is looked at before bytes move, so that a wild pointer leaves everything as it was.
  return {
    fd_pread(fd, iovs, iovsLength, offset, read) {
      const descriptor = get(fd, Right.FD_READ | Right.FD_SEEK);
      const at = memory.check(read, 4);
      memory.setU32(at, descriptor.readAt(toU64(offset), new GuestBuffers(memory, iovs, iovsLength)));
    },

    fd_pwrite(fd, iovs, iovsLength, offset, written) {
      const descriptor = get(fd, Right.FD_WRITE | Right.FD_SEEK);
      const at = memory.check(written, 4);
      memory.setU32(at, descriptor.writeAt(toU64(offset), new GuestBuffers(memory, iovs, iovsLength)));
    },

    fd_read(fd, iovs, iovsLength, read) {
      const descriptor = get(fd, Right.FD_READ);
      const at = memory.check(read, 4);
      memory.setU32(at, descriptor.read(new GuestBuffers(memory, iovs, iovsLength)));
    },

    fd_write(fd, iovs, iovsLength, written) {
      const descriptor = get(fd, Right.FD_WRITE);
      const at = memory.check(written, 4);
      memory.setU32(at, descriptor.write(new GuestBuffers(memory, iovs, iovsLength)));
    },

    fd_readdir(fd, buffer, length, cookie, used) {
      const descriptor = get(fd, Right.FD_READDIR);
      const at = memory.check(used, 4);
      const room = memory.bytes(buffer, length >>> 0);
      // Beyond 2^53 the number is not exact, but no entry has such a cookie either.
      memory.setU32(at, fill(room, descriptor.entriesAfter(Number(toU64(cookie)))));
    },
  };
}

/** Writes entries one behind the other; the last is cut where room ends, which tells libc that there are more. */
function fill(room: Uint8Array, entries: Iterable<DirectoryEntry>): number {
  const encoder = new TextEncoder();
  let used = 0;
  for (const { name, inode, fileType, cookie } of entries) {
    if (used === room.length) break;
    const text = encoder.encode(name);
    const dirent = new Uint8Array(DIRENT_SIZE + text.length);
    const view = new DataView(dirent.buffer);
    view.setBigUint64(0, BigInt(cookie), true);
    view.setBigUint64(8, BigInt(inode), true);
    view.setUint32(16, text.length, true);
    view.setUint8(20, fileType);
    dirent.set(text, DIRENT_SIZE);
    const part = dirent.subarray(0, room.length - used);
    room.set(part, used);
    used += part.length;
  }
  return used;
}
