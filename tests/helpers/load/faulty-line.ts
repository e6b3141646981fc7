import type { FetchLike } from '../../../electron/core/sync/hub-transport.ts'
import type { Random } from '../../../electron/hub/sandbox/random.ts'

/**
 * What a line does to one request. `cut_early` ends it while it is on its way, `cut_late` when the hub has answered, `cut_body`
 * in the middle of the answer; `slow` lets both directions wait; `twice` sends it a second time at the same moment;
 * `reordered` turns a page round, or brings the one before once more.
 */
export const lineFaults = ['cut_early', 'cut_late', 'cut_body', 'slow', 'twice', 'reordered'] as const
export type LineFault = (typeof lineFaults)[number]
export type FaultCounts = Record<LineFault, number>

export type FaultyLine = {
  readonly fetch: FetchLike
  /** Nothing goes wrong from now on. */
  mend(): void
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
const cut = (): TypeError => new TypeError('the line was cut')

/** An answer whose body ends with an error after half of it. */
const halfOf = async (answer: Response): Promise<Response> => {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  let sent = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent) controller.error(cut())
      else controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)))
      sent = true
    },
  })
  return new Response(body, { status: answer.status, headers: answer.headers })
}

const isPage = (request: Request, answer: Response): boolean =>
  answer.status === 200 && new URL(request.url).pathname === '/v1/changes'

/**
 * The network between one workstation and the hub: real requests over real connections, with faults by chance.
 * @param share how many of the requests meet one, 0 … 1
 */
export const faultyLine = (random: Random, share: number, counts: FaultCounts): FaultyLine => {
  let before: string | undefined
  let chance = share

  const page = async (request: Request, answer: Response, turned: boolean): Promise<Response> => {
    if (!isPage(request, answer)) return answer
    const text = await answer.text()
    const again = turned && before !== undefined && random.chance(0.3) ? before : undefined
    // Few are kept: five hundred lines would hold half a gigabyte.
    if (again === undefined && random.chance(0.2)) before = text
    const { headers } = answer
    if (again !== undefined) return new Response(again, { headers })
    if (!turned) return new Response(text, { headers })
    const body = JSON.parse(text) as { readonly changes: readonly unknown[] }
    return new Response(JSON.stringify({ ...body, changes: body.changes.toReversed() }), { headers })
  }

  const fetchFaulty: FetchLike = async (input, init) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname
    // Signing in twice with one token would be theft; that is another test's.
    const fault = path.startsWith('/v1/oauth') || !random.chance(chance) ? undefined : random.pick(lineFaults)
    if (fault !== undefined) counts[fault] += 1
    switch (fault) {
      case undefined:
        return page(request, await fetch(request), false)
      case 'cut_early': {
        const ender = new AbortController()
        const timer = setTimeout(() => ender.abort(cut()), random.int(0, 60))
        return fetch(new Request(request, { signal: ender.signal }))
          .then((answer) => answer.arrayBuffer())
          .catch(() => undefined)
          .then(() => {
            clearTimeout(timer)
            throw cut()
          })
      }
      case 'cut_late': {
        const answer = await fetch(request)
        await answer.body?.cancel()
        throw cut()
      }
      case 'cut_body':
        return halfOf(await fetch(request))
      case 'slow': {
        await sleep(random.int(20, 400))
        const answer = await page(request, await fetch(request), false)
        await sleep(random.int(20, 400))
        return answer
      }
      case 'twice': {
        const second = fetch(request.clone())
          .then((answer) => answer.arrayBuffer())
          .catch(() => undefined)
        const [answer] = await Promise.all([fetch(request), second])
        return page(request, answer, false)
      }
      case 'reordered':
        return page(request, await fetch(request), true)
    }
  }
  return {
    fetch: fetchFaulty,
    mend: () => {
      chance = 0
    },
  }
}

export const noFaults = (): FaultCounts => ({ cut_early: 0, cut_late: 0, cut_body: 0, slow: 0, twice: 0, reordered: 0 })
