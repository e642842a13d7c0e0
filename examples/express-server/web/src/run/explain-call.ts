/** Why a call of a model got no answer, in a few words. Codes that are not here speak for themselves. */
const reasons: Readonly<Record<string, string>> = {
  aborted: "the run ended first",
  bad_request: "the model server did not take it",
  bad_response: "the model server's answer made no sense",
  cancelled: "the plugin no longer wanted it",
  denied: "this server does not allow it",
  model_not_allowed: "this model is not on the list",
  model_not_found: "the model server does not have this model",
  overloaded: "the model server is busy",
  prompt_too_long: "the prompt is too long",
  provider_failed: "the model server failed",
  rate_limited: "too many calls at once",
  timeout: "the model took too long",
  too_many_calls: "the run has used up its calls",
  too_many_images: "too many pictures",
  too_many_tokens: "the run has used up its tokens",
  unavailable: "the model server cannot be reached",
};

export function explainCallCode(code: string): string {
  return reasons[code] ?? code.replaceAll("_", " ");
}
