import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outboxAnswer } from '../../electron/shared/domain/sync-records.ts'
import { pullAll } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { postgresBinaries, startPostgres } from '../helpers/postgres-server.ts'
import { startSandboxHub } from '../helpers/sandbox-hub.ts'

const binaries = postgresBinaries()

describe('the hub on a PostgreSQL server', () => {
  it.skipIf(binaries === undefined)(
    'runs on the same SQL: seeds, migrates once, syncs, witnesses, destroys (skipped without a PostgreSQL server)',
    async () => {
      const server = await startPostgres(binaries ?? '')
      const home = mkdtempSync(join(tmpdir(), 'candor-hub-pg-'))
      const options = { databaseUrl: server.url, home, seed: 40 }
      try {
        const first = await startSandboxHub(options)
        const before = (await pullAll(await first.signIn('hr'))).changes
        await first.close()
        const hub = await startSandboxHub(options)
        const hr = await hub.signIn('hr')
        expect((await pullAll(hr)).changes).toEqual(before)
        expect(before.filter((one) => one.type === 'candidate').length).toBeGreaterThan(30)
        const device = logDevice('dev-pg', { account: 'acc-hr', role: 'hr' })
        await hr.call('PUT', '/v1/devices/dev-pg', {
          json: { name: 'n', os: 'o', app_version: '1', log_key: device.logKey },
        })
        device.append({ action: 'view', subject: { platform: 'zhaopin', candidate: 'h' } })
        const items = [
          { kind: 'log', body: device.push(0, { h: 'cand-000005' }) },
          { kind: 'note', body: { candidate_id: 'cand-000005', at: '2026-11-20T08:00:00Z', text: '好' } },
        ].map((item) => ({ ...item, id: randomUUID(), at: '2026-11-20T08:00:00Z' }))
        const push = async () => (await hr.call('POST', '/v1/outbox', { json: { items } })).as(outboxAnswer).results
        expect((await push()).map((one) => one.status)).toEqual(['accepted', 'accepted'])
        expect((await push()).map((one) => one.status)).toEqual(['duplicate', 'duplicate'])
        expect((await hr.call('DELETE', '/sandbox/candidates/cand-000005')).status).toBe(204)
        const after = (await pullAll(hr)).changes.filter((one) => one.id === 'cand-000005')
        expect(after.map((one) => one.op)).toEqual(['delete'])
        await hub.close()
      } finally {
        server.stop()
        rmSync(home, { recursive: true, force: true })
      }
    },
  )
})
