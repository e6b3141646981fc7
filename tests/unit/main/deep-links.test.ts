import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLinkBox } from '../../../electron/main/links/link-box.ts'
import { linkOfArguments, parseLink } from '../../../electron/main/links/parse-link.ts'

const id = '3f0c6a54-91aa-4c1e-8a51-000000000001'

describe('a deep link', () => {
  it('names a record, a job or a section, and nothing else', () => {
    expect(parseLink(`candor://candidate/${id}`)).toEqual({ to: 'candidate', id })
    expect(parseLink(`candor://job/J-7.2_a`)).toEqual({ to: 'job', id: 'J-7.2_a' })
    expect(parseLink('candor://section/retention')).toEqual({ to: 'section', name: 'retention' })
    // Windows puts a stroke behind what it takes for a host.
    expect(parseLink('candor://section/retention/')).toEqual({ to: 'section', name: 'retention' })
  })

  it.each([
    '',
    'candor://',
    'candor://candidate',
    'candor://candidate/',
    `candor:candidate/${id}`,
    `CANDOR://candidate/${id}`,
    `candor://evil/${id}`,
    `candor://candidate/${id}?reveal=phone`,
    `candor://candidate/${id}#x`,
    `candor://candidate/${id}/reveal`,
    'candor://candidate/../../etc/passwd',
    'candor://candidate/a..b',
    'candor://candidate/%2e%2e',
    'candor://candidate/a%00b',
    'candor://candidate/a\u0000b',
    'candor://candidate/a\nb',
    'candor://candidate/a b',
    'candor://candidate/端木雪琪',
    'candor://candidate/<img src=x>',
    'candor://candidate/;rm -rf',
    'candor://candidate/--inspect',
    'candor://section/Retention',
    'candor://section/a/b',
    'candor://user:pass@candidate/x',
    'javascript:alert(1)',
    'https://candidate/x',
    `candor://candidate/${'a'.repeat(129)}`,
    `candor://candidate/${'a'.repeat(100_000)}`,
    `candor://candidate/\u202e${id}`,
  ])('that is hostile is none: %j', (text) => {
    expect(parseLink(text)).toBeNull()
  })

  it('of any text has an id of harmless characters, or is none', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('candidate', 'job', 'section'),
        (tail, to) => {
          const link = parseLink(`candor://${to}/${tail}`)
          if (link !== null) expect(link.to === 'section' ? link.name : link.id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
        },
      ),
      { numRuns: 2000 },
    )
    for (const other of [undefined, null, 7, {}, []]) expect(parseLink(other)).toBeNull()
  })

  it('is found among the words of a command line, and not where there are two', () => {
    const link = `candor://job/${id}`
    expect(linkOfArguments(['/opt/candor', '--flag', link])).toEqual({ to: 'job', id })
    expect(linkOfArguments(['/opt/candor', link, 'candor://section/jobs'])).toBeNull()
    expect(linkOfArguments(['/opt/candor', '/home/x/candor.txt'])).toBeNull()
  })
})

describe('the link that waits', () => {
  it('is taken once, is the latest, goes with a lock, and is forgotten after ten minutes', () => {
    let now = 0
    const box = createLinkBox({ now: () => now })
    const [a, b] = [{ to: 'section', name: 'jobs' } as const, { to: 'section', name: 'ledger' } as const]
    expect(box.take()).toBeNull()
    box.put(a)
    box.put(b)
    expect(box.take()).toEqual(b)
    expect(box.take()).toBeNull()
    box.put(a)
    box.clear()
    expect(box.take()).toBeNull()
    box.put(a)
    now = 10 * 60_000 + 1
    expect(box.take()).toBeNull()
  })
})
