import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aiLabel } from '../../electron/shared/text/ai-label.ts'
import { openChatPlace, type ChatPlace } from '../helpers/chat-place.ts'
import { minute } from '../helpers/policy-place.ts'
import { applicationChange, candidateChange, change, contactOf } from '../helpers/sync-records.ts'

/** Writing to candidates: what goes to the hub, what a rule keeps back, and what becomes of it. */
let at: ChatPlace

beforeEach(async () => {
  at = await openChatPlace()
})
afterEach(() => at.close())

const refused = async (route: string, text: string, application = 'app-z'): Promise<string> =>
  at.refusal(route, { application_id: application, text })
const codeOf = (write: () => unknown): string => {
  try {
    write()
    return 'none'
  } catch (error) {
    const { code, data } = error as { code: string; data: Record<string, string> }
    return [code, data.rule, data.clause, data.lift].filter((part) => part !== undefined).join(' ')
  }
}

describe('a message', () => {
  it('goes to the hub as what it is, filled in, and is known to have arrived', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    for (const [route, text] of [
      ['message.send', '您好，{company}的{job}方便聊聊吗？{recruiter}'],
      ['message.greet', '您好\r\n我是招聘方'],
      ['message.invite', '欢迎投递{job}'],
    ] as const) {
      await at.core.call(route, { application_id: 'app-z' as never, text })
    }
    const rows = () =>
      at.core.core.account?.store.reader.all<{ state: string }>('SELECT state FROM message ORDER BY kind')
    expect(rows()).toEqual([{ state: 'queued' }, { state: 'queued' }, { state: 'queued' }])
    await at.sync()
    expect(at.sent('message')).toMatchObject([
      { application_id: 'app-z', from: 'acc-hr', text: '您好，北辰科技的后端工程师方便聊聊吗？hr' },
    ])
    expect(at.sent('greeting')).toEqual([{ application_id: 'app-z', text: '您好\n我是招聘方' }])
    expect(at.sent('invitation_to_apply')).toEqual([{ candidate_id: 'z', job_id: 'job-1', text: '欢迎投递后端工程师' }])
    expect(rows()).toEqual([{ state: 'sent' }, { state: 'sent' }, { state: 'sent' }])
  })

  it('that the hub refuses stays, and says so', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    at.hub.refuses.set('message', 'not_found')
    await at.core.call('message.send', { application_id: 'app-z' as never, text: '在吗' })
    await at.sync()
    expect(at.core.core.account?.store.reader.all('SELECT state FROM message')).toEqual([{ state: 'refused' }])
  })

  it('names job, company and recruiter and nothing else, and has a limit', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    for (const word of ['phone', 'name', 'email', 'candidate']) {
      expect(await at.core.codeOf('message.send', { application_id: 'app-z', text: `您好 {${word}}` })).toBe('E_INPUT')
    }
    expect(await at.core.codeOf('message.greet', { application_id: 'app-z', text: '长'.repeat(501) })).toBe('E_INPUT')
    expect(await at.core.codeOf('message.greet', { application_id: 'app-z', text: ' \n ' })).toBe('E_INPUT')
    expect(await at.core.codeOf('message.send', { application_id: 'app-z', text: '长'.repeat(501) })).toBe('none')
  })

  it('[MM-17] is not written to somebody who asked not to be contacted, nor to whoever hides', async () => {
    at.put('z', 'delivered', { do_not_contact: true })
    at.put('y', 'delivered')
    await at.enterAs('hr')
    for (const route of ['message.send', 'message.greet', 'message.invite']) {
      expect(await refused(route, '您好')).toBe('E_CONSENT DO_NOT_CONTACT MM-17 CANDIDATE_ALLOWS')
    }
    expect(codeOf(() => at.greetAsAi('app-z', '您好'))).toBe('E_CONSENT DO_NOT_CONTACT MM-17 CANDIDATE_ALLOWS')
    at.hub.put(change('deletion_notice', 'd1', 9, { candidate_id: 'y', reason: 'x' }))
    await at.sync()
    expect(await refused('message.send', '您好', 'app-y')).toContain('E_LOCKED')
    await at.sync()
    expect([...at.sent('message'), ...at.sent('greeting'), ...at.sent('invitation_to_apply')]).toEqual([])
  })
})

describe('a model', () => {
  it('[ZP-17] [D22] greets once, however many applications there are, and again only after an answer in that conversation', async () => {
    at.put('z', 'delivered')
    at.put('z2', 'delivered')
    at.hub.put(applicationChange('app-z-second', 'z', 1, { job_id: 'job-2', stage: 'interview' }))
    await at.enterAs('hr')
    at.greetAsAi('app-z', '您好，看到您的经历')
    const again = () => codeOf(() => at.greetAsAi('app-z', '还在看机会吗'))
    expect(again()).toBe('E_CONSENT AI_UNANSWERED ZP-17 CANDIDATE_ANSWERS')
    // Nor after it was sent, nor after a human wrote.
    await at.sync()
    at.wall += minute
    await at.core.call('message.send', { application_id: 'app-z' as never, text: '您好' })
    expect(again()).toContain('AI_UNANSWERED')
    expect(codeOf(() => at.greetAsAi('app-z-second', '换个职位'))).toContain('AI_UNANSWERED')
    // Somebody else is somebody else.
    expect(codeOf(() => at.greetAsAi('app-z2', '您好'))).toBe('none')
    at.wall += minute
    at.say('m1', 'app-z', '您好，可以聊')
    await at.sync()
    expect(again()).toBe('none')
    expect(again()).toContain('AI_UNANSWERED')
    await at.sync()
    expect(at.sent('greeting')).toHaveLength(3)
  })

  it('[ZP-17] is labelled in what is kept and in what is sent, whatever a text says', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    expect(at.greetAsAi('app-z', `${aiLabel}${aiLabel} 您好，{job}`)).toBe(`${aiLabel}您好，后端工程师`)
    await at.sync()
    expect(at.sent('greeting')).toEqual([{ application_id: 'app-z', text: `${aiLabel}您好，后端工程师`, by_ai: true }])
    // And a human's does not pass for it.
    await at.core.call('message.send', { application_id: 'app-z' as never, text: `${aiLabel}您好` })
    await at.sync()
    expect(at.sent('message')).toMatchObject([{ text: '您好' }])
  })

  it('[ZP-17] writes nothing to somebody who refuses it, and counts what another device sent', async () => {
    at.put('z', 'delivered', { ai_refused: true })
    at.put('y', 'delivered')
    at.say('m1', 'app-y', `${aiLabel}您好`, { from: 'ai' })
    await at.enterAs('hr')
    expect(codeOf(() => at.greetAsAi('app-z', '您好'))).toBe('E_CONSENT AI_REFUSED ZP-17 CANDIDATE_ALLOWS')
    expect(codeOf(() => at.greetAsAi('app-y', '您好'))).toContain('AI_UNANSWERED')
    at.hub.put(candidateChange('y', 9, { contact: contactOf('app-y'), ai_refused: true }))
    at.wall += minute
    at.say('m2', 'app-y', '不用了')
    await at.sync()
    expect(codeOf(() => at.greetAsAi('app-y', '您好'))).toContain('AI_REFUSED')
  })

  it('[ZP-17] is not refused for what never reached the person', async () => {
    at.put('z', 'delivered')
    await at.enterAs('hr')
    at.hub.refuses.set('greeting', 'not_found')
    at.greetAsAi('app-z', '您好')
    await at.sync()
    at.hub.refuses.clear()
    expect(codeOf(() => at.greetAsAi('app-z', '您好'))).toBe('none')
  })
})
