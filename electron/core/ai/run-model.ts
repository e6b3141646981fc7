import type { AiKind, AiOutput } from '../../shared/domain/ai.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'
import type { ReaderCall, WriterCall, Written } from '../handler.ts'
import { runCall } from './ai-calls.ts'
import { dropOutput, findOutput, putOutput } from './ai-outputs.ts'
import { enterpriseOf, modelError, requireModel, type OpenModel } from './ai-switches.ts'
import { askModel, requestBody, type Message } from './ask-model.ts'
import { createDeidentifier, type Identity } from './deidentify.ts'
import { asModel } from './model-actor.ts'
import { longestOf, promptOf, type Material } from './prompts.ts'

/** What a call is about; `again` is asked once more before the answer is kept, because minutes may have gone by. */
export type Subject = {
  readonly entry: Pick<EntryDraft, 'subject' | 'job' | 'fields' | 'policy'>
  readonly jobId: string | null
  readonly application: { readonly id: string; readonly key_slot: string } | null
  readonly material: Material
  readonly identity: Identity
  readonly own: OwnWords
  readonly again: (call: WriterCall) => void
}

type Wanted = { readonly kind: AiKind; readonly run: string; readonly replaces?: string | undefined }

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}\n[…]`

/** The bytes that leave: the whole text is cleaned in one go, so that nothing hides between two of its parts. */
export const outgoing = (call: ReaderCall, model: OpenModel, kind: AiKind, subject: Subject): string => {
  const { language } = call.core.settings.get()
  const [system, material] = promptOf(kind, language, subject.material)
  const clean = createDeidentifier(subject.identity).clean(material)
  const messages: Message[] = [system, { role: 'user', content: cut(clean, model.endpoint.longest_input) }]
  return requestBody(model.endpoint.model, messages, longestOf[kind])
}

/** Before anything leaves: what the log does not take is not sent (ZP-18). @throws IpcError E_LEDGER */
const enterCall = ({ vault, account }: ReaderCall, { model }: OpenModel['endpoint'], subject: Subject): void => {
  try {
    vault.ledger.append(account.actor, [{ ...subject.entry, action: 'share', outcome: 'done', detail: `ai ${model}` }])
  } catch (error) {
    const cause = error instanceof IpcError ? error.code : 'E_INTERNAL'
    throw new IpcError('E_LEDGER', 'the view log cannot be written, so nothing was sent', { cause })
  }
}

/**
 * Asks the model and keeps its answer as the model's own. The answer is a text that is stored and shown: it is handled as the
 * model's doing, before which every door is shut (ZP-16).
 *
 * @throws IpcError E_MODEL, E_CANCELLED, E_LEDGER, E_RATE, E_CONFLICT
 */
export const runModel = async (
  call: ReaderCall,
  { kind, run, replaces }: Wanted,
  subject: Subject,
): Promise<(call: WriterCall) => Written<{ output: AiOutput }>> => {
  const model = requireModel(call)
  const body = outgoing(call, model, kind, subject)
  const whose = { account: call.account.view.id, enterprise: enterpriseOf(call) }
  const text = await runCall(call.core, run, whose, async (signal) => {
    enterCall(call, model.endpoint, subject)
    return askModel(call.core.fetch, { model, body, signal, now: call.now })
  })
  return (writer) =>
    asModel(() => {
      // Whatever was switched off, refused or destroyed meanwhile keeps nothing.
      requireModel(writer)
      subject.again(writer)
      if (replaces !== undefined) {
        const old = findOutput(writer, replaces)
        if (old !== undefined && (old.application_id !== (subject.application?.id ?? null) || old.kind !== kind))
          throw modelError('rejected', 'the text to be replaced is another one')
        dropOutput(writer, replaces)
      }
      const { jobId, application, own, entry } = subject
      const output = putOutput(writer, { kind, model: model.endpoint.model, text, jobId, application, own })
      const { subject: about, job } = entry
      return {
        output: { output },
        entries: [
          {
            action: 'stage',
            outcome: 'done',
            ...(about === undefined ? {} : { subject: about }),
            ...(job === undefined ? {} : { job }),
            detail: `ai ${kind} kept`,
          },
        ],
        after: () => writer.core.emit('data.changed', { what: ['ai'] }),
      }
    })
}
