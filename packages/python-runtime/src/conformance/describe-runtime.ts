/**
 * What every runtime behind the port must do, as tests. A runtime that truly cannot do something says so in `lacks`,
 * with the reason; the test then demands that it still fails, so that no exception outlives its cause.
 */
import type { Runtime } from "../port.js";
import { artifactCases } from "./artifact-cases.js";
import { asyncioCases } from "./asyncio-cases.js";
import { brokenReportCases } from "./broken-report-cases.js";
import type { Cases } from "./cases.js";
import { chanceCases } from "./chance-cases.js";
import { checkpointCases, noCheckpointCases } from "./checkpoint-cases.js";
import { denialCases } from "./denial-cases.js";
import { doorCases } from "./door-cases.js";
import { endingCases } from "./ending-cases.js";
import { exceptionCases } from "./exception-cases.js";
import { exhaustionCases } from "./exhaustion-cases.js";
import { fileCases } from "./file-cases.js";
import { importCases } from "./import-cases.js";
import { inputCases } from "./input-cases.js";
import { keptMainCases, noKeptMainCases } from "./kept-main-cases.js";
import { Lab } from "./lab.js";
import { printCases } from "./print-cases.js";
import { recursionCases } from "./recursion-cases.js";
import { resetCases } from "./reset-cases.js";
import { sdkCases } from "./sdk-cases.js";
import { sourceCases } from "./source-cases.js";
import type { TestTools } from "./test-tools.js";
import { timeCases } from "./time-cases.js";

export interface RuntimeUnderTest {
  readonly name: string;
  createRuntime(): Promise<Runtime>;
  /** As the runtime itself says it. */
  readonly keepsMain?: true;
  /** Texts that must never come out of a guest: folders of this machine, the user's name. */
  readonly hostPaths: readonly string[];
  /** Names of tests that this runtime cannot pass, and why. */
  readonly lacks?: Readonly<Record<string, string>>;
}

const memoryMb = 128;
/** Quicker to exhaust. */
const littleMemoryMb = 64;

const groups = {
  "an artifact": artifactCases,
  "the input": inputCases,
  "what is printed": printCases,
  "the end of a run": endingCases,
  "an exception": exceptionCases,
  "a report that the plugin gets in the way of": brokenReportCases,
  "the plugin's text": sourceCases,
  "the imports that a plugin is allowed": importCases,
  "endless recursion": recursionCases,
  "exhausted memory": exhaustionCases,
  "granted files": fileCases,
  "what nobody granted": denialCases,
  "the door": doorCases,
  "the SDK": sdkCases,
  time: timeCases,
  chance: chanceCases,
  asyncio: asyncioCases,
  "the next run": resetCases,
};

export function describeRuntime(subject: RuntimeUnderTest, tools: TestTools): void {
  const { describe, it, expect, beforeAll, afterAll } = tools;
  const { lacks = {} } = subject;
  const unknown = new Set(Object.keys(lacks));
  const can: Cases["can"] = (name, body) => {
    const reason = lacks[name];
    unknown.delete(name);
    if (reason === undefined) {
      it(name, body);
    } else {
      it.fails(`${name} (lacking: ${reason})`, body);
    }
  };

  describe(`${subject.name} runtime`, () => {
    const ofSessions = {
      "a kept __main__": subject.keepsMain ? keptMainCases : noKeptMainCases,
      "a checkpoint": subject.keepsMain ? checkpointCases : noCheckpointCases,
    };
    for (const [title, cases] of Object.entries({ ...groups, ...ofSessions })) {
      describe(title, () => {
        const lab = new Lab(
          () => subject.createRuntime(),
          { memoryMb: cases === exhaustionCases ? littleMemoryMb : memoryMb },
          subject.hostPaths,
          expect,
        );
        beforeAll(async () => void (await lab.instance()));
        afterAll(() => lab.close());
        cases({ lab, describe, expect, can });
      });
    }

    it("says what it can", async () => {
      expect((await subject.createRuntime()).keepsMain).toBe(subject.keepsMain);
    });

    it("lacks nothing that this suite does not ask for", () => {
      expect([...unknown]).toEqual([]);
    });
  });
}
