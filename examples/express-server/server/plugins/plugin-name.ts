/**
 * Letters and digits of any script, and a few signs between them. A name is shown, put into addresses and looked up; it
 * never names a file, and still it must not look like a way to one.
 */
export const pluginNameForm = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_. -]{0,98}[\p{L}\p{M}\p{N}_-])?$/u;

/** The name that a file of a plugin gives it: its own without `.py`. */
export function toPluginName(fileName: string): string | undefined {
  const name = /^(.*)\.py$/i.exec(fileName)?.[1]?.normalize("NFC");
  return name !== undefined && pluginNameForm.test(name) && !name.includes("..") ? name : undefined;
}
