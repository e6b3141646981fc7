import { describe, expect, it } from 'vitest'
import { checkStore, type StoreCheck } from '../../electron/core/cli/check-store.ts'
import { insertTombstone } from '../../electron/core/ledger/tombstones.ts'
import { day, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

/** What is wrong, as `candor store check --deep` says it. */
const faults = async (home: RetentionHome): Promise<string[]> =>
  (await checkStore(home.core, true)).checks
    .filter((one: StoreCheck) => !one.ok)
    .map(({ what, found }) => `${what}: ${found}`)

const filled = async (): Promise<RetentionHome> => {
  const home = await retentionHome()
  const job = await home.newJob()
  for (const name of ['林若曦', '赵无忌']) await home.intake(job, { name })
  await home.core.account?.indexer.settle()
  await home.call('job.set_status', { id: await goneJob(home), status: 'closed' })
  home.passDays(7)
  await home.runDue()
  return home
}

const goneJob = async (home: RetentionHome) => {
  const job = await home.newJob('关闭的')
  await home.intake(job, { name: '已销毁' })
  return job
}

const stores = (home: RetentionHome) => {
  const { account, vault } = home.core
  if (account === null || vault === null) throw new Error('nobody is signed in')
  return { store: account.store.db, index: account.index.db, vault }
}

describe('the check of a store', () => {
  it('finds nothing in a home in which people came and went', async () => {
    const home = await filled()
    expect(await home.certificates()).toHaveLength(1)
    expect(await faults(home)).toEqual([])
  })

  it.each<[string, (home: RetentionHome) => void, string]>([
    [
      'a key that is gone though its row is here',
      (home) => {
        const slot = stores(home).store.get<{ key_slot: string }>('SELECT key_slot FROM candidate')?.key_slot
        stores(home).vault.keystore.destroy(slot ?? '')
      },
      'hr keys: 1 row without a key',
    ],
    [
      'a key that nothing needs',
      (home) => void stores(home).vault.keystore.create('application'),
      'keys: 1 keys without a row',
    ],
    [
      'a row whose parent is gone',
      (home) => {
        const { store } = stores(home)
        const { connection } = home.core.account?.store ?? { connection: undefined }
        connection?.pragma('foreign_keys = OFF')
        store.run("UPDATE application SET record_id = 'nobody' WHERE id = (SELECT min(id) FROM application)")
        connection?.pragma('foreign_keys = ON')
      },
      'hr store.db parents: 1 row without its parent',
    ],
    [
      'somebody in the index whom the store does not know',
      (home) => void stores(home).index.run("UPDATE list_row SET record_id = 'nobody' WHERE id = 1"),
      'hr index.db people: 1 row of nobody',
    ],
    [
      'somebody who was destroyed and is here all the same',
      (home) => {
        const { store, vault } = stores(home)
        const person = store.get<{ platform: string; id: string }>('SELECT platform, platform_id AS id FROM candidate')
        const at = home.core.clock.now()
        insertTombstone(vault.ledgerDb.db, vault.keys.tombstoneKey(), person ?? { platform: '', id: '' }, {
          destroyedAt: at,
          reason: 'requested',
          clause: 'ZP-84',
          evidenceBefore: at,
          until: at + 366 * day,
        })
      },
      'hr tombstones: 1 destroyed people',
    ],
    [
      'a certificate that somebody changed',
      (home) =>
        void stores(home).vault.ledgerDb.db.run(
          `UPDATE certificate SET json = replace(json, '"left_behind":0', '"left_behind":1')`,
        ),
      'certificates: 1 certificates that do not hold',
    ],
  ])('finds %s', async (_, damage, said) => {
    const home = await filled()
    damage(home)
    expect(await faults(home)).toContain(said)
  })
})
