import { wasi } from "@bjorn3/browser_wasi_shim";
import { MAX_PATH_BYTES } from "../wasi/tree/names.js";

type SystemCall = (...args: number[]) => unknown;

/** As many as POSIX systems take in one call (IOV_MAX). */
const maxBuffers = 1024;

/** Where the lengths of paths are among a call's arguments. */
const pathLengths: Readonly<Record<string, readonly number[]>> = {
  path_create_directory: [2],
  path_filestat_get: [3],
  path_filestat_set_times: [3],
  path_link: [3, 6],
  path_open: [3],
  path_readlink: [2],
  path_remove_directory: [2],
  path_rename: [2, 5],
  path_symlink: [1, 4],
  path_unlink_file: [2],
};

const bufferCalls = ["fd_pread", "fd_pwrite", "fd_read", "fd_write"];
const bufferCount = 2;

/**
 * The shim makes an object for every buffer that a guest lists, and a text of every path, however many and long they are.
 * What no honest program sends is refused before.
 */
export function boundedCalls(calls: Readonly<Record<string, SystemCall>>): Record<string, SystemCall> {
  const bounded = (name: string, places: readonly number[], most: number, refusal: number) => {
    const call = calls[name];
    const isTooMuch = (args: readonly number[]) => places.some((place) => (args[place] ?? 0) >>> 0 > most);
    return [name, (...args: number[]) => (isTooMuch(args) ? refusal : call?.(...args))] as const;
  };
  return Object.fromEntries([
    ...Object.entries(pathLengths).map(([name, places]) =>
      bounded(name, places, MAX_PATH_BYTES, wasi.ERRNO_NAMETOOLONG),
    ),
    ...bufferCalls.map((name) => bounded(name, [bufferCount], maxBuffers, wasi.ERRNO_INVAL)),
  ]);
}
