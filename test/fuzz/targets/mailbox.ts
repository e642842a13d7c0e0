import fc from "fast-check";
import { HostMailbox } from "../../../packages/bridge/src/mailbox/host-mailbox.js";
import {
  createMailboxMemory,
  downBytes,
  layoutOf,
  upBytes,
  word,
} from "../../../packages/bridge/src/mailbox/layout.js";
import { assert } from "../assert.js";
import { valuesTarget } from "../target.js";

/** What somebody in the seat does to the shared words, or the host to its mailbox. */
type Step =
  | { readonly does: "set"; readonly word: number; readonly value: number }
  | { readonly does: "write"; readonly bytes: number }
  | { readonly does: "look" };

const value = fc.oneof(
  fc.constantFrom(0, 1, -1, upBytes, upBytes + 1, downBytes, downBytes + 1, 2 ** 31 - 1, -(2 ** 31)),
  fc.integer({ min: 0, max: 2 * upBytes }),
  fc.integer(),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant("set" as const), word: fc.constantFrom(...Object.values(word)), value }),
  fc.record({
    does: fc.constant("write" as const),
    bytes: fc.constantFrom(0, 1, 100, downBytes, 3 * downBytes),
  }),
  fc.constant({ does: "look" as const }),
);

export const mailboxTarget = valuesTarget<readonly Step[]>({
  name: "mailbox",
  about:
    "Whatever is written into the memory that a seat shares, its host reads no more than a ring, or sees a fault, once.",
  values: fc.array(step, { minLength: 1, maxLength: 30 }),
  open: async () => ({
    check(steps) {
      const memory = createMailboxMemory();
      const { words } = layoutOf(memory);
      let faults = 0;
      const mailbox = new HostMailbox(memory, {
        onBytes(bytes) {
          assert(faults === 0, "bytes were heard after a fault");
          assert(bytes.length > 0 && bytes.length <= upBytes, `${bytes.length} bytes were heard at once`);
        },
        onFault() {
          faults += 1;
        },
        // It looks when it is told to.
        waitAsync: undefined,
      });
      let written = 0;
      for (const one of steps) {
        if (one.does === "set") Atomics.store(words, one.word, one.value);
        else if (one.does === "look") mailbox.look();
        else {
          written += one.bytes;
          mailbox.write([new Uint8Array(one.bytes)]);
        }
        assert(mailbox.unwrittenBytes <= written, "more waits than was written");
      }
      mailbox.close();
      assert(faults <= 1, "a fault was told twice");
      assert(mailbox.unwrittenBytes === 0, "a closed mailbox keeps what nobody will take");
    },
    close() {},
  }),
});
