import { defaultSteps } from '../../../electron/shared/domain/job-steps.ts'
import { day, monday } from '../../helpers/retention-home.ts'
import { answerOf as of, personA as a, type Step } from './entry-story.ts'

const resume = (name: string): string => Buffer.from(JSON.stringify({ name, phone: '13700000009' })).toString('base64')

/** A workspace without a hub: settings, jobs, people and what is done with them, each once. */
export const workStory: readonly Step[] = [
  { route: 'notice.answer', input: () => ({ choice: 'accept' }), log: ['consent done (notice accept)'] },
  { route: 'settings.set', input: () => ({ theme: 'dark' }), log: ['policy_change done (theme)'] },
  { route: 'desktop.set', input: () => ({ close_to_tray: true }), log: ['policy_change done (desktop close_to_tray)'] },
  { route: 'account.name_officer', input: () => ({ officer: '沈清' }), log: ['policy_change done (officer named)'] },
  { route: 'matching.set_shown', input: () => ({ shown: true }), log: ['policy_change done (scores on)'] },
  {
    route: 'permission.set',
    input: () => ({ name: 'insights', on: false }),
    log: ['policy_change done (permission insights off)'],
  },
  { route: 'job.create', input: () => ({ title: '会计' }), log: ['stage done for (id) (job open)'] },
  {
    route: 'job.update',
    input: (p) => ({ id: of(p, 'job.create')['id'], requirements: { years: { min: 3 } } }),
    log: ['stage done for (id) (job edited requirements)'],
  },
  {
    route: 'job.set_steps',
    input: (p) => ({ id: of(p, 'job.create')['id'], steps: null }),
    log: ['stage done for (id) (job edited steps)'],
  },
  {
    route: 'job.set_status',
    input: (p) => ({ id: of(p, 'job.create')['id'], status: 'paused' }),
    log: ['stage done for (id) (job open paused)'],
  },
  {
    route: 'job.remove',
    input: (p) => ({ ids: [of(p, 'job.create')['id']] }),
    log: ['stage done for (id) (job removed)'],
  },
  {
    route: 'template.save',
    input: () => ({ name: '常用', steps: [...defaultSteps] }),
    log: ['stage done (template saved)'],
  },
  {
    route: 'template.remove',
    input: (p) => ({ id: of(p, 'template.save')['id'] }),
    log: ['stage done (template removed)'],
  },
  {
    route: 'scorecard.set_criteria',
    input: ({ ids }) => ({ job_id: ids['job'], criteria: null }),
    log: ['stage done for job (criteria)'],
  },
  { route: 'post.recommend', input: () => ({ on: false }), log: [] },
  { route: 'post.mark', input: () => ({ kind: 'position', id: 'none', followed: true }), code: 'E_NOT_FOUND', log: [] },
  { route: 'view.save', input: () => ({ name: '上海', definition: {} }), log: [] },
  { route: 'view.remove', input: (p) => ({ id: of(p, 'view.save')['id'] }), log: [] },
  { route: 'message_template.save', input: () => ({ kind: 'chat', name: '问候', body: '您好' }), log: [] },
  { route: 'message_template.remove', input: (p) => ({ id: of(p, 'message_template.save')['id'] }), log: [] },
  {
    route: 'intake.add',
    input: ({ ids }) => ({ name: 'c.txt', content_base64: resume('王五'), job_id: ids['job'] }),
    log: ['stage done of (id) for job (intake direct hand_in)'],
  },
  { route: 'candidate.list', log: ['search_hit shown of A', 'search_hit shown of B', 'search_hit shown of C'] },
  {
    route: 'candidate.get',
    input: a,
    log: [
      'view shown of A for job [name phone email wechat birth_date residence body current_salary expected_salary attachment] by ZP-32',
    ],
  },
  {
    route: 'candidate.reveal',
    input: (p) => ({ ...a(p), field: 'phone', reason: 'contact' }),
    log: ['reveal shown of A for job [phone] because contact by ZP-53'],
  },
  { route: 'matching.explain', input: a, log: ['view shown of A for job [body] by ZP-88 (score explained)'] },
  {
    route: 'board.get',
    input: ({ ids }) => ({ job_id: ids['job'] }),
    log: ['search_hit shown of A for job', 'search_hit shown of B for job', 'search_hit shown of C for job'],
  },
  {
    route: 'board.column',
    input: ({ ids }) => ({ job_id: ids['job'], step: 'new' }),
    log: ['search_hit shown of A for job', 'search_hit shown of B for job', 'search_hit shown of C for job'],
  },
  { route: 'retention.plan', log: ['search_hit shown of A', 'search_hit shown of B', 'search_hit shown of C'] },
  { route: 'hold.list', log: ['search_hit shown of A'] },
  { route: 'request.list', log: ['search_hit shown of A'] },
  { route: 'file.list', log: ['search_hit shown of A', 'search_hit shown of B'] },
  { route: 'mention.list', log: [] },
  { route: 'message.list', log: ['search_hit shown of A'] },
  { route: 'pool.list', log: ['search_hit shown of A'] },
  {
    route: 'message.thread',
    input: ({ ids }) => ({ application_id: ids['application'] }),
    log: ['view shown of A for job [chat] by ZP-28'],
  },
  { route: 'message.mark_read', input: ({ ids }) => ({ application_id: ids['application'] }), log: [] },
  {
    route: 'attachment.open',
    input: ({ ids }) => ({ id: ids['attachment'] }),
    log: ['open_file shown of A for job [attachment] by ZP-53'],
  },
  {
    route: 'attachment.page',
    input: (p) => ({ view: of(p, 'attachment.open')['view'], number: 1 }),
    log: [],
  },
  {
    route: 'attachment.reveal',
    input: (p) => ({ view: of(p, 'attachment.open')['view'], number: 1, reason: 'contact' }),
    log: ['reveal shown of A for job [attachment] because contact by ZP-53 (page #)'],
  },
  { route: 'attachment.close', input: (p) => ({ view: of(p, 'attachment.open')['view'] }), log: [] },
  {
    route: 'application.set_stage',
    input: ({ ids }) => ({ id: ids['application'], stage: 'reviewed' }),
    log: ['stage done of A for job (new reviewed)'],
  },
  {
    route: 'application.move',
    input: ({ ids }) => ({ ids: [ids['application']], stage: 'interview' }),
    log: ['stage done of A for job (reviewed interview)'],
  },
  {
    route: 'application.undo_move',
    input: (p) => ({ batch: of(p, 'application.move')['batch'] }),
    log: ['stage done of A for job (interview reviewed undone)'],
  },
  { route: 'note.add', input: (p) => ({ ...a(p), text: '沟通顺畅' }), log: ['stage done of A for job (note)'] },
  {
    route: 'note.edit',
    input: (p) => ({ id: of(p, 'note.add')['id'], text: '很好' }),
    log: ['stage done of A for job (note edited)'],
  },
  {
    route: 'note.remove',
    input: (p) => ({ id: of(p, 'note.add')['id'] }),
    log: ['stage done of A for job (note removed)'],
  },
  {
    route: 'note.restore',
    input: (p) => ({ id: of(p, 'note.add')['id'] }),
    log: ['stage done of A for job (note restored)'],
  },
  { route: 'mention.mark_seen', input: (p) => ({ notes: [of(p, 'note.add')['id']] }), log: [] },
  {
    route: 'scorecard.give',
    input: (p) => ({ ...a(p), marks: { fit: 3 }, recommendation: 'yes' }),
    log: ['stage done of A for job (scorecard)'],
  },
  {
    route: 'assignment.remove',
    input: ({ ids }) => ({ application_id: ids['application'], account: 'acc-2' }),
    log: ['stage done of A for job (unassigned)'],
  },
  {
    route: 'interview.schedule',
    input: ({ ids }) => ({ application_id: ids['application'], starts_at: monday + day, minutes: 30, kind: 'video' }),
    log: ['stage done of A for job (interview scheduled)'],
  },
  { route: 'interview.list', input: ({ ids }) => ({ record_id: ids['A'] }), log: ['search_hit shown of A'] },
  {
    route: 'interview.change',
    input: (p) => ({ id: of(p, 'interview.schedule')['id'], minutes: 45 }),
    log: ['stage done of A for job (interview changed)'],
  },
  {
    route: 'interview.undo',
    input: (p) => ({ id: of(p, 'interview.schedule')['id'], sequence: 1 }),
    log: ['stage done of A for job (interview undone)'],
  },
  {
    route: 'interview.set_state',
    input: (p) => ({ id: of(p, 'interview.schedule')['id'], state: 'cancelled' }),
    log: ['stage done of A for job (interview cancelled)'],
  },
  {
    route: 'contact.set_do_not_contact',
    input: (p) => ({ ...a(p), on: true }),
    log: ['consent done of A by MM-17 (do_not_contact on)'],
  },
  {
    route: 'pool.add',
    input: ({ ids }) => ({ id: ids['B'], pool: '后端', consented_at: monday, reference: '2026-03-02 电话' }),
    log: ['consent done of B by D10 (pool added)'],
  },
  {
    route: 'pool.mark_asked',
    input: (p) => ({ ...a(p), pool: '池' }),
    log: ['consent done of A by D10 (pool renewal asked last)'],
  },
  {
    route: 'pool.renew',
    input: (p) => ({ ...a(p), pool: '池', consented_at: monday, reference: '2026-03-02 电话' }),
    log: ['consent done of A by D10 (pool renewed)'],
  },
  {
    route: 'pool.remove',
    input: (p) => ({ ...a(p), pool: '池', why: 'withdrawn' }),
    log: ['consent done of A (pool ended consent_withdrawn D#)'],
  },
  {
    route: 'share.consent',
    input: (p) => ({ ...a(p), recipient: '北辰测评', said_at: monday, reference: '2026-03-02 电话' }),
    log: ['consent done of A by ZP-34 (sharing granted)'],
  },
  {
    route: 'share.create',
    input: (p) => ({
      ...a(p),
      consent_id: of(p, 'share.consent')['id'],
      contact: '南山咨询前台',
      purpose: '技能测评',
      method: '当面交付',
      types: ['body'],
      reason: 'consent',
      checks: ['identity', 'purpose', 'safeguards', 'onward', 'deletion', 'mainland'],
    }),
    log: ['share done of A for job [body] by ZP-34 (given (id))'],
  },
  {
    route: 'share.end',
    input: (p) => ({ id: of(p, 'share.create')['id'], why: 'withdrawn' }),
    log: ['consent done of A (sharing withdrawn)', 'share done of A for job by ZP-34 (ended (id))'],
  },
  {
    route: 'share.told',
    input: (p) => ({ id: of(p, 'share.create')['id'] }),
    log: ['share done of A (told (id))'],
  },
  {
    route: 'job.set_call_in',
    input: ({ ids }) => ({ id: ids['job2'], on: true }),
    log: ['stage done for job2 (call_in on)'],
  },
  {
    route: 'purpose.add',
    input: (p) => ({ ...a(p), job_id: p.ids['job2'], legal_basis: 'consent', reference: '2026-03-02 电话' }),
    log: ['consent done of A for job2 by ZP-08 (purpose consent)'],
  },
  {
    route: 'leak.report',
    input: (p) => ({ ...a(p), text: '支付系统' }),
    log: ['incident done of A for job (leak_reported)'],
  },
  { route: 'duplicate.list', input: a, log: ['search_hit shown of A', 'search_hit shown of B'] },
  {
    route: 'duplicate.split',
    input: () => ({ link: 'l' }),
    log: ['merge done of A (split)', 'merge done of B (split)'],
  },
  {
    route: 'duplicate.link',
    input: ({ ids }) => ({ id: ids['A'], other: ids['B'] }),
    log: ['merge done of A (linked stated)', 'merge done of B (linked stated)'],
  },
  {
    route: 'duplicate.distinct',
    input: ({ ids }) => ({ id: ids['A'], other: ids['C'] }),
    log: ['merge done of A (distinct stated)', 'merge done of C (distinct stated)'],
  },
  {
    route: 'background.ask',
    input: ({ ids }) => ({ application_id: ids['applicationB'], provider: '背调公司', scope: ['identity'] }),
    log: ['consent done of B for job by ZP-57 (background_check asked)'],
  },
  {
    route: 'background.record_answer',
    input: (p) => ({ id: of(p, 'background.ask')['id'], answer: 'consented', reference: '2026-03-02 电话' }),
    log: ['consent done of B for job by ZP-57 (background_check consented)'],
  },
  {
    route: 'background.report',
    input: (p) => ({ id: of(p, 'background.ask')['id'], text: '无异常' }),
    log: ['stage done of B for job by ZP-57 (background_report)'],
  },
  {
    route: 'background.open',
    input: (p) => ({ id: of(p, 'background.ask')['id'], reason: 'screening' }),
    log: ['open_file shown of B for job because screening by ZP-57 (background_report)'],
  },
  {
    route: 'ai.set_endpoint',
    input: ({ ids }) => ({ address: ids['model'], model: 'm' }),
    log: ['policy_change done (ai endpoint m)'],
  },
  { route: 'ai.set_enterprise', input: () => ({ on: true }), log: ['policy_change done (ai enterprise on)'] },
  { route: 'ai.set_user', input: () => ({ on: true }), log: ['policy_change done (ai user on)'] },
  {
    route: 'ai.run',
    input: (p) => ({ kind: 'summary', ...a(p), run: 'walk' }),
    log: ['share done of A for job [body] by ZP-18 (ai m)', 'stage done of A for job (ai summary kept)'],
  },
  { route: 'ai.list', input: a, log: ['view shown of A for job by ZP-16 (ai)'] },
  {
    route: 'ai.discard',
    input: ({ ids, answers }) => ({
      id: (answers.get('ai.list') as { items: { id: string }[] }).items[0]?.id ?? ids['none'],
    }),
    log: ['stage done of A for job (ai summary discarded)'],
  },
]
