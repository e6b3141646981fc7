import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decide } from '../../../../electron/core/policy/decide.ts'
import { tightenProfile } from '../../../../electron/core/policy/versions/tighten-profile.ts'
import { summariseProfile, viewProfile } from '../../../../electron/core/policy/view/view-profile.ts'
import { matrixRole, profileView } from '../../../../electron/shared/domain/policy-views.ts'
import type { Platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { channel, fieldName } from '../../../../electron/shared/domain/vocabulary.ts'
import { fullVia, openRequest, profiles, requireProfile, resourcesDir } from './policy-request.fixture.ts'

const clauses = new Map(
  z
    .array(z.object({ id: z.string(), clause: z.string(), behaviour: z.string() }))
    .parse(JSON.parse(readFileSync(join(resourcesDir, 'clauses.json'), 'utf8')))
    .map((row) => [row.id, row]),
)
const view = (platform: Platform, role: z.infer<typeof matrixRole> = 'hr', profile = requireProfile(platform)) =>
  viewProfile(profile, requireProfile(platform), role, clauses)

const everyView = [...profiles.keys()].flatMap((platform) =>
  matrixRole.options.map((role) => [platform, role] as const),
)

describe('viewProfile', () => {
  it.each(everyView)(
    '%s for %s has the shape of the contract and a text for every clause that it names',
    (platform, role) => {
      const shown = view(platform, role)
      expect(profileView.parse(shown)).toEqual(shown)
      const named = [...JSON.stringify(shown).matchAll(/"clause":"([^"]+)"/g)].map((match) => match[1] ?? '')
      expect(named.filter((id) => shown.clauses[id] === undefined)).toEqual([])
    },
  )

  it.each(everyView)(
    '%s for %s shows what a decision shows, where everything is told, sent and public',
    (platform, role) => {
      const shown = view(platform, role)
      // The second layer has a limit of its own beside the cells (ZP-05).
      const open = shown.rows.filter((row) => !shown.sealed.fields.includes(row.field))
      for (const { field, cells } of open) {
        for (const via of channel.options) {
          const decision = decide({ ...openRequest(platform, { role, channels: [fullVia(via)] }), field })
          const cell = cells[via] ?? { state: 'absent', form: 'full' }
          expect([field, via, cell.state, cell.form]).toEqual([field, via, decision.state, decision.form])
        }
      }
    },
  )

  it('[QY-09] has no rows and no channels for a platform without candidates', () => {
    expect(view('qingyun')).toMatchObject({ candidates: false, rows: [], channels: [] })
  })

  it('leaves out the channels by which a role has no cell', () => {
    expect(view('wanzhou').channels).toEqual(['recommended', 'searched', 'delivered', 'downloaded', 'emailed'])
    expect(view('wanzhou', 'headhunter').channels).not.toContain('downloaded')
    expect(view('wanzhou').rows.map((row) => row.field)).toEqual(fieldName.options)
  })

  it('names a condition and what holds without it', () => {
    const phone = view('zhaopin').rows.find((row) => row.field === 'phone')
    expect(phone?.cells.exchanged).toEqual({
      state: 'reveal',
      form: 'full',
      clause: 'ZP-28',
      source: 'text',
      rule: 'REVEAL_LOGGED',
      lift: 'REVEAL',
      condition: 'told',
      otherwise: {
        state: 'absent',
        form: 'full',
        clause: 'ZP-28',
        source: 'default',
        rule: 'NOT_TOLD',
        lift: 'DELIVERY_OR_TOLD',
      },
    })
  })

  it('[D17] shows an admin a card and an officer nothing', () => {
    const cell = (role: 'admin' | 'officer', field: string) =>
      view('maimai', role).rows.find((row) => row.field === field)?.cells.searched
    expect(cell('admin', 'name')).toMatchObject({ state: 'alias', form: 'alias' })
    expect(cell('admin', 'residence')).toMatchObject({ state: 'see', form: 'city', condition: 'public' })
    expect(cell('admin', 'body')).toMatchObject({ state: 'absent', clause: 'D17', rule: 'ADMIN_CARD_ONLY' })
    expect(cell('officer', 'name')).toMatchObject({ state: 'absent', clause: 'D17', rule: 'OFFICER_BY_REQUEST' })
  })

  it('[ZP-01] carries the platform’s label and dates, and the revision of exactly these rules', () => {
    expect(view('zhaopin')).toMatchObject({
      version: '2026 V3',
      updated: '2026-06-08',
      effective: '2026-06-15',
      revision: requireProfile('zhaopin').revision,
    })
  })

  it('[WZ-01] says which text is older than the law, and that its silence is not followed', () => {
    expect(view('wanzhou').flags).toEqual(
      expect.arrayContaining(['deactivated', 'pre_pipl', 'implied_consent_refused']),
    )
    expect(view('zhaopin').flags).not.toContain('pre_pipl')
  })

  it('[LG-28] displays every number and every hidden contact of an excerpt as a default', () => {
    const shown = view('lagou')
    expect(shown.silent).toContain('retention')
    expect(shown.numbers.filter((number) => number.source !== 'default')).toEqual([])
    for (const field of ['name', 'phone', 'email', 'wechat'] as const) {
      const cells = Object.values(shown.rows.find((row) => row.field === field)?.cells ?? {})
      expect(cells.map((cell) => cell.source)).toEqual(cells.map(() => 'default'))
    }
  })

  it('tells the platform’s text from a default in numbers and gates', () => {
    const { numbers, gates } = view('zhaopin')
    const source = (path: string) => numbers.find((number) => number.path === path)
    expect(source('requests.workdays')).toMatchObject({ value: 15, unit: 'workdays', clause: 'ZP-91', source: 'text' })
    expect(source('retention.rejected_days')).toMatchObject({
      value: 30,
      unit: 'days',
      clause: 'D4',
      source: 'default',
    })
    expect(gates.find((gate) => gate.name === 'realname')?.source).toBe('text')
    expect(gates.find((gate) => gate.name === 'nda')?.source).toBe('default')
  })

  it('[ZP-106] marks what a stricter rule has replaced, and counts it', () => {
    const shipped = requireProfile('zhaopin')
    const { profile } = tightenProfile(shipped, {
      cells: { body: { searched: { hr: ['absent', 'full', 'e', 'ZP-26'] } } },
      retention: { rejected_days: [10, 'D4'] },
      gates: { training: { by: ['course'], clause: 'D1' } },
    })
    const shown = view('zhaopin', 'hr', profile)
    expect(shown.tightened).toBe(2)
    expect(shown.rows.find((row) => row.field === 'body')?.cells.searched?.source).toBe('enterprise')
    expect(shown.numbers.find((number) => number.source === 'enterprise')).toMatchObject({ value: 10 })
    expect(shown.gates.filter((gate) => gate.source === 'enterprise').map((gate) => gate.name)).toEqual(['training'])
    expect(summariseProfile(shipped, shipped).tightened).toBe(0)
  })
})
