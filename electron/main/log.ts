/** Facts for the person who looks for a fault: names of steps, counts, codes, milliseconds. Never a candidate's data. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>
export type Log = (step: string, facts?: LogFacts) => void

/** One line on standard error, written with `CANDOR_DEBUG=1` only; nothing is kept in a file. */
export const createLog =
  (enabled: boolean): Log =>
  (step, facts = {}) => {
    if (enabled) process.stderr.write(`candor main: ${step} ${JSON.stringify(facts)}\n`)
  }
