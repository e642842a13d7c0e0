import { useEffect, useState } from "react";
import { type ApiError, isAbort, toApiError } from "../../api/api-error.js";
import { checkPlugin } from "../../api/plugins.js";
import type { CheckReport } from "../../api/shapes.js";

const pauseMs = 300;
const retryMs = 3_000;

export interface Check {
  /** Of the source as it was when it was last checked. */
  readonly report: CheckReport | undefined;
  readonly isCurrent: boolean;
  /** The check itself did not work. */
  readonly problem: string | undefined;
}

/** Has a source checked whenever nobody has typed for a moment. A check that is overtaken is cancelled. */
export function useCheck(code: string): Check {
  const [checked, setChecked] = useState<{ readonly code: string } & Omit<Check, "isCurrent">>();
  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const check = () =>
      checkPlugin(code, controller.signal).then(
        (report) => setChecked({ code, report, problem: undefined }),
        (thrown: unknown) => {
          if (isAbort(thrown)) return;
          const error = toApiError(thrown);
          setChecked({ code, report: undefined, problem: error.message });
          if (isPassing(error)) timer = setTimeout(check, (error.retryAfterSeconds ?? 0) * 1_000 || retryMs);
        },
      );
    timer = setTimeout(check, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [code]);
  return { report: checked?.report, problem: checked?.problem, isCurrent: checked?.code === code };
}

/** A server that is away or busy may not be so a moment later. */
function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}
