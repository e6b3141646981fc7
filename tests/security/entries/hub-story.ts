import type { Place, Step } from './entry-story.ts'

const id = (place: Place, route: string): string => (place.answers.get(route) as { readonly id: string }).id
const person = ({ ids }: Place) => ({ record_id: ids['A'] })

/** What needs a hub: a recruiter at the sandbox's. */
export const hubStory: readonly Step[] = [
  {
    route: 'account.sign_in',
    input: ({ ids }) => ({ hub: ids['hub'], account: 'hr@sandbox', password: ids['password'] }),
    log: ['consent done (rules (hash) agreed at the start)', 'sign_in done (hr)'],
  },
  { route: 'sync.start', meanwhile: 'synced', log: [] },
  { route: 'post.mark', input: () => ({ kind: 'announcement', id: 'ann-1', followed: true }), log: [] },
  { route: 'consult.thread', input: () => ({ id: 'c1' }), log: ['view shown by QY-22 (consultation)'] },
  { route: 'consult.mark_read', input: () => ({ id: 'c1' }), log: [] },
  {
    route: 'consult.reply',
    input: () => ({ threads: ['c1'], text: '按公告所列材料准备即可。' }),
    log: ['stage done by QY-25 (consultation answered)'],
  },
  {
    route: 'consult.reply',
    input: () => ({ threads: ['c1', 'c2'], text: '您好' }),
    code: 'E_ROLE',
    log: ['stage denied by QY-25 (rule CONSULT_BULK)'],
  },
  { route: 'filing.cancel', log: ['request done (filing cancelled)'] },
  { route: 'filing.apply', log: ['request done (filing applied)'] },
  {
    route: 'candidate.get',
    input: ({ ids }) => ({ id: ids['A'] }),
    log: [
      'view shown of A for job-01 [name phone email wechat sex birth_date household political_status residence body current_salary expected_salary attachment] by ZP-32',
    ],
  },
  {
    route: 'attachment.open',
    input: ({ ids }) => ({ id: ids['attachment'] }),
    code: 'E_APPROVAL',
    log: ['open_file denied of A for job-01 by ZP-20 (rule VIEWER_REVEAL)'],
  },
  {
    route: 'assignment.add',
    input: ({ ids }) => ({ application_id: ids['applicationA'], account: ids['interviewer'] }),
    log: ['stage done of A for job-01 (assigned)'],
  },
  {
    route: 'assignment.remove',
    input: ({ ids }) => ({ application_id: ids['applicationA'], account: ids['interviewer'] }),
    log: ['stage done of A for job-01 (unassigned)'],
  },
  {
    route: 'message.send',
    input: ({ ids }) => ({ application_id: ids['applicationA'], text: '您好' }),
    log: ['stage done of A for job-01 by MM-17 (message chat)'],
  },
  {
    route: 'message.recall',
    input: (p) => ({ id: id(p, 'message.send') }),
    log: ['stage done of A for job-01 (message chat recalled)'],
  },
  {
    route: 'message.greet',
    input: ({ ids }) => ({ application_id: ids['applicationB'], text: '您好' }),
    log: ['stage done of B for job-13 by MM-17 (message greeting)'],
  },
  {
    route: 'message.invite',
    input: ({ ids }) => ({ application_id: ids['applicationB'], text: '欢迎投递' }),
    log: ['stage done of B for job-13 by MM-17 (message invitation)'],
  },
  {
    route: 'portal_link.make',
    input: (p) => ({ person: person(p), channel: 'chat' }),
    log: ['request done of A because request (portal_link made chat days #)'],
  },
  { route: 'portal_link.list', input: (p) => ({ person: person(p) }), log: [] },
  {
    route: 'portal_link.revoke',
    input: (p) => ({ person: person(p), link: id(p, 'portal_link.make') }),
    log: ['request done of A because request (portal_link revoked)'],
  },
  {
    route: 'sandbox.move_clock',
    input: () => ({ days: 1 }),
    log: ['clock done (sandbox +# days)', 'destroyed done of (id) (card_cache D#) *'],
  },
]
