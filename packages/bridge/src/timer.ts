/** The longest that a timer of JavaScript can wait; one that is set for longer ends at once. */
export const maxTimerMs = 2 ** 31 - 1;
