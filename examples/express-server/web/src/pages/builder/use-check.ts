import { useEffect, useState } from "react";
import { isAbort, toApiError } from "../../api/api-error.js";
import { checkPlugin } from "../../api/plugins.js";
import type { CheckReport } from "../../api/shapes.js";

const pauseMs = 300;

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
    const check = () =>
      checkPlugin(code, controller.signal).then(
        (report) => setChecked({ code, report, problem: undefined }),
        (error: unknown) => {
          if (isAbort(error)) return;
          setChecked({ code, report: undefined, problem: toApiError(error).message });
        },
      );
    const timer = setTimeout(check, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [code]);
  return { report: checked?.report, problem: checked?.problem, isCurrent: checked?.code === code };
}
