import { Right, Whence } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { hasUnknownRights, toRights, toTimeChange, toU64, writeFileStat } from "./arguments.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

type DescriptorFunctions = Pick<
  WasiActions,
  | "fd_advise"
  | "fd_allocate"
  | "fd_close"
  | "fd_datasync"
  | "fd_fdstat_get"
  | "fd_fdstat_set_flags"
  | "fd_fdstat_set_rights"
  | "fd_filestat_get"
  | "fd_filestat_set_size"
  | "fd_filestat_set_times"
  | "fd_prestat_dir_name"
  | "fd_prestat_get"
  | "fd_renumber"
  | "fd_seek"
  | "fd_sync"
  | "fd_tell"
>;

const FDSTAT_SIZE = 24;
const PRESTAT_SIZE = 8;
const LAST_ADVICE = 5;

/** Everything about an open descriptor but moving bytes through it. */
export function descriptorFunctions(host: WasiHost): DescriptorFunctions {
  const { memory } = host;
  const get = (fd: number, rights?: number) => host.run.descriptors.get(fd, rights);
  return {
    fd_advise(fd, _offset, _length, advice) {
      const descriptor = get(fd, Right.FD_ADVISE);
      if (advice >>> 0 > LAST_ADVICE) throw refuse(Errno.INVAL);
      descriptor.advise();
    },

    fd_allocate(fd, offset, length) {
      get(fd, Right.FD_ALLOCATE).reserve(toU64(offset), toU64(length));
    },

    fd_close(fd) {
      host.run.descriptors.close(fd);
    },

    fd_datasync(fd) {
      get(fd, Right.FD_DATASYNC).sync();
    },

    fd_fdstat_get(fd, stat) {
      const { fileType, flags, rights } = get(fd);
      const at = memory.check(stat, FDSTAT_SIZE);
      memory.setU64(at, BigInt(fileType));
      memory.setU16(at + 2, flags);
      memory.setU64(at + 8, BigInt(rights.base));
      memory.setU64(at + 16, BigInt(rights.inheriting));
    },

    fd_fdstat_set_flags(fd, flags) {
      get(fd, Right.FD_FDSTAT_SET_FLAGS).setFlags(flags);
    },

    fd_fdstat_set_rights(fd, base, inheriting) {
      const descriptor = get(fd);
      if (hasUnknownRights(base) || hasUnknownRights(inheriting)) throw refuse(Errno.NOTCAPABLE);
      descriptor.narrow(toRights(base, inheriting));
    },

    fd_filestat_get(fd, stat) {
      writeFileStat(memory, stat, get(fd, Right.FD_FILESTAT_GET).stat());
    },

    fd_filestat_set_size(fd, size) {
      get(fd, Right.FD_FILESTAT_SET_SIZE).resize(toU64(size));
    },

    fd_filestat_set_times(fd, accessed, modified, flags) {
      get(fd, Right.FD_FILESTAT_SET_TIMES).setTimes(toTimeChange(accessed, modified, flags));
    },

    fd_prestat_get(fd, prestat) {
      const { length } = get(fd).preopenedAs;
      const at = memory.check(prestat, PRESTAT_SIZE);
      // The only kind there is, a directory, is 0.
      memory.setU32(at, 0);
      memory.setU32(at + 4, length);
    },

    fd_prestat_dir_name(fd, path, pathLength) {
      const name = new TextEncoder().encode(get(fd).preopenedAs);
      if (pathLength >>> 0 < name.length) throw refuse(Errno.NAMETOOLONG);
      memory.bytes(path, name.length).set(name);
    },

    fd_renumber(from, to) {
      host.run.descriptors.renumber(from, to);
    },

    fd_seek(fd, offset, whence, position) {
      const isTell = whence === Whence.CUR && offset === 0n;
      const descriptor = get(fd, isTell ? Right.FD_TELL : Right.FD_SEEK);
      const at = memory.check(position, 8);
      memory.setU64(at, descriptor.seek(BigInt.asIntN(64, offset), whence));
    },

    fd_sync(fd) {
      get(fd, Right.FD_SYNC).sync();
    },

    fd_tell(fd, position) {
      const descriptor = get(fd, Right.FD_TELL);
      memory.setU64(position, descriptor.seek(0n, Whence.CUR));
    },
  };
}
