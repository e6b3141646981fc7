/** An event of a calendar as RFC 5545 knows it. Every text has been cleared of people by its maker. */
export type CalendarEvent = {
  /** Stays the same for the life of the event; by it a calendar finds what it has. */
  readonly uid: string
  /** Grows with every change; a calendar takes the higher one. */
  readonly sequence: number
  readonly cancelled: boolean
  /** Milliseconds since 1970 UTC. */
  readonly stampedAt: number
  readonly startsAt: number
  readonly minutes: number
  readonly summary: string
  readonly location?: string
  readonly description?: string
  readonly alarmMinutes?: number
}

const limit = 75
const utf8 = new TextEncoder()

/**
 * RFC 5545, 3.1: lines of at most 75 octets, continued behind a blank. Octets are counted, not characters, and no character is
 * cut apart, which a reader that unfolds after decoding could not mend.
 */
export const foldLine = (line: string): string => {
  const parts: string[] = []
  let part = ''
  let size = 0
  for (const character of line) {
    const octets = utf8.encode(character).length
    // The blank of a continuation counts.
    if (size + octets > limit) {
      parts.push(part)
      part = ''
      size = 1
    }
    part += character
    size += octets
  }
  parts.push(part)
  return parts.join('\r\n ')
}

/** RFC 5545, 3.3.11; what a text may not hold at all is left out, so that no value can begin a line of its own. */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, '')
    .replace(/[\\;,]/gu, (mark) => `\\${mark}`)
    .replace(/\n/gu, '\\n')

/** `20261126T020000Z`: a moment, the same in every zone and on both sides of a change of clocks. */
export const utcTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/gu, '')}Z`

/**
 * One event as the text of an `.ics` file. A scheduled one is published, a cancelled one takes itself out of the calendar that
 * has it. The organizer is nobody: an address would be somebody's.
 */
export const calendarFile = (event: CalendarEvent): string => {
  const text = (name: string, value: string | undefined): string[] =>
    value === undefined || value === '' ? [] : [`${name}:${escapeText(value)}`]
  const alarm =
    event.alarmMinutes === undefined || event.cancelled
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `TRIGGER:-PT${event.alarmMinutes}M`,
          ...text('DESCRIPTION', event.summary),
          'END:VALARM',
        ]
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Candor//Interviews//ZH',
    'CALSCALE:GREGORIAN',
    `METHOD:${event.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utcTime(event.stampedAt)}`,
    `DTSTART:${utcTime(event.startsAt)}`,
    `DTEND:${utcTime(event.startsAt + event.minutes * 60_000)}`,
    'ORGANIZER:invalid:nomail',
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    ...text('SUMMARY', event.summary),
    ...text('LOCATION', event.location),
    ...text('DESCRIPTION', event.description),
    ...alarm,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(foldLine).join('\r\n')}\r\n`
}
