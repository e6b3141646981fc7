import { plantedIds } from '../../helpers/plant-canaries.ts'
import { day, monday } from '../../helpers/retention-home.ts'
import { answerOf as of, type Step } from './entry-story.ts'

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const parts = {
  facts_impact: '一台电脑遗失',
  measures: '已吊销',
  advice: '留意来电',
  remedies: '可申请删除',
  contact: '负责人',
}

/** What follows in the same workspace: holds, requests, papers, incidents, the officer, files, backups, destruction, keys. */
export const dutyStory: readonly Step[] = [
  {
    route: 'hold.request',
    input: ({ ids }) => ({ id: ids['B'], until: monday + 9 * day, reason: '仲裁' }),
    log: ['hold done of B by QY-36 (asked until #-#-#T#:#:#.#Z)'],
  },
  {
    route: 'hold.decide',
    input: (p) => ({ id: of(p, 'hold.request')['id'], status: 'granted', officer: '沈清' }),
    log: ['approve done of B by QY-36 (hold until #-#-#T#:#:#.#Z at_workstation)'],
  },
  {
    route: 'hold.release',
    input: (p) => ({ id: of(p, 'hold.request')['id'], reason: '和解' }),
    log: ['hold done of B by QY-36 (released)'],
  },
  {
    route: 'request.get',
    input: () => ({ id: 'hub-request-one' }),
    log: ['request shown of A because request by D13 (opened explain)'],
  },
  {
    route: 'request.letter',
    input: () => ({ id: 'hub-request-one', language: 'zh-CN' }),
    log: ['request shown of A because request by D13 (letter open)'],
  },
  {
    route: 'request.open_paper',
    input: () => ({ id: plantedIds.paper }),
    log: ['open_file shown of A because request by D13 (paper identity)'],
  },
  {
    route: 'request.remove_paper',
    input: () => ({ id: plantedIds.paper }),
    log: ['request done of A because request by D13 (paper identity removed)'],
  },
  {
    route: 'request.add',
    input: () => ({ kind: 'restrict', via: 'phone', contact: 'sun@example.com' }),
    log: ['request done because request by D13 (received restrict self phone)'],
  },
  {
    route: 'request.reveal_contact',
    input: (p) => ({ id: of(p, 'request.add')['id'] }),
    log: ['reveal shown because request by D13 (contact)'],
  },
  {
    route: 'request.link',
    input: (p) => ({ id: of(p, 'request.add')['id'], record_id: p.ids['B'] }),
    log: ['request done of B because request by D13 (linked)'],
  },
  {
    route: 'request.note_proof',
    input: (p) => ({ id: of(p, 'request.add')['id'], kind: 'identity' }),
    log: ['request done of B because request by D13 (seen identity)'],
  },
  {
    route: 'request.add_paper',
    input: (p) => ({ id: of(p, 'request.add')['id'], kind: 'identity', name: 'a.png', content_base64: picture }),
    log: ['request done of B because request by D13 (paper identity)'],
  },
  {
    route: 'request.verify',
    input: (p) => ({ id: of(p, 'request.add')['id'], verdict: 'verified' }),
    log: ['request done of B because request by D13 (identity verified)'],
  },
  {
    route: 'request.search',
    input: (p) => ({ id: of(p, 'request.add')['id'] }),
    log: ['search done of B because request by D13 (copies #)', 'search_hit shown of A because request'],
  },
  {
    route: 'request.carry_out',
    input: (p) => ({ id: of(p, 'request.add')['id'] }),
    log: ['request done of B because request by D13 (carried out restrict)'],
  },
  {
    route: 'request.answer',
    input: (p) => ({ id: of(p, 'request.add')['id'], outcome: 'done' }),
    log: ['request done of B because request by D13 (answered done)'],
  },
  {
    route: 'request.save_letter',
    input: (p) => ({ id: of(p, 'request.add')['id'], language: 'zh-CN' }),
    log: ['export done of B because request by D13 (letter closed)'],
  },
  {
    route: 'request.unrestrict',
    input: (p) => ({ id: of(p, 'request.add')['id'] }),
    log: ['request done of B because request by D13 (restriction lifted)'],
  },
  {
    route: 'request.add',
    input: ({ ids }) => ({
      kind: 'access',
      requester: 'deceased_relative',
      kinship: 'child',
      via: 'post',
      record_id: ids['B'],
    }),
    log: ['request done of B because request by D13 (received access deceased_relative post)'],
  },
  {
    route: 'request.dispute',
    input: (p) => ({ id: of(p, 'request.add')['id'], words: '子女意见不一' }),
    log: [
      'request done of B because request by D13 (disputed QY-#)',
      'hold done of B because request by D13 (dispute QY-#)',
    ],
  },
  {
    route: 'request.note_proof',
    input: (p) => ({ id: of(p, 'request.add')['id'], kind: 'resolution' }),
    log: ['request done of B because request by D13 (seen resolution)'],
  },
  {
    route: 'request.resolve',
    input: (p) => ({ id: of(p, 'request.add')['id'], words: '判决' }),
    log: [
      'request done of B because request by D13 (dispute resolved QY-#)',
      'hold done of B because request by D13 (dispute released QY-#)',
    ],
  },
  {
    route: 'disclosure.find',
    input: ({ ids }) => ({ person: { platform: 'direct', candidate: `local-${ids['A']}` } }),
    log: ['log_read shown of A (statement)'],
  },
  {
    route: 'disclosure.make',
    input: ({ ids }) => ({ person: { platform: 'direct', candidate: `local-${ids['A']}` } }),
    log: ['export done of A because request (statement)'],
  },
  {
    route: 'package.make',
    input: ({ ids }) => ({ record_id: ids['C'] }),
    log: ['export done of C [name phone birth_date body attachment] because request by ZP-90 (package copy)'],
  },
  {
    route: 'incident.open',
    input: () => ({
      kind: 'lost_device',
      title: '电脑遗失',
      discovered_at: monday,
      from_at: monday - day,
      to_at: monday + day,
    }),
    log: ['incident done (opened lost_device persons=# gone=#)'],
  },
  {
    route: 'incident.get',
    input: (p) => ({ id: of(p, 'incident.open')['id'] }),
    log: ['search_hit shown of A', 'search_hit shown of B', 'search_hit shown of C'],
  },
  {
    route: 'incident.save',
    input: (p) => ({ id: of(p, 'incident.open')['id'], parts }),
    log: ['incident done (draft missing=#)'],
  },
  {
    route: 'incident.make_letters',
    input: (p) => ({ id: of(p, 'incident.open')['id'], record_ids: [p.ids['A']] }),
    log: ['export done of A [name] because other (incident letter)'],
  },
  {
    route: 'incident.tell',
    input: (p) => ({ id: of(p, 'incident.open')['id'], record_ids: [p.ids['A']], channel: 'phone' }),
    log: ['incident done of A (told phone)'],
  },
  {
    route: 'incident.mark',
    input: (p) => ({ id: of(p, 'incident.open')['id'], what: 'public' }),
    log: ['incident done (public)'],
  },
  { route: 'officer.log_reads', log: ['log_read shown (log_reads)'] },
  {
    route: 'officer.save_date',
    input: () => ({ kind: 'training', whose: '周岚', done_at: 1 }),
    log: ['policy_change done (date training)'],
  },
  {
    route: 'officer.remove_date',
    input: (p) => ({ id: of(p, 'officer.save_date')['id'] }),
    log: ['policy_change done (date removed)'],
  },
  {
    route: 'officer.save_assessment',
    input: () => ({ title: 'AI 摘要', basis: 'other', result: 'planned', measures: '' }),
    log: ['policy_change done (assessment planned)'],
  },
  {
    route: 'officer.remove_assessment',
    input: (p) => ({ id: of(p, 'officer.save_assessment')['id'] }),
    log: ['policy_change done (assessment removed)'],
  },
  {
    route: 'audit.make',
    input: () => ({ from_at: monday - day, to_at: monday + day }),
    log: ['export done because audit (audit entries=# certificates=#)'],
  },
  { route: 'ledger.list', input: ({ ids }) => ({ record_id: ids['A'] }), log: ['log_read shown of A'] },
  { route: 'ledger.anchor', log: ['export done (anchor size #)'] },
  { route: 'ledger.export', log: ['export done (ledger size #)'] },
  {
    route: 'approval.ask',
    input: (p) => ({ id: of(p, 'intake.add')['record_id'], kind: 'export', reason: '讨论' }),
    log: ['approve done of (id) for job by ZP-96 (asked export (id))'],
  },
  {
    route: 'approval.decide',
    input: (p) => ({ id: of(p, 'approval.ask')['id'], status: 'granted', officer: '沈清' }),
    log: ['approve done of (id) for job by ZP-96 (granted (id) at_workstation)'],
  },
  {
    route: 'export.make',
    input: (p) => ({ id: of(p, 'approval.ask')['id'], format: 'csv' }),
    log: ['export done of (id) for job [name phone birth_date] by ZP-96 (approval (id))'],
  },
  {
    route: 'application.set_stage',
    input: (p) => ({ id: of(p, 'intake.add')['application_id'], stage: 'hired' }),
    log: ['stage done of (id) for job (new hired)', 'lock done of (id) (hired)'],
  },
  { route: 'handover.list', log: [] },
  {
    route: 'handover.request',
    input: (p) => ({ application_id: of(p, 'intake.add')['application_id'], legal_basis: 'contract', reason: '入职' }),
    log: ['export done of (id) for job by K22 (handover asked contract)'],
  },
  {
    route: 'handover.decide',
    input: (p) => ({ id: of(p, 'handover.request')['id'], status: 'granted', officer: '沈清' }),
    log: ['approve done of (id) for job by K22 (handover granted at_workstation)'],
  },
  {
    route: 'handover.make',
    input: (p) => ({ id: of(p, 'handover.request')['id'] }),
    log: ['export done of (id) for job [name phone body attachment] by K22 (handover contract)'],
  },
  { route: 'backup.choose_folder', log: ['policy_change done (backup folder)'] },
  {
    route: 'backup.set_schedule',
    input: () => ({ every: 'weekly' }),
    log: ['policy_change done (backup weekly keep #)'],
  },
  { route: 'backup.start', log: ['export done (backup # people #)'] },
  {
    route: 'backup.remove',
    input: ({ ids }) => ({ id: ids['backup'] }),
    log: ['policy_change done (backup # removed)'],
  },
  { route: 'backup.start', log: ['export done (backup # people #)'] },
  {
    route: 'backup.forget',
    meanwhile: 'backup_gone',
    input: ({ ids }) => ({ id: ids['backup'] }),
    log: ['policy_change done (backup # said to be gone missing)'],
  },
  {
    route: 'request.add',
    input: ({ ids }) => ({ kind: 'delete', via: 'mail', source: '2026-03-02 来信', record_id: ids['C'] }),
    log: ['request done of C because request by D13 (received delete self mail)'],
  },
  {
    route: 'request.note_proof',
    input: (p) => ({ id: of(p, 'request.add')['id'], kind: 'identity' }),
    log: ['request done of C because request by D13 (seen identity)'],
  },
  {
    route: 'request.verify',
    input: (p) => ({ id: of(p, 'request.add')['id'], verdict: 'verified' }),
    log: ['request done of C because request by D13 (identity verified)'],
  },
  {
    route: 'request.search',
    input: (p) => ({ id: of(p, 'request.add')['id'] }),
    log: ['search done of C because request by D13 (copies #)'],
  },
  {
    route: 'request.destroy',
    input: (p) => ({ id: of(p, 'request.add')['id'] }),
    log: [
      'request done of C because request by D13 (destruction ordered #)',
      'destroy_begin done of C for job (requested ZP-# due #-#-#T#:#:#.#Z)',
      'destroyed done of C (requested ZP-#)',
    ],
  },
  {
    route: 'retention.destroy_now',
    input: ({ ids }) => ({ application_ids: [ids['application']], reason: 'requested' }),
    log: [
      'destroy_begin done of A for job (requested ZP-# due #-#-#T#:#:#.#Z)',
      'destroyed done of A (requested ZP-#)',
    ],
  },
  { route: 'retention.run', log: [] },
  {
    route: 'policy.tighten',
    input: () => ({
      platform: 'direct',
      document: 'cells:\n  phone:\n    direct:\n      hr: [masked, full, d, ZP-53]\n',
    }),
    log: ['policy_change done (enterprise direct (hash))'],
  },
  { route: 'policy.updates', log: [] },
  {
    route: 'policy.answer',
    input: (p) => ({ rules_version: of(p, 'policy.updates')['rules_version'], choice: 'accept' }),
    log: ['consent done (rules (hash) accept)'],
  },
  {
    route: 'vault.change_passphrase',
    input: ({ ids }) => ({ passphrase: ids['passphrase'], next: `${ids['passphrase']} x` }),
    log: ['key_rotated done (passphrase)'],
  },
  {
    route: 'vault.new_recovery_code',
    input: ({ ids }) => ({ passphrase: `${ids['passphrase']} x` }),
    log: ['key_rotated done (recovery code)'],
  },
  {
    route: 'file.answer',
    input: ({ ids }) => ({ id: ids['file1'], answer: 'destroyed' }),
    meanwhile: 'files_missed',
    log: ['destroyed done of B (file said_destroyed D#)'],
  },
  {
    route: 'file.point_to',
    input: ({ ids }) => ({ id: ids['file2'] }),
    log: ['destroyed done of B (file destroyed at_path D#)'],
  },
  {
    route: 'file.look_again',
    input: ({ ids }) => ({ id: ids['file3'] }),
    log: ['destroyed denied of B (file missing D#)'],
  },
  { route: 'account.sign_out', log: ['sign_in done (signed out)'] },
  { route: 'account.resume', input: () => ({ id: 'local' }), log: ['sign_in done (resumed)'] },
  { route: 'backup.start', log: ['export done (backup # people #)'] },
  {
    route: 'backup.restore',
    input: ({ ids }) => ({ id: ids['backup'], replace: true }),
    log: ['restore done (backup # people # dropped # hub none)'],
  },
  {
    route: 'vault.restore',
    meanwhile: 'new_machine',
    input: (p) => ({
      recovery_code: of(p, 'vault.new_recovery_code')['recovery_code'],
      passphrase: p.ids['passphrase'],
    }),
    log: [
      'restore done (backup # people # dropped # hub none)',
      'consent done of (id) (pool ended pool_ended D#)',
      'destroy_begin done of (id) for job (job_idle D# due #-#-#T#:#:#.#Z)',
      'destroyed done of (id) (job_idle D#)',
      'key_rotated done (vault restored)',
    ],
  },
]
