import source from "../../../../../../packages/bridge/python/platform_sdk.pyi?raw";
import { parseStubs } from "./parse-stubs.js";

export const sdkModule = "platform_sdk";
/** What plugins are given, as its own stubs have it. */
export const sdk = parseStubs(source);
/** Functions and classes by their names. */
export const sdkByName = new Map(sdk.map((symbol) => [symbol.name, symbol]));
