import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Router } from '../router.ts'

const request = z.object({ id: z.union([z.string(), z.number()]), route: z.string(), input: z.unknown().optional() })

/** The window's routes as JSON lines: `{id, route, input}` in, `{id, ok, data|error}` out, in the order of completion. */
export const serveRpc = async (
  router: Router,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> => {
  const pending = new Set<Promise<void>>()
  const answer = (document: unknown): void => void output.write(`${JSON.stringify(document)}\n`)
  const parse = (line: string) => {
    try {
      return request.safeParse(JSON.parse(line))
    } catch {
      return request.safeParse(null)
    }
  }
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const parsed = parse(line)
    if (!parsed.success) {
      answer({ id: null, ok: false, error: { code: 'E_INPUT', message: 'a line is {id, route, input}', data: {} } })
      continue
    }
    const { id, route, input: given } = parsed.data
    const work = router.call(route, given ?? {}).then((result) => answer({ id, ...result }))
    pending.add(work)
    void work.finally(() => pending.delete(work))
  }
  await Promise.all(pending)
}
