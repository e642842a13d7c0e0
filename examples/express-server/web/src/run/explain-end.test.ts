import { describe, expect, it } from "vitest";
import { ApiError } from "../api/api-error.js";
import { explainCallCode } from "./explain-call.js";
import { explainEnd, explainFailure } from "./explain-end.js";

describe("how a run ended", () => {
  it.each(["timeout", "compute", "memory", "output", "aborted", "crashed", "fault", "cancelled"])(
    "is explained when it was stopped for %s",
    (reason) => {
      const explained = explainEnd({ status: "stopped", reason, error: "in detail" });
      expect(explained.title).not.toBe("The run was stopped");
      expect(explained.text.length).toBeGreaterThan(40);
      expect(explained.detail).toBe("in detail");
    },
  );

  it("is said as it is when nobody has foreseen it", () => {
    expect(explainEnd({ status: "stopped", reason: "moonlight", error: null })).toMatchObject({
      title: "The run was stopped",
    });
    expect(explainEnd({ status: "failed", reason: null, error: null }).title).toBe("The plugin failed");
  });

  it.each([
    ["AIError: model_not_allowed: no (line 3)", "A model call was refused or failed"],
    ["ModuleNotFoundError: No module named 'numpy' (line 1)", "A module is missing"],
    ["SyntaxError: invalid syntax (line 1)", "This is not Python yet"],
    ["json.JSONDecodeError: no", "The plugin failed"],
    ["JSONDecodeError: no", "The plugin could not use this input"],
    ["RecursionError", "It called itself too often"],
    ["OSError: [Errno 58] there is no network here (line 4)", "The sandbox has no network"],
    ["OSError: [Errno 58] not supported (line 4)", "The sandbox has no such file or device"],
    ["MyValueError: no", "The plugin failed"],
  ])("is known by the exception: %s", (error, title) => {
    expect(explainEnd({ status: "failed", reason: null, error })).toMatchObject({ title, detail: error });
  });
});

describe("a run that did not begin", () => {
  it.each([0, 401, 403, 404, 413, 429, 503])("is explained for %d", (status) => {
    expect(explainFailure(new ApiError(status, "said")).title).not.toBe("The run could not begin");
  });

  it("says when to try again", () => {
    expect(explainFailure(new ApiError(503, "Busy.", { retryAfterSeconds: 1 })).text).toBe(
      "Busy. Try again in a second.",
    );
    expect(explainFailure(new ApiError(429, "Slow.", { retryAfterSeconds: 30 })).text).toContain(
      "30 seconds",
    );
  });
});

it("says why a call got no answer, also for a reason it does not know", () => {
  expect(explainCallCode("prompt_too_long")).toBe("the prompt is too long");
  expect(explainCallCode("something_else")).toBe("something else");
});
