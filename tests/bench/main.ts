import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Result } from './figures.ts'
import { ledgerBench } from './ledger-bench.ts'
import { listBench } from './list-bench.ts'
import { loadBench } from './load-bench.ts'
import { maskingBench } from './masking-bench.ts'
import { parserBench } from './parser-bench.ts'
import { openPlace, type BenchContext } from './place.ts'
import { syncBench } from './sync-bench.ts'
import { viewerBench } from './viewer-bench.ts'
import { workbenchBench } from './workbench-bench.ts'

/**
 * `npm run bench [-- --json FILE] [-- --only ID,…] [-- --scale 1m] [-- --people 100k] [-- --workstations 500]`: the figures of docs/performance.md. A missed target is printed and is no
 * failure of the run: what counts is the trend on one machine.
 */
type Bench = {
  readonly ids: readonly string[]
  readonly run: (context: BenchContext) => Result[] | Promise<Result[]>
}

const benches: readonly Bench[] = [
  { ids: ['P11'], run: maskingBench },
  { ids: ['P14', 'P16'], run: parserBench },
  { ids: ['P18'], run: viewerBench },
  { ids: ['P7', 'P8'], run: ledgerBench },
  { ids: ['P4'], run: syncBench },
  { ids: ['P17'], run: loadBench },
  { ids: ['P2', 'P9', 'P15'], run: workbenchBench },
  { ids: ['P1', 'P2', 'P3', 'P5', 'P9', 'P10', 'P12'], run: listBench },
]

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    scale: { type: 'string' },
    people: { type: 'string' },
    workstations: { type: 'string' },
  },
})
const wanted = values.only?.split(',')
/** `300k`, `1m`, or the number itself. */
const numberOf = (option: string, text: string): number => {
  const [, number = '', unit = ''] = /^(\d+)([km]?)$/i.exec(text) ?? []
  if (number === '') throw new Error(`--${option} takes a number: 100000, 300k, 1m`)
  return Number(number) * { '': 1, k: 1000, m: 1_000_000 }[unit.toLowerCase() as '' | 'k' | 'm']
}
const scale = numberOf('scale', values.scale ?? '100k')
const people = numberOf('people', values.people ?? '20k')
const workstations = numberOf('workstations', values.workstations ?? '25')
const wants = (...ids: readonly string[]): boolean => wanted === undefined || ids.some((id) => wanted.includes(id))
const place = openPlace()
const results: Result[] = []
process.once('exit', () => {
  place.remove()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
for (const { ids, run } of benches) {
  if (!wants(...ids)) continue
  for (const result of await run({
    place,
    note: (text) => print(`      ${text}`),
    scale,
    people,
    workstations,
    wants,
  })) {
    if (wanted !== undefined && !wanted.includes(result.id)) continue
    const { id, what, target, figure, ok } = result
    results.push(result)
    print(`${id.padEnd(4)}  ${ok ? 'ok    ' : 'missed'}  ${target.padEnd(7)} ${String(figure).padStart(8)}  ${what}`)
  }
}
print(`${results.filter(({ ok }) => ok).length} of ${results.length} targets met`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ results }, null, 2)}\n`)
