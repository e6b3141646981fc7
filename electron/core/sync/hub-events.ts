import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** A hub sends a comment every 25 seconds; a line that is silent for longer than this is dead. */
const silence = 70_000
/** No line of this stream is longer; a server that sends one is none of ours. */
const longestLine = 10_000

/**
 * Reads server-sent events (WHATWG HTML, 9.2) until the stream ends. What they say is that something changed, never what, so
 * nothing but their name is looked at.
 *
 * @throws IpcError E_HUB_UNREACHABLE when nothing comes any more, E_HUB_ANSWER when it is no such stream
 */
export const readEvents = async (
  body: ReadableStream<Uint8Array>,
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> => {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let line = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let silent = false
  const stop = (): void => void reader.cancel().catch(() => undefined)
  const listen = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      silent = true
      stop()
    }, silence)
    timer.unref()
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      listen()
      const { done, value } = await reader.read()
      if (done) break
      line += decoder.decode(value, { stream: true })
      const lines = line.split(/\r\n|\n|\r/)
      line = lines.pop() ?? ''
      if (line.length > longestLine) throw new IpcError('E_HUB_ANSWER', 'the hub sends no stream of events')
      if (lines.some((one) => /^event: ?change$/.test(one))) onChange()
    }
    if (silent) throw new IpcError('E_HUB_UNREACHABLE', 'the hub fell silent')
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    stop()
  }
}
