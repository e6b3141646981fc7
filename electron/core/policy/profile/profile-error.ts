/** One fault of a profile file. `line` counts from 1. */
export type ProfileProblem = {
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly message: string
}

/** A profile that must not be used; names file, line and rule of every fault. */
export class ProfileError extends Error {
  readonly problems: readonly ProfileProblem[]

  constructor(problems: readonly ProfileProblem[]) {
    super(problems.map(({ file, line, rule, message }) => `${file}:${line}: [${rule}] ${message}`).join('\n'))
    this.name = 'ProfileError'
    this.problems = problems
  }
}
