import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const listening = z.object({
  kind: z.literal('listening'),
  url: z.string(),
  accounts: z.array(z.object({ name: z.string(), password: z.string(), role: z.string() })),
})

export type BenchHub = {
  readonly url: string
  readonly hr: { readonly name: string; readonly password: string }
  stop(): Promise<void>
}

/** The real hub in a process of its own, with its embedded database and this many invented candidates. */
export const startBenchHub = async (home: string, candidates: number): Promise<BenchHub> => {
  const entry = fileURLToPath(new URL('../../electron/hub/main.ts', import.meta.url))
  const child = fork(entry, ['--seed', String(candidates)], {
    env: { PATH: process.env['PATH'], CANDOR_HUB_HOME: home },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the hub ended with ${String(code)}`)))
  died.catch(() => undefined)
  const [message] = (await Promise.race([once(child, 'message'), died])) as [unknown]
  const { url, accounts } = listening.parse(message)
  const hr = accounts.find(({ role }) => role === 'hr')
  if (hr === undefined) throw new Error('the hub has no account')
  return {
    url,
    hr,
    stop: async () => {
      const gone = once(child, 'exit')
      child.send({ kind: 'stop' })
      await gone
    },
  }
}
