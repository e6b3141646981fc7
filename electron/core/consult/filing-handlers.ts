import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Output } from '../../shared/ipc/routes/index.ts'
import { defineHandlers, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import { consultProfileOf } from './consult-profile.ts'
import { readDesk } from './may-answer.ts'

type Filing = Output<'filing.apply'>

/** Tells the platform, then asks it how things stand: what it says counts here at once (QY-17). */
const tell = async (call: ReaderCall, wanted: 'apply' | 'cancel'): Promise<(call: WriterCall) => Written<Filing>> => {
  const { hub } = call.account
  if (hub === null)
    throw new IpcError('E_CONFLICT', 'a local workspace has no platform to file with', { reason: 'no_hub' })
  const item = { id: crypto.randomUUID(), kind: 'filing', at: new Date(call.now).toISOString(), body: { wanted } }
  const [result] = await hub.pushOutbox([item])
  if (result?.status === 'rejected') {
    throw new IpcError('E_CONFLICT', 'the platform does not take this', { code: result.code ?? 'rejected' })
  }
  call.account.hear(await hub.me())
  return (writer) => ({
    output: readDesk(writer, consultProfileOf(writer)).filing,
    entries: [
      { action: 'request', outcome: 'done', detail: wanted === 'apply' ? 'filing applied' : 'filing cancelled' },
    ],
    after: () => writer.core.emit('data.changed', { what: ['consultations'] }),
  })
}

export const filingHandlers = defineHandlers({
  'filing.apply': { prepare: (call) => tell(call, 'apply') },
  'filing.cancel': { prepare: (call) => tell(call, 'cancel') },
})
