import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A loopback hub that speaks the sync protocol and hands every account everything it holds, whatever its role: the worst case
 * of a careless platform. What is missing in a payload behind it is missing because core refuses it.
 */
export const seats = ['hr', 'headhunter', 'interviewer', 'admin', 'officer', 'unverified'] as const
export type HubSeat = (typeof seats)[number]
export const accountOf = (seat: HubSeat): string => `acc-${seat}`

export type HubChange = Readonly<Record<string, unknown>>
export type GenerousHub = {
  readonly url: string
  /** Adds changes behind those that are there; the next sync of everybody gets them. */
  put(...changes: readonly HubChange[]): void
  /** What it says of an account from now on, over what it said before; `undefined` takes a part away. */
  say(seat: HubSeat, more: Readonly<Record<string, unknown>>): void
  /** Items of outboxes that it has taken. */
  readonly sent: ReadonlyArray<{ readonly id: string; readonly kind: string; readonly body: unknown }>
  /** Breaks every line until told otherwise. */
  down: boolean
  /** Answers outboxes without a word about their items. */
  silent: boolean
  /** Takes outboxes and breaks the line before it has answered. */
  cutAnswers: boolean
  /** What it answers to items of a kind; takes them where nothing else is said. */
  readonly refuses: Map<string, string>
  /** Rows of other devices' logs, newest first. */
  readonly logRows: Array<Readonly<Record<string, unknown>>>
  /** Bytes of an attachment; gives what its change says of them. */
  putFile(id: string, text: string): { readonly size: number; readonly sha256: string }
  close(): Promise<void>
}

const far = '2099-12-31'
const employer = { id: 'emp-1', name: '北辰科技' }
const agency = { id: 'agency-1', name: '南斗猎头' }

const meOf = (seat: HubSeat): Record<string, unknown> => {
  const verified = seat !== 'unverified'
  return {
    id: accountOf(seat),
    name: seat,
    role: verified ? seat : 'hr',
    employer,
    verification: { real_name: verified, employment: verified, caller: verified },
    status: 'active',
    quotas: { reveal_per_day: 1_000_000, download_per_day: 1_000_000 },
    officer_named: true,
    confidentiality_at: new Date(Date.now() - 86_400_000).toISOString(),
    entitlements: ['zhaopin', 'lagou', 'wanzhou', 'maimai'].map((platform) => ({
      kind: 'recruiting',
      platform,
      until: `${far}T00:00:00Z`,
    })),
    ...(seat === 'headhunter' ? { licence_until: far, agency } : {}),
  }
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

const send = (response: ServerResponse, status: number, body: unknown): void => {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}

const sendFile = (request: IncomingMessage, response: ServerResponse, bytes: Buffer, sha256: string): void => {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const from = Number(range?.[1] ?? 0)
  const piece = bytes.subarray(from, range === null ? bytes.length : Number(range[2]) + 1)
  response
    .writeHead(range === null ? 200 : 206, {
      etag: `"${sha256}"`,
      ...(range === null ? {} : { 'content-range': `bytes ${from}-${from + piece.length - 1}/${bytes.length}` }),
    })
    .end(piece)
}

const seatOf = (text: string | undefined): HubSeat | undefined => seats.find((seat) => seat === text)

export const startGenerousHub = async (): Promise<GenerousHub> => {
  const changes: HubChange[] = []
  const said = new Map<HubSeat, Record<string, unknown>>(seats.map((seat) => [seat, meOf(seat)]))
  const logRows: Array<Readonly<Record<string, unknown>>> = []
  const sent: Array<{ readonly id: string; readonly kind: string; readonly body: unknown }> = []
  const refuses = new Map<string, string>()
  const line = { down: false, silent: false, cutAnswers: false }
  const files = new Map<string, { readonly bytes: Buffer; readonly sha256: string }>()

  const answerToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await readBody(request))
    const seat = seatOf(form.get('username') ?? form.get('refresh_token')?.replace(/^refresh-/, ''))
    if (seat === undefined) return send(response, 400, { error: 'invalid_grant', code: 'invalid_grant' })
    send(response, 200, {
      access_token: `access-${seat}`,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: `refresh-${seat}`,
    })
  }

  const answerChanges = (response: ServerResponse, query: URLSearchParams): void => {
    const from = Number(query.get('cursor') ?? 0)
    const to = Math.min(from + Number(query.get('limit') ?? 500), changes.length)
    send(response, 200, {
      changes: changes.slice(from, to),
      next_cursor: String(to),
      has_more: to < changes.length,
      server_time: new Date().toISOString(),
    })
  }

  const answerOutbox = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { items } = JSON.parse(await readBody(request)) as {
      readonly items: ReadonlyArray<{ readonly id: string; readonly kind: string; readonly body: unknown }>
    }
    if (line.silent) return send(response, 200, { results: [] })
    const results = items.map(({ id, kind, body }) => {
      const code = refuses.get(kind)
      if (code !== undefined) return { id, status: 'rejected', code }
      sent.push({ id, kind, body })
      return { id, status: 'accepted' }
    })
    if (line.cutAnswers) {
      response.destroy()
      return
    }
    send(response, 200, { results })
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const route = `${request.method} ${url.pathname}`
    if (route === 'GET /.well-known/candor') {
      return send(response, 200, {
        protocol: '1',
        name: 'generous',
        platform: 'hub',
        auth: ['password'],
        time: new Date().toISOString(),
        keys: [],
      })
    }
    if (route === 'POST /v1/oauth/token') return answerToken(request, response)
    if (route === 'POST /v1/oauth/revoke') return send(response, 200, {})
    const seat = seatOf(/^Bearer access-(\w+)$/.exec(request.headers.authorization ?? '')?.[1])
    if (seat === undefined) return send(response, 401, { code: 'unauthorized' })
    if (route === 'GET /v1/me') return send(response, 200, said.get(seat))
    // A look with a stated reason is told by the account's own answer (D17).
    if (route === 'POST /v1/content-looks') {
      const asked = JSON.parse(await readBody(request)) as object
      const me = said.get(seat) ?? {}
      const looks = (me['looks'] ?? []) as object[]
      const until = new Date(Date.now() + 3_600_000).toISOString()
      said.set(seat, { ...me, looks: [...looks, { id: `look-${looks.length}`, ...asked, until }] })
      return send(response, 201, {})
    }
    if (route.startsWith('PUT /v1/devices/')) return send(response, 200, {})
    if (route === 'GET /v1/ledger') return send(response, 200, { rows: logRows })
    if (route === 'GET /v1/changes') return answerChanges(response, url.searchParams)
    if (route === 'POST /v1/outbox') return answerOutbox(request, response)
    const file = route.startsWith('GET /v1/attachments/')
      ? files.get(decodeURIComponent(url.pathname.slice('/v1/attachments/'.length)))
      : undefined
    if (file !== undefined) return sendFile(request, response, file.bytes, file.sha256)
    send(response, 404, { code: 'not_found' })
  }

  const server = createServer((request, response) => {
    if (line.down) {
      response.destroy()
      return
    }
    answer(request, response).catch(() => {
      response.destroy()
    })
  })
  // Tests keep this thread busy for longer than the usual five seconds; a line that ends meanwhile is no part of them.
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (...more) => void changes.push(...more),
    say: (seat, more) => void said.set(seat, { ...said.get(seat), ...more }),
    sent,
    logRows,
    refuses,
    get down() {
      return line.down
    },
    set down(down) {
      line.down = down
    },
    get silent() {
      return line.silent
    },
    set silent(silent) {
      line.silent = silent
    },
    get cutAnswers() {
      return line.cutAnswers
    },
    set cutAnswers(cut) {
      line.cutAnswers = cut
    },
    putFile: (id, text) => {
      const bytes = Buffer.from(text)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      files.set(id, { bytes, sha256 })
      return { size: bytes.length, sha256 }
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
