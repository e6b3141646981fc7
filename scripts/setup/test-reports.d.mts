export type Outcome = { readonly title: string; readonly state: 'passed' | 'failed' | 'skipped' }

export declare const vitestOutcomes: (file: string) => Outcome[]
export declare const playwrightOutcomes: (file: string) => Outcome[]
export declare const clausesReport: (outcomes: readonly Outcome[]) => { tests: { title: string; ok: boolean }[] }
export declare const summary: (outcomes: readonly Outcome[]) => { passed: number; failed: number; skipped: number }
