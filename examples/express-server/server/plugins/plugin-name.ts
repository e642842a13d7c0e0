/**
 * Letters and digits of any script, and a few signs between them. A name is shown, put into addresses and looked up; it
 * never names a file, and still it must not look like a way to one.
 */
const pluginNameForm = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_. -]{0,98}[\p{L}\p{M}\p{N}_-])?$/u;

/** Two names that look the same must be one: nothing in them is invisible, and pages show several spaces as one. */
const lookAlikes = /\p{Default_Ignorable_Code_Point}| {2}/u;

/** The name that a file of a plugin gives it: its own without `.py`. */
export function toPluginName(fileName: string): string | undefined {
  const name = /^(.*)\.py$/i.exec(fileName)?.[1]?.normalize("NFC");
  if (name === undefined || !pluginNameForm.test(name)) return undefined;
  return lookAlikes.test(name) || name.includes("..") ? undefined : name;
}
