import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { candorProcess } from '../helpers/candor-process.ts'
import { openCoreHome, passphrase } from '../helpers/core-home.ts'
import { noDovecot, startDovecot, type Dovecot } from '../helpers/dovecot.ts'
import { resumeMail } from '../fixtures/resume-mail.ts'
import { openMailPlace, settingsFor } from '../helpers/mail-place.ts'
import { sweepCounts } from '../helpers/sweep-counts.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const missing = noDovecot()
if (missing !== undefined) console.warn(`the test that kills a run over a mailbox is skipped: ${missing}`)

/** The attack: core dies and the line breaks at any moment, mails move and are numbered anew; with the real parser process. */
describe.skipIf(missing !== undefined)('a mailbox read by processes that are killed', () => {
  let server: Dovecot
  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(async () => {
    await server?.stop()
  })

  it('[MM-08] loses no mail and takes none twice', { timeout: 3_600_000 }, async () => {
    const mails = sweepCounts.mails
    const client = await server.client()
    await client.mailboxCreate('Second')
    await client.mailboxCreate('Done')
    for (let n = 0; n < mails; n += 1) await client.append(n % 4 === 3 ? 'Second' : 'INBOX', resumeMail(n))
    const folder = temporaryFolder()
    const first = await openMailPlace(folder, server)
    await first.core.call('mailbox.update', {
      id: first.mailbox,
      settings: settingsFor(server, first.job, { folders: ['INBOX', 'Second'], after: 'move', move_to: 'Done' }),
    })
    await first.core.stop('quit')
    const home = join(folder, 'home')
    // Each child starts, reads for a while and dies; how long is spread without a pattern.
    let died = 0
    for (let kill = 1; kill <= sweepCounts.mailKills; kill += 1) {
      const wait = 900 + Math.floor(((kill * 0.618_034) % 1) * Math.max(1500, mails * 12))
      if (kill % 4 === 0) setTimeout(() => void server.cut(), wait / 2)
      const child = await candorProcess(home, ['mailbox', 'sync'], { offset: 0, killAfter: wait })
      if (child.signal === 'SIGKILL') died += 1
      if (kill === 2) {
        // Somebody deletes one that was not read yet or was, and drags some to the other folder.
        const other = await server.client()
        await other.mailboxOpen('INBOX')
        await other.messageMove('1:3', 'Second').catch(() => undefined)
        other.close()
      }
    }
    expect(died).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    // The folder that everything lies in is numbered anew and read once more.
    const opened = openCoreHome(home)
    await opened.call('vault.unlock', { passphrase })
    await opened.call('account.resume', { id: 'local' as never })
    const once = async (): Promise<void> => opened.core.account?.mailboxes.once()
    await once()
    const other = await server.client()
    await other.mailboxRename('Done', 'Moved')
    other.close()
    await opened.call('mailbox.update', {
      id: first.mailbox,
      settings: settingsFor(server, first.job, { folders: ['INBOX', 'Second', 'Moved'] }),
    })
    await once()
    const { items } = await opened.call('mailbox.list', {})
    expect(items[0]?.last_run).toMatchObject({ state: 'done', counts: { imported: 0, merged: mails } })
    const count = (sql: string): number =>
      opened.core.account?.store.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n ?? 0
    expect(count('candidate')).toBe(mails)
    expect(count('(SELECT DISTINCT mail_key FROM mail_copy WHERE record_id IS NOT NULL)')).toBe(mails)
    expect(count('quarantine')).toBe(0)
    const entries = opened.core.vault?.ledger
    expect(entries).toBeDefined()
    expect((await opened.call('ledger.verify', {})).verdict).toBe('valid')
    expect(await checkStore(opened.core, true)).toMatchObject({ ok: true })
    await opened.stop('quit')
    client.close()
  })
})
