/** Where "now" comes from. Time is always passed in; nothing below the processes' entry files reads the system clock. */
export type Clock = {
  /** Milliseconds since 1970 UTC, with the offset of tests and of the sandbox added. */
  now(): number
}
