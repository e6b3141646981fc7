import { closeSync, mkdirSync, openSync, ftruncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { candorProcess } from '../helpers/candor-process.ts'
import { newLocalHome, openCoreHome, passphrase } from '../helpers/core-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The attack: the power goes while a folder is being taken in, with the real parser process. */
it('a run that was killed loses nothing and takes nothing twice when it goes on', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder()
  const first = await newLocalHome(folder)
  const { id: job } = await first.call('job.create', { title: '数据工程师' })
  await first.stop('quit')
  const files = join(folder, 'files')
  mkdirSync(files)
  const many = 60
  for (let n = 0; n < many; n += 1) {
    const text = [
      '欧阳修远',
      '性别：男 | 出生年月：1990年5月 | 现居城市：杭州',
      `电话：139${String(10_000_000 + n)}`,
      '求职意向：数据工程师',
      '工作经历',
      '2015.07 - 2024.06 某科技有限公司 数据工程师',
      '教育经历',
      '2008.09 - 2012.06 某大学 计算机科学 本科',
    ].join('\n')
    writeFileSync(join(files, `${String(n).padStart(3, '0')}.txt`), text)
  }
  const huge = openSync(join(files, '006-huge.pdf'), 'w')
  ftruncateSync(huge, 31 * 1024 * 1024)
  closeSync(huge)
  const { home } = first
  const lastRun = async () => {
    const { out } = await candorProcess(home, ['intake-runs', 'list'])
    return (JSON.parse(out) as { items: Array<{ id: string; state: string; read: number }> }).items[0]
  }
  // Until it dies inside: after its first file and before its last.
  let run: Awaited<ReturnType<typeof lastRun>>
  for (let wait = 1200; run === undefined || run.read === 0; wait += 250) {
    const child = await candorProcess(home, ['intake', files, '--job', job], { killAfter: wait })
    expect(child.signal).toBe('SIGKILL')
    run = await lastRun()
  }
  expect(run).toMatchObject({ state: 'interrupted' })
  expect(run.read).toBeLessThan(many)
  const crashed = await candorProcess(home, ['intake', files, '--job', job, '--resume', run.id], {
    crashAt: 'intake.rows',
  })
  expect(crashed.signal).toBe('SIGKILL')
  const whole = await candorProcess(home, ['intake', files, '--job', job, '--resume', run.id])
  expect(whole.code).toBe(0)
  expect(JSON.parse(whole.out)).toMatchObject({
    run: {
      id: run.id,
      state: 'done',
      read: many + 1,
      counts: { imported: many, merged: 0, quarantined: 0, refused: 1 },
    },
  })
  const opened = openCoreHome(home)
  await opened.call('vault.unlock', { passphrase })
  await opened.call('account.resume', { id: 'local' as never })
  const count = (sql: string) =>
    opened.core.account?.store.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n
  expect([count('candidate'), count('(SELECT DISTINCT sha256 FROM attachment)'), count('attachment')]).toEqual([
    many,
    many,
    many,
  ])
  expect(
    (await opened.call('intake.run', { id: run.id, limit: 500 })).items.filter(({ reason }) => reason === 'too_large'),
  ).toHaveLength(1)
  expect(await checkStore(opened.core, true)).toMatchObject({ ok: true })
  await opened.stop('quit')
})

it('the commands of watched folders take in what lies there', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const first = await newLocalHome(folder)
  const { id: job } = await first.call('job.create', { title: '数据工程师' })
  await first.stop('quit')
  const files = join(folder, 'files')
  mkdirSync(files)
  writeFileSync(join(files, 'a.bin'), Buffer.from('4d5a900003000000', 'hex'))
  const done = async (...words: string[]) => {
    const { out, code } = await candorProcess(first.home, words)
    expect([words[1], code]).toEqual([words[1], 0])
    return JSON.parse(out) as { readonly id: string; readonly items: readonly object[]; readonly read: number }
  }
  const origin = ['--source', 'fair', '--origin', '秋季招聘会']
  const { id } = await done('folders', 'add', '--folder', files, '--job', job, ...origin)
  expect((await done('folders', 'list')).items).toMatchObject([{ id, path: files, source: 'fair' }])
  expect((await done('folders', 'look')).read).toBe(1)
  expect((await done('intake-runs', 'list')).items[0]).toMatchObject({ way: 'folder', counts: { quarantined: 1 } })
  await done('folders', 'remove', id)
  expect((await done('folders', 'list')).items).toEqual([])
})
