import type { Channel, Platform } from '../../shared/domain/vocabulary.ts'

/**
 * Which contacts a platform hands over with which channel. This is what the gateways themselves send; the workstation's policy
 * profiles decide further what of it is shown.
 */
export const contactFields = ['name', 'phone', 'email', 'wechat'] as const
export type ContactField = (typeof contactFields)[number]

const all = contactFields
const nameOnly: readonly ContactField[] = ['name']

type Rules = Readonly<Record<Platform, Readonly<Partial<Record<Channel, readonly ContactField[]>>>>>

const hrRules: Rules = {
  zhaopin: { delivered: all, emailed: all, direct: all, campus_exam: all, referred: all, downloaded: nameOnly },
  lagou: { delivered: all, emailed: all, referred: all, downloaded: nameOnly },
  wanzhou: { delivered: all, emailed: all, referred: all, downloaded: nameOnly },
  maimai: { delivered: nameOnly, emailed: all, referred: all, card: ['name', 'phone', 'email'] },
  qingyun: {},
  direct: { direct: all, emailed: all, referred: all },
}

/** K3: the name of a person who delivered, and no contact at all. */
const headhunterRules: Rules = {
  zhaopin: { delivered: nameOnly },
  lagou: { delivered: nameOnly },
  wanzhou: { delivered: nameOnly },
  maimai: { delivered: nameOnly },
  qingyun: {},
  direct: {},
}

/** Channels by which a record came to the employer itself; a setting made later does not take the delivery back (ZP-23). */
export const handedOver: ReadonlySet<Channel> = new Set<Channel>([
  'delivered',
  'emailed',
  'direct',
  'campus_exam',
  'referred',
  'exchanged',
  'card',
  'downloaded',
])

/** Channels that headhunters do not have (ZP-31). */
export const closedToHeadhunters: ReadonlySet<Channel> = new Set<Channel>(['downloaded', 'emailed', 'card', 'direct'])

/** Channels that never carry an attachment. */
export const withoutAttachments: ReadonlySet<Channel> = new Set<Channel>(['recommended', 'searched', 'card'])

export const fieldsOfChannel = (
  platform: Platform,
  channel: Channel,
  side: 'client' | 'headhunter',
  disclosed: readonly string[],
): readonly ContactField[] => {
  // Whatever the person told in a chat is theirs to tell; a headhunter still gets none of it (K3).
  if (channel === 'exchanged')
    return side === 'client' ? contactFields.filter((field) => disclosed.includes(field)) : []
  return (side === 'client' ? hrRules : headhunterRules)[platform][channel] ?? []
}
