import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import { openRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { decideFields, policyOf } from '../candidates/policy-request.ts'
import type { Core } from '../context.ts'
import { defineHandlers, type Call } from '../handler.ts'
import { sendMessage } from '../messages/send-message.ts'
import { stopCalls, runCall } from './ai-calls.ts'
import { dropOutput, findOutput, listOutputs } from './ai-outputs.ts'
import { personSubject, postingSubject } from './ai-subjects.ts'
import { enterpriseOf, originOf, requireEnterpriseSwitch, requireModel, settingsFor, statusOf } from './ai-switches.ts'
import { askModel, requestBody } from './ask-model.ts'
import { findPlaceholder } from './deidentify.ts'
import { runModel } from './run-model.ts'

const requireSignedIn = ({ core }: Call) => {
  const { vault, account } = core
  if (vault === null || account === null) throw new IpcError('E_SESSION', 'sign in first')
  return { core, vault, account }
}

const changed = (core: Core) => (): void => core.emit('data.changed', { what: ['ai'] })
const switched = (detail: string): readonly EntryDraft[] => [{ action: 'policy_change', outcome: 'done', detail }]

export const aiHandlers = defineHandlers({
  'ai.status': { read: (call) => statusOf(call) },
  'ai.set_enterprise': {
    perform: (call, { on }) => {
      const signedIn = requireSignedIn(call)
      requireEnterpriseSwitch(signedIn)
      const settings = settingsFor(signedIn)
      const name = enterpriseOf(signedIn)
      const enterprise = settings.enterprise(name)
      if (on && enterprise.endpoint === undefined)
        throw new IpcError('E_CONFLICT', 'say first which model it is', { rule: 'endpoint' })
      settings.setEnterprise(name, {
        ...enterprise,
        switch: { on, by: signedIn.account.view.name, at: call.now },
      })
      if (!on) stopCalls(call.core, (running) => running.enterprise === name)
      return Promise.resolve({
        output: {},
        entries: switched(`ai enterprise ${on ? 'on' : 'off'}`),
        after: changed(call.core),
      })
    },
  },
  'ai.set_user': {
    perform: (call, { on }) => {
      const signedIn = requireSignedIn(call)
      const { id, name } = signedIn.account.view
      const { endpoint } = settingsFor(signedIn).enterprise(enterpriseOf(signedIn))
      if (on && endpoint === undefined)
        throw new IpcError('E_CONFLICT', 'the enterprise has named no model', { rule: 'endpoint' })
      settingsFor(signedIn).setUser(id, {
        on,
        by: name,
        at: call.now,
        origin: endpoint === undefined ? '' : originOf(endpoint.address),
      })
      if (!on) stopCalls(call.core, (running) => running.account === id)
      return Promise.resolve({
        output: {},
        entries: switched(`ai user ${on ? 'on' : 'off'}`),
        after: changed(call.core),
      })
    },
  },
  'ai.set_endpoint': {
    perform: (call, { key, ...endpoint }) => {
      const signedIn = requireSignedIn(call)
      requireEnterpriseSwitch(signedIn)
      const origin = originOf(endpoint.address)
      const settings = settingsFor(signedIn)
      const name = enterpriseOf(signedIn)
      const { key: before, ...enterprise } = settings.enterprise(name)
      const moved = enterprise.endpoint !== undefined && originOf(enterprise.endpoint.address) !== origin
      // A key was given to one place; another place does not get it by itself.
      const kept = key ?? (moved ? '' : (before ?? ''))
      settings.setEnterprise(name, { ...enterprise, endpoint, ...(kept === '' ? {} : { key: kept }) })
      if (moved) stopCalls(call.core, (running) => running.enterprise === name)
      return Promise.resolve({
        output: {},
        entries: switched(`ai endpoint ${endpoint.model}`),
        after: changed(call.core),
      })
    },
  },
  'ai.test': {
    read: async (call) => {
      requireEnterpriseSwitch(call)
      const { endpoint, key } = settingsFor(call).enterprise(enterpriseOf(call))
      if (endpoint === undefined) throw new IpcError('E_CONFLICT', 'say first which model it is', { rule: 'endpoint' })
      const whose = { account: call.account.view.id, enterprise: enterpriseOf(call) }
      const started = performance.now()
      const body = requestBody(endpoint.model, [{ role: 'user', content: 'Answer with the one word: ready' }], 16)
      await runCall(call.core, 'test', whose, (signal) =>
        askModel(call.core.fetch, { model: { endpoint, key }, body, signal, now: call.now }),
      )
      return { ms: Math.round(performance.now() - started) }
    },
  },
  'ai.run': {
    prepare: async (call, input) => {
      const { strict } = requireModel(call).endpoint
      const subject = input.kind === 'posting' ? postingSubject(call, input) : personSubject(call, input, strict)
      return runModel(call, input, subject)
    },
  },
  'ai.cancel': {
    read: (call, { run }) => ({
      stopped: stopCalls(call.core, (one) => one.run === run && one.account === call.account.view.id) > 0,
    }),
  },
  'ai.list': {
    disclose: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const { candidate, current, request, person } = record
      const { aiRefused: refused } = request.settings
      // What a model made of a resume tells of it: whoever may not read the one does not read the other.
      const { body } = decideFields(request, ['body'])
      const shown = !refused && body.state === 'see' && current !== null
      const items = shown ? listOutputs(call, current, ownWordsOf(person)) : []
      return {
        entries:
          items.length === 0
            ? []
            : [
                {
                  action: 'view',
                  outcome: 'shown',
                  subject: { platform: candidate.platform, id: candidate.platform_id },
                  ...(current === null ? {} : { job: current.job_id }),
                  policy: policyOf(request, 'ZP-16'),
                  detail: 'ai',
                },
              ],
        answer: () => ({
          items,
          refused,
          active: statusOf(call).active,
          ...(current === null ? {} : { application_id: current.id as never }),
        }),
      }
    },
  },
  'ai.send': {
    write: (call, { id, text }) => {
      requireModel(call)
      const found = findOutput(call, id)
      if (found === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such text (any more)')
      if (found.application_id === null || found.kind !== 'greeting')
        throw new IpcError('E_INPUT', 'only a greeting can be sent', { fields: 'id' })
      const mark = findPlaceholder(text)
      if (mark !== undefined)
        throw new IpcError('E_INPUT', 'a placeholder of the model stands in the text', {
          fields: 'text',
          placeholder: mark,
        })
      const sent = sendMessage(call, { applicationId: found.application_id, kind: 'greeting', text, author: 'ai' })
      // From here on it is a message, with a message's life.
      dropOutput(call, id)
      return {
        output: { message_id: sent.id },
        entries: sent.entries,
        after: () => call.core.emit('data.changed', { what: ['ai', 'messages'] }),
      }
    },
  },
  'ai.discard': {
    write: (call, { id }) => {
      const found = findOutput(call, id)
      if (found === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such text (any more)')
      dropOutput(call, id)
      const row =
        found.application_id === null
          ? undefined
          : call.store.get<{ record_id: string }>(
              'SELECT record_id FROM application WHERE id = ?',
              found.application_id,
            )
      const about = row === undefined ? undefined : requireCandidate(call.store, row.record_id)
      return {
        output: {},
        entries: [
          {
            action: 'stage',
            outcome: 'done',
            ...(about === undefined ? {} : { subject: { platform: about.platform, id: about.platform_id } }),
            ...(found.job_id === null ? {} : { job: found.job_id }),
            detail: `ai ${found.kind} discarded`,
          },
        ],
        after: changed(call.core),
      }
    },
  },
})
