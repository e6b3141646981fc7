export type ClauseReport = {
  readonly clauses: readonly {
    readonly id: string
    readonly importance: string
    readonly rule: string
    readonly tests: readonly string[]
    readonly pass: boolean
  }[]
}

/** Every clause with the tests that name it; `testReport` defaults to `<project>/test-results/clauses-report.json`. */
export declare function listClauses(options: {
  readonly resourcesDir: string
  readonly testReport?: string
}): ClauseReport
