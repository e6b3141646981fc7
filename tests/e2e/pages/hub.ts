import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../fixtures/runtime.ts'

export type Hub = {
  readonly url: string
  readonly account: string
  readonly password: string
  readonly accounts: ReadonlyArray<{ readonly name: string; readonly password: string }>
  /** Ends at once, as when the machine it runs on fails. */
  kill(): Promise<void>
}

type Message = { readonly url: string; readonly accounts: ReadonlyArray<{ name: string; password: string }> }

/** Puts records into a sandbox's hub as its platform would. */
export const putRecords = async (
  { url, account, password }: Pick<Hub, 'url' | 'account' | 'password'>,
  records: ReadonlyArray<{ readonly type: string; readonly id: string; readonly data: object }>,
): Promise<void> => {
  const form = new URLSearchParams({ grant_type: 'password', username: account, password })
  const token = (await (await fetch(`${url}/v1/oauth/token`, { method: 'POST', body: form })).json()) as {
    readonly access_token: string
  }
  const answer = await fetch(`${url}/sandbox/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ records }),
  })
  if (!answer.ok) throw new Error(`the hub answered ${answer.status}`)
}

/** The real hub in a process of its own; on the same folder it comes back with its port and its data. */
export const startHub = async (folder: string, candidates: number, more: readonly string[] = []): Promise<Hub> => {
  const child = fork(join(root, 'electron', 'hub', 'main.ts'), ['--seed', String(candidates), ...more], {
    env: { PATH: process.env['PATH'], CANDOR_HUB_HOME: folder },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the hub ended with ${String(code)}`)))
  died.catch(() => undefined)
  const [message] = (await Promise.race([once(child, 'message'), died])) as [Message]
  const [hr] = message.accounts
  if (hr === undefined) throw new Error('the hub has no account')
  return {
    url: message.url,
    account: hr.name,
    password: hr.password,
    accounts: message.accounts,
    kill: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
