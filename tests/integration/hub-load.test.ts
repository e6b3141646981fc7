import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../electron/hub/db/open-database.ts'
import { candidateKeys } from '../../electron/hub/keys/candidate-keys.ts'
import { checkLoad } from '../helpers/load/check-load.ts'
import { startHubUnderLoad } from '../helpers/load/hub-under-load.ts'
import { runLoad } from '../helpers/load/load-run.ts'
import { fillLoadWorld } from '../helpers/load/load-world.ts'
import { postgresBinaries, startPostgres } from '../helpers/postgres-server.ts'

const binaries = postgresBinaries()

describe('many workstations and one hub', () => {
  it.skipIf(binaries === undefined)(
    'loses nothing and does nothing twice on bad lines, killed and restarted in the middle (skipped without a PostgreSQL server)',
    async () => {
      const server = await startPostgres(binaries ?? '')
      const place = { home: mkdtempSync(join(tmpdir(), 'candor-load-')), databaseUrl: server.url }
      try {
        const world = await fillLoadWorld({ workstations: 20, candidates: 1000 }, place)
        const hub = await startHubUnderLoad(place)
        const run = await runLoad({ world, hub, faults: 0.25, intake: 30 })
        await hub.stop()
        const { db } = await openDatabase({ url: server.url, home: undefined }, candidateKeys(new Uint8Array(32)))
        const faults = await checkLoad(db, world, run)
        await db.destroy()
        expect(faults).toEqual({ unsent: [], sums: [], rows: [] })
        // Every fault has happened, so that none of this is by luck.
        for (const [kind, times] of Object.entries(run.faults)) expect(times, kind).toBeGreaterThan(0)
        expect(run.changes).toBeGreaterThan(10_000)
      } finally {
        server.stop()
        rmSync(place.home, { recursive: true, force: true })
      }
    },
    240_000,
  )
})
