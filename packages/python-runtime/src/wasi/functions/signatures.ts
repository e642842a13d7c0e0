/**
 * Every function of `wasi_snapshot_preview1`, as WebAssembly calls it: i32 arrives as a signed number and i64 as a
 * signed bigint, and the answer is an errno.
 * https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/witx/wasi_snapshot_preview1.witx
 */
export interface WasiFunctions {
  args_get(argv: number, argvBuf: number): number;
  args_sizes_get(argc: number, argvBufSize: number): number;
  environ_get(environ: number, environBuf: number): number;
  environ_sizes_get(count: number, bufSize: number): number;
  clock_res_get(id: number, resolution: number): number;
  clock_time_get(id: number, precision: bigint, time: number): number;
  fd_advise(fd: number, offset: bigint, length: bigint, advice: number): number;
  fd_allocate(fd: number, offset: bigint, length: bigint): number;
  fd_close(fd: number): number;
  fd_datasync(fd: number): number;
  fd_fdstat_get(fd: number, stat: number): number;
  fd_fdstat_set_flags(fd: number, flags: number): number;
  fd_fdstat_set_rights(fd: number, base: bigint, inheriting: bigint): number;
  fd_filestat_get(fd: number, stat: number): number;
  fd_filestat_set_size(fd: number, size: bigint): number;
  fd_filestat_set_times(fd: number, accessed: bigint, modified: bigint, flags: number): number;
  fd_pread(fd: number, iovs: number, iovsLength: number, offset: bigint, read: number): number;
  fd_prestat_get(fd: number, prestat: number): number;
  fd_prestat_dir_name(fd: number, path: number, pathLength: number): number;
  fd_pwrite(fd: number, iovs: number, iovsLength: number, offset: bigint, written: number): number;
  fd_read(fd: number, iovs: number, iovsLength: number, read: number): number;
  fd_readdir(fd: number, buffer: number, length: number, cookie: bigint, used: number): number;
  fd_renumber(from: number, to: number): number;
  fd_seek(fd: number, offset: bigint, whence: number, position: number): number;
  fd_sync(fd: number): number;
  fd_tell(fd: number, position: number): number;
  fd_write(fd: number, iovs: number, iovsLength: number, written: number): number;
  path_create_directory(fd: number, path: number, pathLength: number): number;
  path_filestat_get(fd: number, flags: number, path: number, pathLength: number, stat: number): number;
  path_filestat_set_times(
    fd: number,
    flags: number,
    path: number,
    pathLength: number,
    accessed: bigint,
    modified: bigint,
    timeFlags: number,
  ): number;
  path_link(
    oldFd: number,
    oldFlags: number,
    oldPath: number,
    oldPathLength: number,
    newFd: number,
    newPath: number,
    newPathLength: number,
  ): number;
  path_open(
    fd: number,
    dirFlags: number,
    path: number,
    pathLength: number,
    openFlags: number,
    base: bigint,
    inheriting: bigint,
    fdFlags: number,
    opened: number,
  ): number;
  path_readlink(
    fd: number,
    path: number,
    pathLength: number,
    buffer: number,
    length: number,
    used: number,
  ): number;
  path_remove_directory(fd: number, path: number, pathLength: number): number;
  path_rename(
    fd: number,
    oldPath: number,
    oldPathLength: number,
    newFd: number,
    newPath: number,
    newPathLength: number,
  ): number;
  path_symlink(
    oldPath: number,
    oldPathLength: number,
    fd: number,
    newPath: number,
    newPathLength: number,
  ): number;
  path_unlink_file(fd: number, path: number, pathLength: number): number;
  poll_oneoff(subscriptions: number, events: number, count: number, eventCount: number): number;
  proc_exit(code: number): number;
  proc_raise(signal: number): number;
  random_get(buffer: number, length: number): number;
  sched_yield(): number;
  sock_accept(fd: number, flags: number, accepted: number): number;
  sock_recv(
    fd: number,
    iovs: number,
    iovsLength: number,
    flags: number,
    received: number,
    outFlags: number,
  ): number;
  sock_send(fd: number, iovs: number, iovsLength: number, flags: number, sent: number): number;
  sock_shutdown(fd: number, how: number): number;
}

/** The same functions as they are written here: they return when done, and throw a `Refusal` to say no. */
export type WasiActions = {
  readonly [Name in keyof WasiFunctions]: (...args: Parameters<WasiFunctions[Name]>) => void;
};
