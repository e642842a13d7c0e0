export { RunJournal } from "./journal.js";
export { errorTypes, type RunAnswer, toRunAnswer } from "./run-answer.js";
export { RunHistory } from "./run-history.js";
export { RunOutput, toItemText } from "./run-output.js";
export { Runner, type RunRequest, type RunSource } from "./runner.js";
