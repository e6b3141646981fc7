#!/usr/bin/env node
// npm run nightly: the sweeps that `npm test` repeats a few times only, at their full counts, then the benchmarks at their
// largest. Takes hours, not minutes.
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { modules, node24 } from './setup/paths.mjs'
import { main, run } from './setup/run-process.mjs'

const sweeps = [
  'tests/security/mutated-files.exploit.test.ts',
  'tests/integration/sync.test.ts',
  'tests/integration/retention-kill.test.ts',
  'tests/integration/backup-crash.test.ts',
  'tests/integration/mailbox-kill.test.ts',
  'tests/security/erasure-mutations.exploit.test.ts',
  'tests/unit/core/search/recall.test.ts',
  'tests/security/no-personal-data.exploit.test.ts',
  'tests/integration/hub-isolation.test.ts',
  'tests/security/viewer-redaction.exploit.test.ts',
]

/** A target that is missed is printed; only what breaks counts as a failure. */
const benches = [
  ['--scale', '1m', '--workstations', '500'],
  ['--window', '100000'],
]

await main(async () => {
  await setUp({ forTests: true })
  const { code } = await run(
    node24,
    [join(modules, 'vitest', 'vitest.mjs'), 'run', '--testTimeout=36000000', ...sweeps],
    {
      env: {
        CANDOR_HOSTILE_FILES: '20000',
        CANDOR_KILLS: '300',
        CANDOR_MUTATIONS: '0',
        CANDOR_BACKUP_KILLS: '0',
        CANDOR_SEARCH_QUERIES: '100000',
        CANDOR_MAILS: '2000',
        CANDOR_MAIL_KILLS: '40',
        CANDOR_LOG_ENTRIES: '1000000',
        CANDOR_ISOLATION_RUNS: '5000',
        CANDOR_POISON: '12',
        CANDOR_VIEWER_FILES: '420',
      },
    },
  )
  const codes = [code]
  for (const args of benches) codes.push((await run(node24, [join('scripts', 'bench.mjs'), ...args])).code)
  return codes.find((one) => one !== 0) ?? 0
})
