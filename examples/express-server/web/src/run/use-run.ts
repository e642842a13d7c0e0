import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort, toApiError } from "../api/api-error.js";
import { type RunRequest, streamRun } from "../api/run-stream.js";
import { beginRun, onCancel, onEvent, onFailure, type RunView } from "./run-view.js";

export interface RunControl {
  /** Absent until something was run. */
  readonly view: RunView | undefined;
  readonly isGoing: boolean;
  /** Whatever runs is cancelled first. Resolves when it is over. */
  start(request: RunRequest): Promise<void>;
  cancel(): void;
  clear(): void;
}

/** Runs a plugin and keeps what is shown of it. Leaving the page cancels the run. */
export function useRun(onEnd?: () => void): RunControl {
  const [view, setView] = useState<RunView>();
  const controller = useRef<AbortController>(undefined);
  const told = useRef(onEnd);
  told.current = onEnd;

  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(async (request: RunRequest) => {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    const show = (next: RunView) => {
      if (controller.current === mine) setView(next);
    };
    await follow(request, mine.signal, show);
    if (controller.current === mine) told.current?.();
  }, []);

  const clear = useCallback(() => {
    controller.current?.abort();
    controller.current = undefined;
    setView(undefined);
  }, []);

  return { view, isGoing: view !== undefined && view.phase !== "ended", start, cancel, clear };
}

/** Tokens may come by the thousand in a second: the page is drawn once a frame. */
async function follow(
  request: RunRequest,
  signal: AbortSignal,
  show: (view: RunView) => void,
): Promise<void> {
  let view = beginRun(performance.now());
  let frame = 0;
  const draw = () => {
    frame = 0;
    show(view);
  };
  draw();
  try {
    for await (const event of streamRun(request, signal)) {
      view = onEvent(view, event, performance.now());
      if (frame === 0) frame = requestAnimationFrame(draw);
    }
  } catch (error) {
    const now = performance.now();
    view = isAbort(error) ? onCancel(view, now) : onFailure(view, toApiError(error), now);
  }
  cancelAnimationFrame(frame);
  draw();
}
