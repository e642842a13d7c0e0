/** The answers of WASI preview 1 that this layer gives, numbered as in the specification's `errno`. */
export const Errno = {
  SUCCESS: 0,
  BADF: 8,
  BUSY: 10,
  EXIST: 20,
  FAULT: 21,
  FBIG: 22,
  ILSEQ: 25,
  INVAL: 28,
  ISDIR: 31,
  MFILE: 33,
  NAMETOOLONG: 37,
  NOENT: 44,
  NOSPC: 51,
  NOSYS: 52,
  NOTDIR: 54,
  NOTEMPTY: 55,
  NOTSOCK: 57,
  NOTSUP: 58,
  PERM: 63,
  ROFS: 69,
  XDEV: 75,
  NOTCAPABLE: 76,
} as const;

export type Errno = (typeof Errno)[keyof typeof Errno];
