import { createServer, type Server, type Socket } from 'node:net'

export type LyingMail = {
  readonly uid: number
  readonly bytes: Buffer
  /** What the server says of its size; the truth by default. */
  readonly size?: number
}

/** What goes wrong when the body of a mail is asked for; each so many times, then the truth. */
export type Lie =
  /** The line is cut in the middle of the literal. */
  | 'cut'
  /** BYE, then the end. */
  | 'bye'
  /** The literal is announced as far larger than anything that may be. */
  | 'huge'
  /** Announced shorter than it is: the rest of the mail looks like protocol. */
  | 'short'
  /** Announced as what no number is. */
  | 'nonsense'
  /** The mail was expunged between its envelope and its body. */
  | 'expunge'
  /** The answer is about another mail. */
  | 'other'
  /** The server says no. */
  | 'no'
  /** Nothing of the mail comes, and the server says that all is well. */
  | 'nothing'

export type LyingImap = {
  readonly port: number
  mails: LyingMail[]
  uidValidity: number
  /** By UID: lies and how often. */
  readonly lies: Map<number, { readonly lie: Lie; times: number }>
  /** Sends a flood in place of the envelopes, once. */
  floodEnvelopes: boolean
  /** More numbers than there are mails. */
  extraUids: number[]
  capabilities: string
  /** What the client said, without bodies. */
  readonly said: string[]
  /** Answers to AUTHENTICATE with a bearer token. */
  token: string | undefined
  close(): Promise<void>
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

const addressOf = (bytes: Buffer): readonly [string, string] => {
  const found = /^From: .*<([^@>]+)@([^>]+)>/m.exec(bytes.toString('latin1'))
  return [found?.[1] ?? 'nobody', found?.[2] ?? 'nowhere.example']
}

const envelopeOf = ({ bytes }: LyingMail): string => {
  const [name, host] = addressOf(bytes)
  const from = `((NIL NIL ${quoted(name)} ${quoted(host)}))`
  const id = /^Message-ID: (.*?)\r?$/m.exec(bytes.toString('latin1'))?.[1]
  return `("Mon, 15 Jun 2026 08:00:00 +0800" "Application" ${from} ${from} ${from} NIL NIL NIL NIL ${id === undefined ? 'NIL' : quoted(id)})`
}

/** A small IMAP server that tells the truth until it is told not to. In clear, on loopback. */
export const startLyingImap = async (): Promise<LyingImap> => {
  const sockets = new Set<Socket>()
  const state = {
    mails: [] as LyingMail[],
    uidValidity: 7,
    lies: new Map<number, { lie: Lie; times: number }>(),
    floodEnvelopes: false,
    extraUids: [] as number[],
    capabilities: 'IMAP4rev1 UIDPLUS IDLE',
    said: [] as string[],
    token: undefined as string | undefined,
  }

  const sendBody = (socket: Socket, seq: number, mail: LyingMail, tag: string): void => {
    const planned = state.lies.get(mail.uid)
    const lie = planned !== undefined && planned.times > 0 ? planned.lie : undefined
    if (planned !== undefined && lie !== undefined) planned.times -= 1
    const write = (length: number | string, body: Buffer, end = ')\r\n'): void => {
      socket.write(`* ${seq} FETCH (UID ${mail.uid} BODY[]<0> {${length}}\r\n`)
      socket.write(Buffer.concat([body, Buffer.from(end)]))
    }
    switch (lie) {
      case 'cut':
        socket.write(`* ${seq} FETCH (UID ${mail.uid} BODY[]<0> {${mail.bytes.length}}\r\n`)
        socket.write(mail.bytes.subarray(0, 20), () => socket.destroy())
        return
      case 'bye':
        socket.end('* BYE shutting down\r\n')
        return
      case 'huge':
        write(9_000_000_000_000, Buffer.alloc(0), '')
        return
      case 'nonsense':
        socket.write(`* ${seq} FETCH (UID ${mail.uid} BODY[]<0> {-17}\r\n)\r\n`)
        break
      case 'short':
        write(40, mail.bytes)
        break
      case 'expunge':
        state.mails = state.mails.filter((one) => one.uid !== mail.uid)
        socket.write(`* ${seq} EXPUNGE\r\n`)
        break
      case 'other': {
        const other = state.mails.find((one) => one.uid !== mail.uid) ?? mail
        socket.write(`* 1 FETCH (UID ${other.uid} BODY[]<0> {${other.bytes.length}}\r\n`)
        socket.write(Buffer.concat([other.bytes, Buffer.from(')\r\n')]))
        break
      }
      case 'no':
        socket.write(`${tag} NO not now\r\n`)
        return
      case 'nothing':
        break
      case undefined:
        socket.write(`* ${seq} FETCH (FLAGS (\\Seen))\r\n`)
        write(mail.bytes.length, mail.bytes)
    }
    socket.write(`${tag} OK done\r\n`)
  }

  const uidsOf = (set: string): ((uid: number) => boolean) => {
    const parts = set.split(',').map((part) => part.split(':'))
    const last = Math.max(0, ...state.mails.map(({ uid }) => uid))
    return (uid) =>
      parts.some(([from = '0', to]) => {
        const [a, b] = [from, to ?? from].map((end) => (end === '*' ? last : Number(end)))
        return uid >= Math.min(a ?? 0, b ?? 0) && uid <= Math.max(a ?? 0, b ?? 0)
      })
  }

  const answer = (socket: Socket, line: string): void => {
    const [tag = '', command = '', ...rest] = line.split(' ')
    const ok = (text = 'done'): boolean => socket.write(`${tag} OK ${text}\r\n`)
    state.said.push(/^(LOGIN|AUTHENTICATE)$/i.test(command) ? command : [command, ...rest].join(' '))
    switch (command.toUpperCase()) {
      case 'CAPABILITY':
        socket.write(`* CAPABILITY ${state.capabilities}\r\n`)
        return void ok()
      case 'AUTHENTICATE': {
        const blob = Buffer.from(rest[1] ?? '', 'base64').toString('utf8')
        if (state.token !== undefined && blob.includes(`Bearer ${state.token}`)) return void ok()
        return void socket.write(`${tag} NO [AUTHENTICATIONFAILED] no\r\n`)
      }
      case 'LIST':
        socket.write('* LIST () "/" "INBOX"\r\n')
        return void ok()
      case 'SELECT':
      case 'EXAMINE':
        socket.write(`* ${state.mails.length} EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n`)
        socket.write(`* OK [UIDVALIDITY ${state.uidValidity}] ok\r\n* OK [UIDNEXT 9999] ok\r\n`)
        return void ok(command.toUpperCase() === 'EXAMINE' ? '[READ-ONLY] done' : '[READ-WRITE] done')
      case 'UID':
        return uid(socket, tag, rest)
      case 'IDLE':
        return void socket.write('+ idling\r\n')
      case 'LOGOUT':
        socket.end(`* BYE bye\r\n${tag} OK done\r\n`)
        return
      default:
        return void ok()
    }
  }

  const uid = (socket: Socket, tag: string, [command = '', set = '', ...rest]: readonly string[]): void => {
    if (command.toUpperCase() === 'SEARCH') {
      const range = set.toUpperCase() === 'UID' ? (rest[0] ?? '1:*') : set
      const picks = uidsOf(range)
      const found = [...state.mails.map((mail) => mail.uid).filter(picks), ...state.extraUids]
      socket.write(`* SEARCH ${found.join(' ')}\r\n${tag} OK done\r\n`)
      return
    }
    const picked = state.mails.filter((mail) => uidsOf(set)(mail.uid))
    if (/BODY\.PEEK\[\]/i.test(rest.join(' '))) {
      const [mail] = picked
      if (mail === undefined) return void socket.write(`${tag} OK done\r\n`)
      return sendBody(socket, state.mails.indexOf(mail) + 1, mail, tag)
    }
    if (state.floodEnvelopes) {
      state.floodEnvelopes = false
      socket.write('* 1 FETCH (UID 1 ENVELOPE (')
      socket.write('x'.repeat(2 * 1024 * 1024))
      return
    }
    for (const mail of picked) {
      socket.write(
        `* ${state.mails.indexOf(mail) + 1} FETCH (UID ${mail.uid} RFC822.SIZE ${mail.size ?? mail.bytes.length} INTERNALDATE "15-Jun-2026 08:00:00 +0800" ENVELOPE ${envelopeOf(mail)})\r\n`,
      )
    }
    socket.write(`${tag} OK done\r\n`)
  }

  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.write(`* OK [CAPABILITY ${state.capabilities}] ready\r\n`)
    let kept = ''
    socket.on('data', (data) => {
      kept += data.toString('latin1')
      for (let end = kept.indexOf('\r\n'); end >= 0; end = kept.indexOf('\r\n')) {
        const line = kept.slice(0, end)
        kept = kept.slice(end + 2)
        if (/^DONE$/i.test(line)) socket.write('* OK idle is over\r\n')
        else answer(socket, line)
      }
    })
  })
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
  return Object.assign(state, {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
