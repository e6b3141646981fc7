import { answerOf as of, type Step } from './entry-story.ts'

/** A mail that nobody vouches for, with a resume as its text. */
const mail = [
  'From: sender@zhaopin.com',
  'To: hr@example.com',
  'Subject: =?utf-8?B?5oqV6YCS?=',
  'Date: Mon, 02 Mar 2026 09:00:00 +0800',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  '姓名：钱多多\n电话：13700000004\n邮箱：qian@example.com\n出生年月：1990-05\n工作经历\n2019-2024 星河科技 会计\n',
].join('\r\n')
const file = (text: string): string => Buffer.from(text).toString('base64')

/** The first day of a home: vault, workspace, files of the outside world read by the real parser. */
export const firstStory: readonly Step[] = [
  { route: 'notice.answer', input: () => ({ choice: 'accept' }), log: [] },
  {
    route: 'vault.create',
    input: ({ ids }) => ({ passphrase: ids['passphrase'] }),
    log: ['consent done (notice accept #-#-#T#:#:#.#Z)', 'key_rotated done (vault created)'],
  },
  {
    route: 'account.start_local',
    input: () => ({ name: 'hr', employer: '北辰科技', officer: '沈清' }),
    log: ['consent done (rules (hash) agreed at the start)', 'sign_in done (local)'],
  },
  {
    route: 'job.import',
    input: () => ({ content_base64: file('职位,城市\n出纳,上海\n') }),
    log: ['stage done for (id) (job open imported)'],
  },
  { route: 'job.create', input: () => ({ title: '会计' }), log: ['stage done for (id) (job open)'] },
  {
    route: 'intake.add',
    input: (p) => ({
      name: 'a.txt',
      content_base64: file(
        '姓名：孙小美\n电话：13700000003\n邮箱：sun@example.com\n工作经历\n2019-2024 星河科技 会计\n',
      ),
      job_id: of(p, 'job.create')['id'],
    }),
    log: ['stage done of A for (id) (intake direct hand_in)'],
  },
  {
    route: 'candidate.confirm_age',
    input: (p) => ({ id: of(p, 'intake.add')['record_id'] }),
    log: ['consent done of A (age_confirmed D#)'],
  },
  {
    route: 'intake.add',
    input: (p) => ({ name: 'b.exe', content_base64: file('MZ\u0000\u0000'), job_id: of(p, 'job.create')['id'] }),
    log: ['stage done for (id) (quarantined unknown_format)'],
  },
  {
    route: 'quarantine.retry',
    input: (p) => ({ id: of(p, 'intake.add')['quarantine_id'], job_id: of(p, 'job.create')['id'] }),
    log: ['stage done for (id) (quarantined unknown_format)'],
  },
  {
    route: 'quarantine.discard',
    input: (p) => ({ id: of(p, 'intake.add')['quarantine_id'] }),
    log: ['destroyed done (quarantine discarded)'],
  },
  {
    route: 'intake.add',
    input: (p) => ({
      name: 'c.eml',
      content_base64: file('From: a@example.com\r\nSubject: hello\r\nMessage-ID: <1@example.com>\r\n\r\nplease\r\n'),
      job_id: of(p, 'job.create')['id'],
    }),
    log: ['stage done for (id) (quarantined no_resume)'],
  },
  {
    route: 'quarantine.to_request',
    input: (p) => ({ id: of(p, 'intake.add')['quarantine_id'], kind: 'delete' }),
    log: ['request done because request by D13 (received delete self mail)'],
  },
  { route: 'intake.begin', input: () => ({ total: 1 }), log: [] },
  {
    route: 'intake.add',
    input: (p) => ({ name: '钱多多.eml', content_base64: file(mail), run_id: of(p, 'intake.begin')['run_id'] }),
    log: ['stage done (waits job)'],
  },
  {
    route: 'intake.answer',
    input: (p) => ({
      id: of(p, 'intake.add')['quarantine_id'],
      platform: 'direct',
      job_id: of(p, 'job.create')['id'],
      remember: 'sender',
    }),
    log: ['stage done of B for (id) (intake direct email)'],
  },
  { route: 'intake.end', input: (p) => ({ run_id: of(p, 'intake.begin')['run_id'] }), log: [] },
  { route: 'intake.choices', log: [] },
  {
    route: 'intake.forget_choice',
    input: ({ answers }) => ({
      id: (answers.get('intake.choices') as { items: { id: string }[] }).items[0]?.id ?? 'none',
    }),
    log: ['stage done (intake choice forgotten)'],
  },
  {
    route: 'intake.review',
    input: ({ ids }) => ({ id: ids['A'] }),
    log: ['view shown of A for (id) [body] by ZP-13 (original)'],
  },
  {
    route: 'intake.correct',
    input: ({ ids }) => ({ id: ids['A'], changes: [{ kind: 'value', field: 'city', value: '上海' }] }),
    log: ['stage done of A for (id) [city] by ZP-13 (corrected #)'],
  },
  {
    route: 'intake.reread',
    input: ({ ids }) => ({ id: ids['A'] }),
    log: ['stage done of A for (id) by ZP-13 (read again #)'],
  },
  {
    route: 'folder.add',
    input: (p) => ({ job_id: of(p, 'job.create')['id'] }),
    log: ['policy_change done for (id) (folder watched leave)'],
  },
  { route: 'folder.look', log: [] },
  {
    route: 'folder.remove',
    input: (p) => ({ id: of(p, 'folder.add')['id'] }),
    log: ['policy_change done (folder not watched)'],
  },
  {
    route: 'hub_host.register',
    input: () => ({ hub: 'https://hub.example', place: '上海', mainland: true }),
    log: ['policy_change done (hub host registered)'],
  },
  {
    route: 'hub_host.remove',
    input: () => ({ host: 'hub.example' }),
    log: ['policy_change done (hub host removed)'],
  },
  {
    route: 'mailbox.add',
    input: () => ({ settings: { host: '127.0.0.1', port: 9, security: 'plain', user: 'hr' }, secret: {}, on: false }),
    log: ['policy_change done (mailbox added)'],
  },
  {
    route: 'mailbox.update',
    input: (p) => ({ id: of(p, 'mailbox.add')['id'], on: false }),
    log: ['policy_change done (mailbox off)'],
  },
  {
    route: 'mailbox.remove',
    input: (p) => ({ id: of(p, 'mailbox.add')['id'] }),
    log: ['policy_change done (mailbox removed)'],
  },
  {
    route: 'vault.unlock',
    meanwhile: 'locked',
    input: ({ ids }) => ({ passphrase: ids['passphrase'] }),
    log: ['lock done', 'sign_in done (unlocked)'],
  },
  { route: 'account.resume', input: () => ({ id: 'local' }), log: ['sign_in done (resumed)'] },
]
