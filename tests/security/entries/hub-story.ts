import { authenticator, type Authenticator } from '../../helpers/authenticator.ts'
import type { Place, Step } from './entry-story.ts'

const id = (place: Place, route: string): string => (place.answers.get(route) as { readonly id: string }).id
let app: Authenticator | undefined
/** The authenticator of the secret that was told. */
const appOf = ({ answers }: Place): Authenticator =>
  (app ??= authenticator((answers.get('factor.begin') as { readonly secret: string }).secret))
const person = ({ ids }: Place) => ({ record_id: ids['A'] })

type Row = Readonly<Record<string, unknown>>
const asAdmin = ({ ids }: Place) => ({ hub: ids['hub'], account: 'admin@sandbox', password: ids['adminPassword'] })
const firstOf = (place: Place, route: string, list: string, fits: (row: Row) => boolean = () => true): unknown =>
  (place.answers.get(route) as Record<string, readonly Row[]>)[list]?.find(fits)?.['id']

/** What needs a hub: a recruiter at the sandbox's. */
export const hubStory: readonly Step[] = [
  { route: 'account.sign_in_enrol', code: 'E_CONFLICT', log: [] },
  { route: 'account.sign_in_code', input: () => ({ code: '123456' }), code: 'E_CONFLICT', log: [] },
  { route: 'account.finish_sign_in', code: 'E_CONFLICT', log: [] },
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
    route: 'factor.begin',
    input: ({ ids }) => ({ label: '工作手机', password: ids['password'] }),
    log: ['policy_change done (second factor begun)'],
  },
  {
    route: 'factor.confirm',
    input: (p) => ({ id: id(p, 'factor.begin'), code: appOf(p).next() }),
    log: ['policy_change done (second factor added)'],
  },
  { route: 'factor.prove', input: (p) => ({ code: appOf(p).next() }), log: ['sign_in done (second factor)'] },
  // A hub that is reached by number takes no passkey.
  { route: 'factor.add_passkey', input: () => ({}), code: 'E_CONFLICT', log: [] },
  { route: 'factor.renew_codes', log: ['policy_change done (recovery codes renewed)'] },
  {
    route: 'factor.remove',
    input: (p) => ({ id: id(p, 'factor.begin') }),
    log: ['policy_change done (second factor removed)'],
  },
  { route: 'admin.reset_factors', input: () => ({ id: 'acc-officer' }), code: 'E_ROLE', log: ['policy_change denied'] },
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
    log: ['open_file shown of A for job-01 [attachment] by ZP-20'],
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
    route: 'approval.ask',
    input: ({ ids }) => ({ id: ids['A'], kind: 'print', reason: '面试官要纸质件' }),
    log: ['approve done of A for job-01 by ZP-96 (asked print (approval))'],
  },
  // A list like any other: whoever stands in it is entered.
  {
    route: 'approval.list',
    input: () => ({ box: 'mine' }),
    log: ['search_hit shown of (id)', 'search_hit shown of A'],
  },
  {
    route: 'approval.decide',
    input: (p) => ({ id: id(p, 'approval.ask'), status: 'granted' }),
    code: 'E_ROLE',
    log: ['approve denied'],
  },
  {
    route: 'approval.withdraw',
    input: (p) => ({ id: id(p, 'approval.ask') }),
    log: ['approve done of A for job-01 by ZP-96 (withdrawn (approval))'],
  },
  {
    route: 'approval.name_deputy',
    input: () => ({ deputy: 'acc-officer', from: 1, until: 2 }),
    code: 'E_ROLE',
    log: ['policy_change denied'],
  },
  {
    route: 'look.begin',
    input: ({ ids }) => ({ id: ids['A'], reason: 'audit', words: '抽查记录' }),
    code: 'E_ROLE',
    log: ['policy_change denied'],
  },
  { route: 'look.list', input: () => ({}), log: [] },
  { route: 'alarm.decide', input: () => ({ id: 'none', note: 'x' }), code: 'E_ROLE', log: ['policy_change denied'] },
  { route: 'approval.end_deputy', input: () => ({ id: 'none' }), code: 'E_ROLE', log: ['policy_change denied'] },
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
    log: [
      'clock done (sandbox +# days)',
      'destroyed done of (id) (card_cache D#) *',
      'destroyed done of B (card_cache D#)',
    ],
  },
  // Whoever administers the enterprise, twice: the first session is the one that is ended.
  {
    route: 'account.sign_in',
    input: asAdmin,
    log: ['consent done (rules (hash) agreed at the start)', 'sign_in done (admin)'],
  },
  { route: 'account.sign_in', input: asAdmin, log: ['sign_in done (admin)'] },
  { route: 'admin.invite', input: () => ({ role: 'hr', consent: false }), log: ['policy_change done (invitation hr)'] },
  {
    route: 'admin.save_invitation',
    input: () => ({ as: 'txt', language: 'zh-CN' }),
    log: ['export done (invitation letter hr)'],
  },
  {
    route: 'admin.set_second_factor',
    input: () => ({ setting: 'offered' }),
    log: ['policy_change done (second factor offered)'],
  },
  { route: 'admin.invitations', log: [] },
  {
    route: 'admin.revoke_invitation',
    input: (p) => ({ id: firstOf(p, 'admin.invitations', 'items') }),
    log: ['policy_change done (invitation revoked)'],
  },
  {
    route: 'admin.change_person',
    input: () => ({ id: 'acc-headhunter', quotas: { reveal_per_day: 5 } }),
    log: ['policy_change done (account acc-headhunter quotas)'],
  },
  {
    route: 'admin.hand_over',
    input: () => ({ from: 'acc-hr', to: 'acc-admin' }),
    log: ['policy_change done (account acc-hr handed # jobs to acc-admin)'],
  },
  {
    route: 'admin.name_officer',
    input: () => ({ id: 'acc-officer' }),
    log: ['policy_change done (officer acc-officer)'],
  },
  {
    route: 'admin.password_link',
    input: () => ({ id: 'acc-hr' }),
    log: ['policy_change done (account acc-hr password_link)'],
  },
  { route: 'account.access', log: [] },
  {
    route: 'account.end_session',
    input: (p) => ({ id: firstOf(p, 'account.access', 'sessions', (one) => one['current'] === false) }),
    log: ['sign_in done (session ended)'],
  },
  { route: 'account.own_data', log: [] },
  { route: 'account.save_own_data', log: ['export done (own data lines #)'] },
  {
    route: 'account.set_title',
    input: () => ({ title: '招聘经理' }),
    log: ['policy_change done (own title changed)'],
  },
  { route: 'account.end_other_sessions', log: ['sign_in done (sessions ended #)'] },
  {
    route: 'account.change_password',
    input: ({ ids }) => ({ current: ids['adminPassword'], next: 'wide meadow seven' }),
    log: ['sign_in done (password changed)'],
  },
  { route: 'admin.devices', log: [] },
  {
    route: 'admin.save_holdings',
    input: (p) => ({ id: firstOf(p, 'admin.devices', 'items') }),
    log: ['export done (device (hash) holding #)'],
  },
  {
    route: 'admin.revoke_device',
    input: (p) => ({ id: firstOf(p, 'admin.devices', 'items') }),
    log: ['policy_change done (device (hash) revoked holding #)'],
  },
]
