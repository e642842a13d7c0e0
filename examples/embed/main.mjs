import * as runtime from "@wasmforge/python-runtime";

console.log(`@wasmforge/python-runtime is here and offers: ${Object.keys(runtime).join(", ")}`);
