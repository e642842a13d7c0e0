import { ALL_FD_FLAGS, ALL_OPEN_FLAGS, Right } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { readPath, toRights, toTimeChange, writeFileStat } from "./arguments.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

type PathFunctions = Pick<
  WasiActions,
  | "path_create_directory"
  | "path_filestat_get"
  | "path_filestat_set_times"
  | "path_link"
  | "path_open"
  | "path_readlink"
  | "path_remove_directory"
  | "path_rename"
  | "path_symlink"
  | "path_unlink_file"
>;

/** Everything that names something by a path, always below an open directory. */
export function pathFunctions(host: WasiHost): PathFunctions {
  const { memory } = host;
  const get = (fd: number, rights: number) => host.run.descriptors.get(fd, rights);
  return {
    path_create_directory(fd, path, pathLength) {
      const directory = get(fd, Right.PATH_CREATE_DIRECTORY);
      directory.makeDirectory(readPath(memory, path, pathLength));
    },

    path_filestat_get(fd, _flags, path, pathLength, stat) {
      const directory = get(fd, Right.PATH_FILESTAT_GET);
      writeFileStat(memory, stat, directory.statAt(readPath(memory, path, pathLength)));
    },

    path_filestat_set_times(fd, _flags, path, pathLength, accessed, modified, timeFlags) {
      const directory = get(fd, Right.PATH_FILESTAT_SET_TIMES);
      const change = toTimeChange(accessed, modified, timeFlags);
      directory.setTimesAt(readPath(memory, path, pathLength), change);
    },

    path_link(oldFd, _oldFlags, oldPath, oldPathLength, newFd, newPath, newPathLength) {
      const from = get(oldFd, Right.PATH_LINK_SOURCE);
      const to = get(newFd, Right.PATH_LINK_TARGET);
      from.link(readPath(memory, oldPath, oldPathLength), to, readPath(memory, newPath, newPathLength));
    },

    path_open(fd, _dirFlags, path, pathLength, openFlags, base, inheriting, fdFlags, opened) {
      const { descriptors } = host.run;
      const directory = get(fd, Right.PATH_OPEN);
      if ((openFlags & ~ALL_OPEN_FLAGS) !== 0 || (fdFlags & ~ALL_FD_FLAGS) !== 0) throw refuse(Errno.INVAL);
      const name = readPath(memory, path, pathLength);
      const at = memory.check(opened, 4);
      const number = descriptors.vacancy();
      const descriptor = directory.open({ path: name, openFlags, fdFlags, ...toRights(base, inheriting) });
      descriptors.set(number, descriptor);
      memory.setU32(at, number);
    },

    path_readlink(fd, path, pathLength, buffer, length, used) {
      const directory = get(fd, Right.PATH_READLINK);
      const room = memory.bytes(buffer, length >>> 0);
      const at = memory.check(used, 4);
      const { written } = new TextEncoder().encodeInto(
        directory.readLink(readPath(memory, path, pathLength)),
        room,
      );
      memory.setU32(at, written);
    },

    path_remove_directory(fd, path, pathLength) {
      get(fd, Right.PATH_REMOVE_DIRECTORY).removeDirectory(readPath(memory, path, pathLength));
    },

    path_rename(fd, oldPath, oldPathLength, newFd, newPath, newPathLength) {
      const from = get(fd, Right.PATH_RENAME_SOURCE);
      const to = get(newFd, Right.PATH_RENAME_TARGET);
      from.rename(readPath(memory, oldPath, oldPathLength), to, readPath(memory, newPath, newPathLength));
    },

    path_symlink(oldPath, oldPathLength, fd, newPath, newPathLength) {
      const directory = get(fd, Right.PATH_SYMLINK);
      directory.symlink(readPath(memory, oldPath, oldPathLength), readPath(memory, newPath, newPathLength));
    },

    path_unlink_file(fd, path, pathLength) {
      get(fd, Right.PATH_UNLINK_FILE).removeFile(readPath(memory, path, pathLength));
    },
  };
}
