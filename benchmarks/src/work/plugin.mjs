/** The plugin that every subject runs: parse JSON, add up, answer with JSON. */

export const input = JSON.stringify({
  customer: "Ada",
  items: Array.from({ length: 20 }, (_, index) => ({
    name: `item ${index}`,
    cents: 100 + index,
    count: index % 4,
  })),
});

const expected = { customer: "Ada", total: 3310 };

/** For subjects that only carry an answer. */
export const expectedAnswer = JSON.stringify(expected);

/** Python that finds the input in `text` and leaves its answer in `answer`. */
export const python = `import json
order = json.loads(text)
total = sum(item["cents"] * item["count"] for item in order["items"])
answer = json.dumps({"customer": order["customer"], "total": total})
`;

/** The same in JavaScript: an expression over `text`. */
export const javascript = `(() => {
  const order = JSON.parse(text);
  const total = order.items.reduce((sum, item) => sum + item.cents * item.count, 0);
  return JSON.stringify({ customer: order.customer, total });
})()`;

/**
 * A subject that answers wrong is not measured.
 * @param {string} answer
 */
export function checkAnswer(answer) {
  /** @type {Partial<typeof expected>} */
  let given;
  try {
    given = JSON.parse(answer);
  } catch (cause) {
    throw new Error(`the plugin's answer is not JSON: ${answer.slice(0, 200)}`, { cause });
  }
  if (given.customer !== expected.customer || given.total !== expected.total) {
    throw new Error(`the plugin answered wrong: ${answer.slice(0, 200)}`);
  }
}
