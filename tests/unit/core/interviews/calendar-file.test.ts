import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { calendarFile, foldLine, type CalendarEvent } from '../../../../electron/core/interviews/calendar-file.ts'

const event: CalendarEvent = {
  uid: '3f0c6a54-0000-4000-8000-000000000001@candor.invalid',
  sequence: 0,
  cancelled: false,
  stampedAt: Date.UTC(2026, 10, 26, 1, 2, 3),
  startsAt: Date.UTC(2026, 10, 27, 6, 30),
  minutes: 45,
  summary: '面试 · 后端开发工程师（Java，支付；高级） · 记录 12',
  location: '上海市浦东新区张江路 1 号, 3 楼; 大会议室',
  description: '现场面试',
  alarmMinutes: 15,
}

/** As a program of somebody else reads it. */
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as never[])
  const [inside, ...others] = calendar.getAllSubcomponents('vevent')
  if (inside === undefined || others.length > 0) throw new Error('one event')
  return { calendar, inside, event: new ICAL.Event(inside) }
}

const octets = (line: string): number => new TextEncoder().encode(line).length

describe('a calendar file', () => {
  it('says the same to another parser', () => {
    const { calendar, inside, event: found } = read(calendarFile(event))
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(found.uid).toBe(event.uid)
    expect(found.sequence).toBe(0)
    expect(found.summary).toBe(event.summary)
    expect(found.location).toBe(event.location)
    expect(found.description).toBe(event.description)
    expect(found.startDate.zone.tzid).toBe('UTC')
    expect(found.startDate.toJSDate().getTime()).toBe(event.startsAt)
    expect(found.endDate.toJSDate().getTime()).toBe(event.startsAt + 45 * 60_000)
    expect(inside.getFirstPropertyValue('status')).toBe('CONFIRMED')
    const alarm = inside.getFirstSubcomponent('valarm')
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe('-PT15M')
  })

  it('takes itself back under the same name and a higher number', () => {
    const { calendar, inside, event: found } = read(calendarFile({ ...event, sequence: 3, cancelled: true }))
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(inside.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(inside.getFirstSubcomponent('valarm')).toBeNull()
    expect([found.uid, found.sequence]).toEqual([event.uid, 3])
  })

  it('has lines of at most 75 octets, ended by CR LF, and cuts no character', () => {
    const long = '𠮷野家'.repeat(60)
    const text = calendarFile({ ...event, summary: long })
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    const lines = text.slice(0, -2).split('\r\n')
    expect(lines.filter((line) => octets(line) > 75 || /[\r\n]/u.test(line))).toEqual([])
    expect(lines.filter((line) => line.includes('\ufffd') || !line.isWellFormed())).toEqual([])
    expect(read(text).event.summary).toBe(long)
  })

  it('gives every text back as it was, and lets none of them begin a line of its own', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
        fc.constantFrom('', '\r\nATTENDEE:mailto:x@y.example', '\nEND:VEVENT', '\\n;,\\', '\u2028BEGIN:VEVENT'),
        (some, hostile) => {
          const summary = `${some}${hostile}`
          const found = read(calendarFile({ ...event, summary }))
          const kept = summary
            .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
            .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, '')
          expect(found.event.summary).toBe(kept)
          expect(found.inside.getAllProperties('attendee')).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('folds nothing that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (line) => {
        const folded = foldLine(line)
        expect(folded.replaceAll('\r\n ', '')).toBe(line.replaceAll('\r\n ', ''))
        if (octets(line) <= 75) expect(folded).toBe(line)
      }),
    )
  })
})
