import { ForgeError } from "@wasmforge/bridge";

/** Where a server is, and what it wants to see in every request. */
export interface Endpoint {
  /** Without credentials, query or a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A user and password in the address become a header: addresses end up in logs. */
export function parseEndpoint(address: string, headers: Readonly<Record<string, string>> = {}): Endpoint {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ForgeError(
      "invalid_options",
      "the address of a model server must be a URL such as http://127.0.0.1:11434",
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new ForgeError(
      "invalid_options",
      "the address of a model server ends with its path; put keys into `headers`",
    );
  }
  const { username, password } = url;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return Object.freeze({
    url: `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    headers: Object.freeze({
      ...(credentials === ":"
        ? {}
        : { authorization: `Basic ${toBase64(new TextEncoder().encode(credentials))}` }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    }),
  });
}

/** What `btoa` takes at a time without a stack of arguments that is too tall. */
const base64Step = 0x6000;

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += base64Step) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + base64Step)));
  }
  return text;
}
