export { createModels } from "./create-models.js";
export type { ListedModel, ModelSource } from "./model-source.js";
