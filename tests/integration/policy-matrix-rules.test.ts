import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { FieldName, Platform } from '../../electron/shared/domain/vocabulary.ts'
import { channel, fieldName } from '../../electron/shared/domain/vocabulary.ts'
import { routes } from '../../electron/shared/ipc/routes/index.ts'
import {
  applicationChange,
  attachmentChange,
  canariesOf,
  candidateChange,
  matrixJob,
  matrixPeople,
  matrixVariants,
  matrixPersonAt,
  personOf,
  putMatrixPeople,
  type Evidence,
  type MatrixPerson,
} from '../fixtures/matrix-people.ts'
import type { CellCode } from '../fixtures/policy-matrices.ts'
import {
  expectCell,
  expectNowhere,
  expectRefused,
  explained,
  listAll,
  lookAt,
  openMatrixPlace,
  recordIds,
  type Looked,
  type MatrixPlace,
} from '../helpers/matrix-core.ts'

/** What stands beside the cells: who meets no candidate at all, the first stage, several channels of one person, Qingyun. */
let place: MatrixPlace
const platforms = ['zhaopin', 'lagou', 'wanzhou', 'maimai', 'direct'] as const

const more = matrixPeople.length
const put = (person: MatrixPerson, told: readonly string[], ...evidence: readonly Evidence[]): void => {
  place.hub.put(
    candidateChange(person, { told, open: true }),
    ...evidence.map((one) => applicationChange(person, one)),
    ...evidence.filter((one) => one.attached).map((one) => attachmentChange(place.hub, person, one)),
  )
}

const lookAtOne = async (person: MatrixPerson): Promise<Looked> => {
  const looked = (await lookAt(place.core, [person])).get(person.id)
  if (looked === undefined) throw new Error('not looked at')
  return looked
}

/** Holds some fields of one person against the codes of the tables. */
const expectCodes = async (looked: Looked, codes: Readonly<Partial<Record<FieldName, CellCode>>>): Promise<void> => {
  for (const [field, code] of Object.entries(codes) as [FieldName, CellCode][])
    await expectCell(place.core, looked, { field, code, told: true, attached: true, cardOnly: false })
}

const starters = new Map<Platform, MatrixPerson>(platforms.map((name, index) => [name, personOf(more + index, name)]))
const lifted = personOf(more + 5, 'zhaopin')
const toldOne = personOf(more + 6, 'zhaopin')
const several = personOf(more + 7, 'zhaopin')
const carded = personOf(more + 8, 'maimai')
const civil = personOf(more + 9, 'qingyun')
const withdrawn = personOf(more + 10, 'maimai')

beforeAll(async () => {
  place = await openMatrixPlace()
  putMatrixPeople(place.hub)
  for (const [name, person] of starters) {
    const evidence = { channel: name === 'direct' ? ('direct' as const) : ('delivered' as const), attached: true }
    put(person, [`new-${name}`], { ...evidence, id: `new-${name}`, stage: 'new' })
  }
  put(lifted, ['lifted-1'], { id: 'lifted-1', channel: 'downloaded', hoursAgo: 9, attached: true })
  place.hub.put(
    candidateChange(toldOne, { told: ['told-2'], contacts: ['phone'], open: true }),
    applicationChange(toldOne, { id: 'told-1', channel: 'downloaded', hoursAgo: 9 }),
    applicationChange(toldOne, { id: 'told-2', channel: 'exchanged', hoursAgo: 8 }),
  )
  put(
    several,
    ['several-1', 'several-2', 'several-3'],
    { id: 'several-1', channel: 'delivered', hoursAgo: 30, attached: true },
    { id: 'several-2', channel: 'downloaded', hoursAgo: 20 },
    { id: 'several-3', channel: 'searched', hoursAgo: 2 },
  )
  put(
    carded,
    ['carded-1'],
    { id: 'carded-1', channel: 'card', hoursAgo: 9, attached: true },
    { id: 'carded-2', channel: 'searched', hoursAgo: 3 },
  )
  place.hub.put(
    candidateChange(withdrawn, { told: ['withdrawn-2'], open: false, hidden: true }),
    applicationChange(withdrawn, { id: 'withdrawn-1', channel: 'delivered', hoursAgo: 9 }),
    applicationChange(withdrawn, { id: 'withdrawn-2', channel: 'exchanged', hoursAgo: 8 }),
  )
  put(civil, ['civil-1'], { id: 'civil-1', channel: 'delivered', attached: true })
})
afterAll(async () => {
  await place.close()
})

describe('first stage, hr', () => {
  let seen: ReadonlyMap<string, Looked>
  const lookedOn = (name: Platform): Looked => {
    const looked = seen.get(starters.get(name)?.id ?? '')
    if (looked === undefined) throw new Error('not looked at')
    return looked
  }
  beforeAll(async () => {
    await place.enterAs('hr')
    seen = await lookAt(place.core, [...starters.values()])
  })

  for (const name of platforms) {
    it.each(['photo', 'sex', 'household', 'political_status'] as const)(
      `[D18] ${name}: %s of somebody who has just delivered is hidden`,
      async (field) => {
        const looked = lookedOn(name)
        expect((await explained(place.core, looked, field)).state).toBe('absent')
        expectNowhere(looked, field)
        await expectRefused(place.core, looked, field)
      },
    )

    it(`[D18] [K21] ${name}: the date of birth of somebody who has just delivered is a band at most`, async () => {
      const looked = lookedOn(name)
      const { state, form } = await explained(place.core, looked, 'birth_date')
      // Maimai gives recruiters no date of birth at all (MM-27).
      expect([state, form]).toEqual(name === 'maimai' ? ['absent', 'full'] : ['see', 'age_band'])
      expect(looked.row?.age_band).toBe(looked.person.ageBand)
      expectNowhere(looked, 'birth_date')
      await expectRefused(place.core, looked, 'birth_date')
    })

    it(`[K20] ${name}: nothing of a first stage tells the sex`, () => {
      expect(JSON.stringify([lookedOn(name).row, lookedOn(name).detail])).not.toMatch(/先生|女士|"(fe)?male"/)
    })
  }
})

describe('one person, several channels', () => {
  beforeAll(() => place.enterAs('hr'))

  it('[K1] [ZP-30] a later delivery lifts a downloaded record', async () => {
    await expectCodes(await lookAtOne(lifted), {
      name: 'rev',
      phone: 'VN',
      email: '-',
      wechat: '-',
      sex: '-',
      current_salary: '-',
      attachment: 'vw',
    })
    place.hub.put(
      candidateChange(lifted, { told: ['lifted-1', 'lifted-2'], open: true }, 2),
      applicationChange(lifted, { id: 'lifted-2', channel: 'delivered', hoursAgo: 1 }),
    )
    await syncOnce(place.core.core)
    await place.core.core.account?.indexer.settle()
    await expectCodes(await lookAtOne(lifted), {
      name: 'rev',
      phone: 'rev',
      email: 'rev',
      wechat: 'rev',
      sex: 'rev',
      birth_date: 'rev',
      current_salary: 'rev',
    })
  })

  it('[K1] [ZP-28] one value told in chat lifts that value of a downloaded record, and no other', async () => {
    await expectCodes(await lookAtOne(toldOne), { name: 'rev', phone: 'rev', email: '-', wechat: '-', sex: '-' })
  })

  it('[ZP-21] [ZP-26] [ZP-30] hr sees by the most permissive of the channels with evidence, not by the newest', async () => {
    await expectCodes(await lookAtOne(several), {
      name: 'rev',
      phone: 'rev',
      email: 'rev',
      wechat: 'rev',
      birth_date: 'rev',
      household: 'rev',
      residence: 'city',
      current_salary: 'rev',
      attachment: 'vw+',
    })
  })

  it('[MM-06] [MM-11] [K12] a card beside a public home page shows what the page shows, and the marks of the card', async () => {
    await expectCodes(await lookAtOne(carded), {
      name: 'see',
      phone: 'VN',
      email: 'msk',
      wechat: 'msk',
      residence: 'see',
      body: 'see',
      attachment: '-',
    })
  })

  it('[MM-06] [ZP-33] hiding takes away what was told in a chat, though it is kept, and leaves the delivery', async () => {
    await expectCodes(await lookAtOne(withdrawn), {
      name: 'rev',
      phone: 'VN',
      email: '-',
      wechat: '-',
      residence: 'see',
      body: 'see',
    })
  })

  it('[ZP-22] [ZP-31] a headhunter sees by the delivery what no download shows', async () => {
    await place.enterAs('headhunter')
    await expectCodes(await lookAtOne(several), {
      name: 'rev',
      phone: 'VN',
      email: '-',
      wechat: '-',
      sex: '-',
      body: 'see',
      attachment: 'vw',
      save: '-',
    })
  })
})

/** A well-formed question to every route about candidates. */
const questions = (id: string): ReadonlyArray<readonly [route: string, input: unknown]> => [
  ['candidate.list', {}],
  ['candidate.list', { query: '工程师' }],
  ['candidate.facets', {}],
  ['candidate.get', { id }],
  ['candidate.get', { id, job_id: matrixJob }],
  ['candidate.reveal', { id, field: 'phone', reason: 'contact' }],
  ['candidate.explain', { id, field: 'phone' }],
  ['candidate.confirm_age', { id }],
  ['attachment.open', { id: `file-application-${matrixPeople[0]?.id}` }],
]

describe('officer', () => {
  let ids: ReadonlyMap<string, string>
  beforeAll(async () => {
    await place.enterAs('officer')
    ids = recordIds(place.core)
  })

  it('[D17] has no list of candidates', async () => {
    expect(await listAll(place.core)).toEqual([])
    expect((await place.core.call('candidate.facets', {})).city).toEqual([])
  })

  for (const name of platforms) {
    it.each(channel.options)(`[D17] ${name}, officer, %s: E_ROLE, and no field by any explanation`, async (one) => {
      for (const variant of matrixVariants) {
        const id = ids.get(matrixPersonAt(name, one, variant).id) ?? ''
        for (const input of [{ id }, { id, reason: 'request' }])
          expect(await place.core.codeOf('candidate.get', input)).toBe('E_ROLE')
        expect(await place.core.codeOf('candidate.reveal', { id, field: 'name', reason: 'request' })).toBe('E_ROLE')
        for (const field of fieldName.options) {
          const { state } = await place.core.call('candidate.explain', { id: id as never, field })
          expect([field, state]).toEqual([field, 'absent'])
        }
      }
    })
  }
})

describe('whoever meets no candidate', () => {
  it('[ZP-42] an unverified account is refused by every route about candidates, and syncs none', async () => {
    await place.enterAs('hr')
    const id = recordIds(place.core).get(matrixPeople[0]?.id ?? '') ?? ''
    expect(await place.core.codeOf('candidate.get', { id })).toBe('none')
    await place.enterAs('unverified')
    expect([...recordIds(place.core)]).toEqual([])
    for (const [route, input] of questions(id))
      expect([route, await place.core.codeOf(route, input)]).toEqual([route, 'E_UNVERIFIED'])
  })

  it('[ZP-03] nobody who has not signed in is answered', async () => {
    await place.enterAs('hr')
    const id = recordIds(place.core).get(matrixPeople[0]?.id ?? '') ?? ''
    await place.core.call('account.sign_out', {})
    for (const [route, input] of questions(id))
      expect([route, await place.core.codeOf(route, input)]).toEqual([route, 'E_SESSION'])
  })

  const about = Object.entries(routes).filter(([route]) => /^(candidate|attachment)\./.test(route))
  it.each(about)('[ZP-03] [ZP-42] %s is open to no visitor and no unverified account', (_route, { roles }) => {
    const open: readonly string[] = roles
    for (const caller of ['public', 'vault', 'visitor', 'unverified']) expect(open).not.toContain(caller)
  })
})

describe('Qingyun', () => {
  const words = [...new Set(fieldName.options.flatMap((field) => canariesOf(civil, field)))].filter(
    // City and sex are shared with others.
    (word) => word !== civil.city && !/male|先生|女士/.test(word) && !/^\d{4}-\d{2}$/.test(word),
  )

  it.each(['hr', 'headhunter', 'admin', 'officer'] as const)(
    '[QY-09] no candidate of Qingyun appears anywhere, whatever a hub sends: %s',
    async (seat) => {
      await place.enterAs(seat)
      expect(recordIds(place.core).has(civil.id)).toBe(false)
      const texts: string[] = []
      const ask = async (route: string, input: unknown): Promise<void> => {
        texts.push(JSON.stringify(await place.core.router.call(route, input)))
      }
      const rows = await listAll(place.core)
      expect(rows.length > 0).toBe(seat !== 'officer')
      texts.push(JSON.stringify(rows))
      await ask('candidate.list', { platform: 'qingyun' })
      for (const query of [civil.phrase, civil.company, civil.name]) await ask('candidate.list', { query })
      for (const id of [civil.id, 'civil-1']) await ask('candidate.get', { id })
      for (const route of [
        'candidate.facets',
        'job.list',
        'sync.status',
        'system.state',
        'quarantine.list',
        'ledger.export',
      ])
        await ask(route, {})
      for (const route of ['retention.plan', 'ledger.list', 'certificate.list']) await ask(route, { limit: 500 })
      const all = texts.join('\n')
      expect(words.filter((word) => all.includes(word))).toEqual([])
      expect(rows.filter((row) => row.platform === 'qingyun')).toEqual([])
      const { items, total } = await place.core.call('candidate.list', { platform: 'qingyun' })
      expect([items, total]).toEqual([[], 0])
      const facets = await place.core.call('candidate.facets', {})
      expect(facets.platform.map(({ value }) => value)).not.toContain('qingyun')
    },
  )
})
