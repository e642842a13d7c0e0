import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Configuration } from "./configuration.js";
import { ConfigurationError } from "./configuration-error.js";
import { parseConfiguration } from "./parse-configuration.js";
import { secretVariables, variableNames } from "./variables.js";

type Values = Readonly<Record<string, string | undefined>>;

/**
 * The environment, over the file that `CONFIG_FILE` names or, where it names none, over `.env` in the working folder.
 * A secret may also be in a file of its own, which `ADMIN_TOKEN_FILE` and the like name.
 */
export function loadConfiguration(environment: Values, folder: string): Configuration {
  const readFile = (path: string) => readFileSync(resolve(folder, path), "utf8");
  const values = withSecretFiles(
    { ...fromFile(environment.CONFIG_FILE, readFile), ...environment },
    readFile,
  );
  const configuration = parseConfiguration(values, readFile);
  return Object.freeze({ ...configuration, dataFolder: resolve(folder, configuration.dataFolder) });
}

function fromFile(named: string | undefined, readFile: (path: string) => string): Values {
  const path = named || ".env";
  let content: string;
  try {
    content = readFile(path);
  } catch (cause) {
    if (!named && (cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new ConfigurationError([`CONFIG_FILE names a file that cannot be read: ${path}`]);
  }
  return parseEnv(content);
}

function withSecretFiles(values: Values, readFile: (path: string) => string): Values {
  const problems: string[] = [];
  const secrets = variableNames
    .filter((name) => secretVariables.has(name) && values[`${name}_FILE`])
    .map((name) => {
      const path = values[`${name}_FILE`] ?? "";
      if (values[name]) problems.push(`${name} and ${name}_FILE are both set: keep one`);
      const secret = tryToRead(path, readFile)?.trim();
      if (secret === undefined) problems.push(`${name}_FILE names a file that cannot be read: ${path}`);
      // It would count as not set, and leave a server open that somebody means to be closed.
      if (secret === "") problems.push(`${name}_FILE names a file with nothing in it: ${path}`);
      return [name, secret] as const;
    });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { ...values, ...Object.fromEntries(secrets) };
}

function tryToRead(path: string, readFile: (path: string) => string): string | undefined {
  try {
    return readFile(path);
  } catch {
    return undefined;
  }
}
