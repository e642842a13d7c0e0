import { Errno } from "../errno.js";
import { ExitSignal } from "../exit-signal.js";
import { refuse } from "../refusal.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

type ProcessFunctions = Pick<
  WasiActions,
  "proc_exit" | "proc_raise" | "sched_yield" | "sock_accept" | "sock_recv" | "sock_send" | "sock_shutdown"
>;

/** A guest can end itself. There are no signals, no other threads to give way to, and no sockets. */
export function processFunctions(host: WasiHost): ProcessFunctions {
  const refuseSocket = (fd: number) => {
    host.run.descriptors.get(fd);
    throw refuse(Errno.NOTSOCK);
  };
  return {
    proc_exit(code) {
      throw new ExitSignal(code >>> 0);
    },
    proc_raise() {
      throw refuse(Errno.NOSYS);
    },
    sched_yield() {},
    sock_accept: refuseSocket,
    sock_recv: refuseSocket,
    sock_send: refuseSocket,
    sock_shutdown: refuseSocket,
  };
}
