import { describe, expect, it } from 'vitest'
import { decide } from '../../../../electron/core/policy/decide.ts'
import type { Channel, FieldName, Platform, Role } from '../../../../electron/shared/domain/vocabulary.ts'
import { channel, fieldName } from '../../../../electron/shared/domain/vocabulary.ts'
import { fullVia, openRequest, via } from './policy-request.fixture.ts'

/**
 * The tables of the design, transcribed by hand and not read from the profiles. Codes: `-` absent, `ali` alias, `msk`
 * masked, `VN`, `apr` approval, `rev` reveal, `see`, `band` age band, `city`, `vw` viewer, `vw+` viewer with reveal.
 * A code before `/` holds when the evidence carries everything (told, sent, public, calls allowed), the one after it when
 * it carries nothing.
 */
const meaning: Readonly<Record<string, string>> = {
  '-': 'absent full',
  ali: 'alias alias',
  msk: 'masked full',
  VN: 'VN full',
  apr: 'approval full',
  rev: 'reveal full',
  see: 'see full',
  band: 'see age_band',
  city: 'see city',
  vw: 'see redacted',
  'vw+': 'reveal redacted',
}

const zhaopinHr = `
field            recommended searched greeted exchanged delivered downloaded emailed direct campus_exam
name             ali         ali      ali     rev/ali   rev       rev        rev     rev    rev
phone            -           -        -       rev/-     rev       VN         rev     rev    rev
email            -           -        -       rev/-     rev       -          rev     rev    rev
wechat           -           -        -       rev/-     rev       -          rev     rev    rev
photo            see         see      see     see       see       see        see     see    see
birth_date       band        band     band    band      rev       band       rev     rev    rev
sex              -           -        -       -         rev       -          rev     rev    rev
household        -           -        -       -         rev       -          rev     rev    rev
political_status -           -        -       -         rev       -          rev     rev    rev
residence        city        city     city    city      city      city       city    city   city
body             see         see      see     see       see       see        see     see    see
current_salary   -           -        -       -         rev       -          rev     rev    rev
expected_salary  see         see      see     see       see       see        see     see    see
attachment       -           -        -       vw+/-     vw+/-     vw         vw+     vw+    vw+
id_number        -           -        -       -         -         -          -       -      apr
insights         see         see      see     see       see       see        -       -      -
save             -           -        -       -         apr       apr        apr     apr    apr`

const zhaopinHeadhunter = `
field            recommended searched greeted exchanged delivered downloaded emailed direct campus_exam
name             ali         ali      ali     ali       rev       -          -       ali    -
phone            -           -        -       VN/-      VN        -          -       VN     -
email            -           -        -       -         -         -          -       -      -
wechat           -           -        -       -         -         -          -       -      -
residence        city        city     city    city      city      -          -       city   -
body             see         see      see     see       see       -          -       see    -
attachment       -           -        -       vw/-      vw/-      -          -       vw     -
save             -           -        -       -         -         -          -       -      -`

const directHr = `
field            direct emailed referred campus_exam
name             rev    rev     rev      rev
phone            rev    rev     rev      rev
email            rev    rev     rev      rev
wechat           rev    rev     rev      rev
photo            see    see     see      see
birth_date       rev    rev     rev      rev
sex              rev    rev     rev      rev
household        rev    rev     rev      rev
political_status rev    rev     rev      rev
residence        city   city    city     city
body             see    see     see      see
current_salary   rev    rev     rev      rev
expected_salary  see    see     see      see
attachment       vw+    vw+     vw+      vw+
id_number        -      -       -        apr
insights         -      -       -        -
save             apr    apr     apr      apr`

const directHeadhunter = `
field      direct referred
name       ali    ali
phone      VN     VN
email      -      -
residence  city   city
body       see    see
attachment vw     vw
save       -      -`

const lagouHr = `
field      searched greeted exchanged delivered downloaded
name       ali      ali     ali       rev       rev
phone      -        rev/-   rev/-     rev       -
email      -        rev/-   rev/-     rev       -
wechat     -        rev/-   rev/-     rev       -
photo      -        -       -         rev       -
birth_date band     band    band      rev       band
sex        -        -       -         rev       -
residence  city     city    city      city      city
body       see      see     see       see       see
attachment -        vw+/-   vw+/-     vw+       vw
save       -        -       -         apr       apr`

const lagouHeadhunter = `
field      searched greeted exchanged delivered downloaded
name       ali      ali     ali       rev       -
residence  city     city    city      city      -
body       see      see     see       see       -
attachment -        vw/-    vw/-      vw        -`

const wanzhouHr = `
field      searched delivered downloaded
name       ali      rev       rev
phone      -        rev       -
email      -        rev       -
wechat     -        rev       -
photo      -        rev       -
birth_date band     rev       band
sex        -        rev       -
residence  city     rev       city
body       see      see       see
attachment -        vw+       vw
save       -        apr       apr`

const wanzhouHeadhunter = `
field      searched delivered downloaded
name       ali      rev       -
residence  city     city      -
body       see      see       -
attachment -        vw        -`

const maimaiHr = `
field           searched greeted exchanged delivered emailed card
name            see/ali  see/ali rev       rev       rev     msk
phone           VN/-     VN/-    rev/-     rev/VN    rev/VN  msk
email           -        -       rev/-     rev/-     rev/-   msk
wechat          -        -       rev/-     rev/-     rev/-   msk
photo           see/-    see/-   see/-     see       see     -
residence       see/-    see/-   see       see       see     -
body            see/-    see/-   see       see       see     -
expected_salary see/-    see/-   see       see       see     -
attachment      -        -       vw+/-     vw+       vw+     -
save            -        -       -         apr       apr     -`

const maimaiHeadhunter = `
field           searched greeted exchanged delivered card
name            see/ali  see/ali see/ali   see/rev   -
phone           VN/-     VN/-    VN/-      VN        -
residence       see/-    see/-   see/-     see/-     -
body            see/-    see/-   see/-     see/-     -
expected_salary see/-    see/-   see/-     see/-     -
attachment      -        -       vw/-      vw        -`

type Row = readonly [field: FieldName, channel: Channel, withAll: string, withNothing: string]

/** Every field in every channel; what a table leaves out is absent (D1). */
function cellsOf(table: string): Row[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
  const stated = new Map(
    rows.flatMap((row) => row.slice(1).map((code, index) => [`${row[0]} ${head[index + 1]}`, code] as const)),
  )
  return fieldName.options.flatMap((field) =>
    channel.options.map((name): Row => {
      const [withAll = '-', withNothing = withAll] = (stated.get(`${field} ${name}`) ?? '-').split('/')
      return [field, name, meaning[withAll] ?? withAll, meaning[withNothing] ?? withNothing]
    }),
  )
}

const matrices: readonly (readonly [title: string, platform: Platform, role: Role, table: string])[] = [
  ['[ZP-21] [ZP-26] [ZP-28] [ZP-30] Zhaopin, hr', 'zhaopin', 'hr', zhaopinHr],
  ['[ZP-22] Zhaopin, headhunter', 'zhaopin', 'headhunter', zhaopinHeadhunter],
  ['own intake, hr', 'direct', 'hr', directHr],
  ['own intake, headhunter', 'direct', 'headhunter', directHeadhunter],
  ['[LG-12] Lagou, hr', 'lagou', 'hr', lagouHr],
  ['[LG-12] Lagou, headhunter', 'lagou', 'headhunter', lagouHeadhunter],
  ['[WZ-14] Wanzhou, hr', 'wanzhou', 'hr', wanzhouHr],
  ['[WZ-14] Wanzhou, HR company', 'wanzhou', 'headhunter', wanzhouHeadhunter],
  ['[MM-06] [MM-12] Maimai, hr', 'maimai', 'hr', maimaiHr],
  ['[MM-12] Maimai, headhunter', 'maimai', 'headhunter', maimaiHeadhunter],
]

/** Channels that a table has no column for and that follow another one. */
const follows: Readonly<Partial<Record<Platform, Readonly<Partial<Record<Channel, Channel>>>>>> = {
  lagou: { recommended: 'searched', emailed: 'delivered' },
  wanzhou: { recommended: 'searched', emailed: 'delivered' },
  maimai: { recommended: 'searched' },
}

describe.each(matrices)('%s', (_title, platform, role, table) => {
  const cells = cellsOf(table)
  const followed = follows[platform] ?? {}

  it('shows every cell as the table says, when the evidence carries everything', () => {
    const differing = cells.flatMap(([field, name, withAll]) => {
      if (followed[name]) return []
      const { state, form } = decide({ ...openRequest(platform, { role, channels: [fullVia(name)] }), field })
      return `${state} ${form}` === withAll ? [] : [`${field} ${name}: ${state} ${form}, expected ${withAll}`]
    })
    expect(differing).toEqual([])
  })

  it('shows every cell as the table says, when nothing was told, sent, published or allowed', () => {
    const open = openRequest(platform, { role })
    const settings = { ...open.settings, allowCall: false, publicFields: [] }
    const differing = cells.flatMap(([field, name, , withNothing]) => {
      if (followed[name]) return []
      const { state, form } = decide({ ...open, settings, channels: [via(name)], field })
      return `${state} ${form}` === withNothing ? [] : [`${field} ${name}: ${state} ${form}, expected ${withNothing}`]
    })
    expect(differing).toEqual([])
  })

  it('treats a channel without a column like the one it follows, for hr', () => {
    for (const [name, other] of Object.entries(followed) as [Channel, Channel][]) {
      for (const field of fieldName.options) {
        const one = decide({ ...openRequest(platform, { role, channels: [fullVia(name)] }), field })
        const two = decide({ ...openRequest(platform, { role, channels: [fullVia(other)] }), field })
        const expected = role === 'headhunter' && name === 'emailed' ? 'absent' : two.state
        expect([field, name, one.state]).toEqual([field, name, expected])
      }
    }
  })
})

describe('own intake', () => {
  it('names no cell as the text of a platform', () => {
    for (const field of fieldName.options) {
      for (const name of channel.options) {
        for (const role of ['hr', 'headhunter'] as const)
          expect(decide({ ...openRequest('direct', { role, channels: [fullVia(name)] }), field }).source).toBe('d')
      }
    }
  })
})
