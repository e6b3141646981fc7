import { spawn } from 'node:child_process'
import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { actor, openTestLedger, view } from './ledger-fixture.ts'

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-ledger-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe('entries that waited in a store', () => {
  it('are moved once, however often they are brought', () => {
    const { ledger, reopen } = openTestLedger()
    const waiting = ledger.prepareEntries(
      actor,
      ['a', 'b', 'c'].map((id) => view(id, { action: 'stage', outcome: 'done' })),
    )
    expect(ledger.size()).toBe(0)
    expect(ledger.appendCanonical(waiting.slice(0, 2)).map(({ i }) => i)).toEqual([0, 1])
    expect(ledger.appendCanonical(waiting).map(({ i }) => i)).toEqual([2])
    expect(reopen().appendCanonical(waiting)).toEqual([])
    const { items } = ledger.list({ limit: 10 })
    expect(items.map(({ canonical }) => canonical)).toEqual(waiting.map(({ canonical }) => canonical).toReversed())
    expect(ledger.list({ subject: { platform: 'zhaopin', id: 'b' }, limit: 10 }).items.map(({ i }) => i)).toEqual([1])
  })

  it('are refused when they are not canonical entries', () => {
    const { ledger } = openTestLedger()
    const [waiting] = ledger.prepareEntries(actor, [view('a')])
    const { nonce, canonical } = waiting!
    for (const changed of [
      canonical.replace('{', '{ '),
      canonical.replace('"v":1', '"v":2'),
      canonical.replace('"v":1', '"name":"x","v":1'),
      canonical.replace('"job-1"', '"13800138000"'),
      canonical.replace(nonce, 'AAAA'),
    ]) {
      expect(() => ledger.appendCanonical([{ nonce, canonical: changed }])).toThrow(
        expect.objectContaining({ code: 'E_LEDGER' }),
      )
    }
    expect(ledger.size()).toBe(0)
  })
})

describe('a write that does not come through', () => {
  it('leaves neither entry nor node, and the next one goes on from there', () => {
    const { ledger, db, file } = openTestLedger()
    ledger.append(
      actor,
      Array.from({ length: 7 }, () => view('a')),
    )
    const root = ledger.root()
    file.connection.exec("CREATE TRIGGER broken BEFORE INSERT ON node BEGIN SELECT RAISE(ABORT, 'no'); END")
    expect(() => ledger.append(actor, [view('a'), view('b')])).toThrow(expect.objectContaining({ code: 'E_LEDGER' }))
    file.connection.exec('DROP TRIGGER broken')
    expect(ledger.size()).toBe(7)
    expect(ledger.root()).toEqual(root)
    // The same when somebody's transaction around it is rolled back after the append had come back.
    expect(() =>
      db.transaction(() => {
        ledger.append(actor, [view('a'), view('b')])
        throw new Error('rolled back')
      }),
    ).toThrow('rolled back')
    expect(ledger.size()).toBe(7)
    ledger.append(actor, [view('c'), view('d')])
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: 9 })
  })

  it('also leaves nothing when it was the first of a month', () => {
    const { ledger, db, clock } = openTestLedger()
    for (const wait of [0, 40 * 86_400_000]) {
      clock.at += wait
      expect(() =>
        db.transaction(() => {
          ledger.append(actor, [view('a')])
          throw new Error('rolled back')
        }),
      ).toThrow('rolled back')
      ledger.append(actor, [view('a')])
    }
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: 2 })
  })

  it('says E_DISK when there is no room, and keeps what was there', () => {
    const { ledger, file } = openTestLedger({ path: join(newFolder(), 'ledger.db'), key: new Uint8Array(32).fill(1) })
    ledger.append(actor, [view('a')])
    const pages = file.connection.pragma('page_count', { simple: true }) as number
    file.connection.pragma(`max_page_count = ${pages}`)
    const many = Array.from({ length: 500 }, (_, index) => view(`c${index}`))
    expect(() => ledger.append(actor, many)).toThrow(expect.objectContaining({ code: 'E_DISK' }))
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: 1 })
    file.connection.pragma('max_page_count = 1000000')
    ledger.append(actor, many)
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: 501 })
    file.close()
  })

  it('is never acknowledged: what a killed process had acknowledged is there, whole', async () => {
    const path = join(newFolder(), 'ledger.db')
    const fixture = new URL('./ledger-fixture.ts', import.meta.url).href
    const program = `
      const { openTestLedger, actor, view } = await import(${JSON.stringify(fixture)})
      const { ledger } = openTestLedger({ path: ${JSON.stringify(path)}, key: new Uint8Array(32).fill(1) })
      for (;;) {
        ledger.append(actor, Array.from({ length: 20 }, (_, index) => view('c' + index)))
        process.stdout.write(ledger.size() + '\\n')
      }`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let acknowledged = ''
    for await (const chunk of child.stdout) {
      acknowledged += String(chunk)
      if (acknowledged.split('\n').length > 30) child.kill('SIGKILL')
    }
    const last = Number(acknowledged.slice(0, acknowledged.lastIndexOf('\n')).split('\n').at(-1))
    const { ledger, file } = openTestLedger({ path, key: new Uint8Array(32).fill(1) })
    expect(last).toBeGreaterThan(500)
    expect(ledger.size()).toBeGreaterThanOrEqual(last)
    expect(ledger.size() % 20).toBe(0)
    expect(ledger.verifySelf()).toMatchObject({ verdict: 'valid', size: ledger.size() })
    file.close()
  })
})
