import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { me, mfaGrant, problem, tokenAnswer, totpEnrolment } from '../../electron/shared/domain/sync-records.ts'
import { authenticator } from '../helpers/authenticator.ts'
import { hubClient, pullAll } from '../helpers/hub-client.ts'
import { joinPassword } from '../helpers/hub-people.ts'

const entry = fileURLToPath(new URL('../../electron/hub/main.ts', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'candor-hub-'))
const env = { PATH: process.env['PATH'], CANDOR_HUB_HOME: home }
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Lines of stdout until the one that ends them. */
const linesUntil = async (child: ChildProcess, last: RegExp): Promise<string[]> => {
  if (child.stdout === null) throw new Error('no stdout')
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (last.test(line)) break
  }
  return lines
}

const listening = z.object({
  kind: z.literal('listening'),
  url: z.string(),
  accounts: z.array(z.object({ name: z.string(), password: z.string(), role: z.string() })),
})

describe('the hub as a process', () => {
  it('prints where it listens and the accounts, keeps port and data over a restart, obeys its parent', async () => {
    const first = spawn(process.execPath, [entry, '--seed', '12'], { env })
    const lines = await linesUntil(first, /unverified@sandbox/)
    const url = /^hub listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? '')?.[1] ?? ''
    const accounts = lines.slice(1).map((line) => line.split(' '))
    expect(accounts.map(([word, name, , role]) => `${word} ${name} ${role}`)).toEqual([
      'account hr@sandbox hr',
      'account headhunter@sandbox headhunter',
      'account admin@sandbox admin',
      'account officer@sandbox officer',
      'account interviewer@sandbox interviewer',
      'account unverified@sandbox hr',
    ])
    const client = await hubClient(url).signIn('hr@sandbox', accounts[0]?.[2] ?? '')
    const before = (await pullAll(client)).changes
    first.kill('SIGTERM')
    expect((await once(first, 'exit'))[0]).toBe(0)

    const second = fork(entry, ['--seed', '12'], {
      env: { ...env, CANDOR_CLOCK_OFFSET: '86400' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const message = listening.parse((await once(second, 'message'))[0])
    expect(message.url).toBe(url)
    expect(Number(readFileSync(join(home, 'port'), 'utf8'))).toBe(Number(new URL(url).port))
    // The session of before still holds, and so do the candidates' keys.
    expect((await pullAll(client)).changes).toEqual(before)
    const ahead = async (): Promise<number> => {
      const { headers } = await client.call('GET', '/v1/me')
      return Math.round((Date.parse(headers.get('date') ?? '') - Date.now()) / 86_400_000)
    }
    expect(await ahead()).toBe(1)
    // Two engines on one database would ruin it.
    const third = spawn(process.execPath, [entry], { env })
    expect((await once(third, 'exit'))[0]).toBe(1)
    second.send({ kind: 'clock_offset', seconds: 10 * 86_400 })
    await expect.poll(ahead).toBe(10)
    second.send({ kind: 'stop' })
    expect((await once(second, 'exit'))[0]).toBe(0)
  })

  it('founds an employer for real people: the first administrator is vouched for, and everybody else is invited', async () => {
    const own = mkdtempSync(join(tmpdir(), 'candor-hub-'))
    const args = [entry, '--new-employer', '远帆科技']
    const first = spawn(process.execPath, args, { env: { ...env, CANDOR_HUB_HOME: own } })
    const lines = await linesUntil(first, /^invitation /)
    const client = hubClient(/^hub listening on (\S+)$/.exec(lines[0] ?? '')?.[1] ?? '')
    const path = new URL(lines.at(-1)?.split(' ')[1] ?? '').pathname
    const form = { name: '许一', login: 'first@yuanfan', password: joinPassword }
    expect((await client.call('POST', path, { form })).status).toBe(200)
    expect((await client.call('POST', `${path}/consent`, { form: {} })).status).toBe(200)
    const credentials = { grant_type: 'password', username: form.login, password: form.password }
    const asked = await client.call('POST', '/v1/oauth/token', { form: credentials })
    expect(asked.code).toBe('mfa_enrolment_required')
    const { mfa_token = '' } = asked.as(problem)
    const begun = await client.call('POST', '/v1/oauth/mfa/enrolment', { form: { mfa_token } })
    const code = authenticator(begun.as(totpEnrolment).secret).next()
    const entered = await client.call('POST', '/v1/oauth/token', { form: { grant_type: mfaGrant, mfa_token, code } })
    const admin = client.withToken(entered.as(tokenAnswer).access_token)
    const known = (await admin.call('GET', '/v1/me')).as(me)
    expect(known).toMatchObject({ role: 'admin', officer_named: false, employer: { name: '远帆科技' } })
    expect(known.verification).toMatchObject({ real_name: true, employment: true })
    first.kill('SIGTERM')
    await once(first, 'exit')

    const second = spawn(process.execPath, args, { env: { ...env, CANDOR_HUB_HOME: own } })
    const words: string[] = []
    second.stderr.on('data', (data: Buffer) => words.push(String(data)))
    expect((await once(second, 'close'))[0]).toBe(1)
    expect(words.join('')).toContain('administrators invite')
    rmSync(own, { recursive: true, force: true })
  })

  it('names wrong usage with its exit code', async () => {
    const child = spawn(process.execPath, [entry, '--seed', 'many'], { env })
    const [code] = await once(child, 'exit')
    expect(code).toBe(2)
  })
})
