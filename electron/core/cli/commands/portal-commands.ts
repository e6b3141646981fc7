import type { PersonRef } from '../../../shared/domain/disclosure.ts'
import type { RecordId } from '../../../shared/domain/ids.ts'
import { portalChannel, portalLinkDays } from '../../../shared/domain/portal-links.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import type { Command, CommandContext, Flags } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** `ID`, or `--platform P --candidate ID` for somebody who is destroyed, and the words that come after it. */
const targetOf = ({ flags, need, words, word }: CommandContext): { person: PersonRef; rest: readonly string[] } => {
  if (flags.platform === undefined) return { person: { record_id: word(0, 'ID') as RecordId }, rest: words.slice(1) }
  const from = platform.safeParse(flags.platform)
  const names = platform.options.join(', ')
  if (!from.success) throw new UsageError([`--platform 只能是 ${names}`, `--platform is one of ${names}`])
  return { person: { platform: from.data, candidate: need('candidate') }, rest: words }
}

const numberOf = (value: Flags[string]): number => (typeof value === 'string' ? Number(value) : portalLinkDays.usual)

/** Links to candidates' own pages. */
export const portalCommands: readonly Command[] = [
  {
    name: 'portal links',
    usage: 'ID | --platform P --candidate ID',
    needs: 'account',
    run: async (context) => {
      const { person } = targetOf(context)
      const found = await context.call('portal_link.list', { person })
      return {
        document: found,
        lines: formatTable(
          found.items.map((one) => [one.id, one.state, one.channel, formatTime(one.expires_at), one.created_by]),
        ),
      }
    },
  },
  {
    name: 'portal make',
    usage: `ID --channel ${portalChannel.options.join('|')} [--days N]   (prints words to send; sends nothing)`,
    needs: 'account',
    run: async (context) => {
      const { call, need, flags, language } = context
      const channel = portalChannel.safeParse(need('channel'))
      const names = portalChannel.options.join(', ')
      if (!channel.success) throw new UsageError([`--channel 只能是 ${names}`, `--channel is one of ${names}`])
      const made = await call('portal_link.make', {
        person: targetOf(context).person,
        channel: channel.data,
        days: numberOf(flags.days),
        language,
      })
      return { document: made, lines: [made.id, '', ...made.text.split('\n')] }
    },
  },
  {
    name: 'portal revoke',
    usage: 'ID LINK | LINK --platform P --candidate ID',
    needs: 'account',
    run: async (context) => {
      const { person, rest } = targetOf(context)
      const [link] = rest
      if (link === undefined) throw new UsageError(['需要 LINK', 'LINK is needed'])
      await context.call('portal_link.revoke', { person, link })
      return { document: { id: link }, lines: [link] }
    },
  },
]
