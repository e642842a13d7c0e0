import { ImageError } from "../image/image-error.js";
import { type ImageFolder, openImageFolder } from "../image/load.js";
import type { Platform } from "../platform/platform.js";
import type { Artifact, Instance, InstanceHost, InstanceLimits, Runtime } from "../port.js";
import type { ForgedArtifact } from "./artifact.js";
import { compileImage } from "./compile.js";
import { ForgedInstance } from "./forged-instance.js";

/** CPython restored from a snapshot: the default. `folder` is an image made by `build:python`. */
export class ForgedRuntime implements Runtime {
  readonly name = "forged";
  readonly keepsMain = true;
  readonly #platform: Platform;
  readonly #folder: URL;

  constructor(platform: Platform, folder: URL) {
    this.#platform = platform;
    this.#folder = folder;
  }

  image(): Promise<ImageFolder> {
    return openImageFolder(this.#platform, this.#folder);
  }

  async compile(limits: InstanceLimits): Promise<ForgedArtifact> {
    return compileImage(this.#platform, await this.image(), limits);
  }

  async open(artifact: Artifact, host: InstanceHost): Promise<Instance> {
    if (!isForged(artifact))
      throw new ImageError("unsupported", artifact.runtime, "is not an image of this runtime");
    return new ForgedInstance(artifact, host, this.#platform);
  }
}

function isForged(artifact: Artifact): artifact is ForgedArtifact {
  return artifact.runtime === "forged";
}
