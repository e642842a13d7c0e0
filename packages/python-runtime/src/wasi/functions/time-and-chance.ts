import { MAX_PIECE } from "../guest-buffers.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

type TimeAndChanceFunctions = Pick<WasiActions, "clock_res_get" | "clock_time_get" | "random_get">;

export function timeAndChanceFunctions(host: WasiHost): TimeAndChanceFunctions {
  const { memory } = host;
  return {
    clock_res_get(id, resolution) {
      memory.setU64(resolution, host.run.clock.resolution(id));
    },

    clock_time_get(id, _precision, time) {
      const at = memory.check(time, 8);
      memory.setU64(at, host.run.clock.read(id));
    },

    random_get(buffer, length) {
      const size = length >>> 0;
      const start = memory.check(buffer, size);
      for (let offset = 0; offset < size; offset += MAX_PIECE) {
        host.run.random.fill(memory.bytes(start + offset, Math.min(MAX_PIECE, size - offset)));
      }
    },
  };
}
