import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ModelRequest = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly bytes: Buffer }
type Answering = (response: ServerResponse, request: ModelRequest) => void

/** A loopback endpoint as an enterprise runs one: it keeps the bytes of what it was sent and answers what a test says. */
export type ModelEndpoint = {
  readonly address: string
  readonly requests: readonly ModelRequest[]
  /** What comes next, until something else is said. */
  answer: Answering
  /** What comes next is this text, as a model would write it. */
  say(text: string, more?: Readonly<Record<string, unknown>>): void
  close(): Promise<void>
}

export const completionOf = (content: unknown, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    id: 'c-1',
    object: 'chat.completion',
    model: 'somebody-elses-name',
    choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason: 'stop' }],
  })

const sayNow =
  (text: string, more: Readonly<Record<string, unknown>> = {}): Answering =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(completionOf(text, more))

export const startModelEndpoint = async (): Promise<ModelEndpoint> => {
  const requests: ModelRequest[] = []
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = []
    incoming.on('data', (piece: Buffer) => pieces.push(piece))
    incoming.on('end', () => {
      const request = { path: incoming.url ?? '', headers: incoming.headers, bytes: Buffer.concat(pieces) }
      requests.push(request)
      endpoint.answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint: ModelEndpoint = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: sayNow('好的'),
    say: (text, more) => {
      endpoint.answer = sayNow(text, more)
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return endpoint
}

/** The texts of a request, as its receiver reads them. */
export const textsOf = ({ bytes }: ModelRequest): string => {
  const { messages } = JSON.parse(bytes.toString('utf8')) as { readonly messages: ReadonlyArray<{ content: string }> }
  return messages.map(({ content }) => content).join('\n')
}
