/** The suite is handed its test runner, so that importing this package never pulls one in. */
export type TestTools = Pick<typeof import("vitest"), "describe" | "it" | "expect">;
