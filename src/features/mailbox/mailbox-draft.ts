import {
  mailSender,
  mailboxSettings,
  type MailboxSecretInput,
  type MailboxSettings,
  type MailSignInProvider,
} from '@shared/domain/mailbox.ts'
import type { JobId } from '@shared/domain/ids.ts'
import type { Platform } from '@shared/domain/vocabulary.ts'

export type SenderDraft = { match: string; platform: Platform | 'auto'; job: JobId | 'usual' }

/** A mailbox as it is typed: text everywhere, nothing checked yet. */
export type MailboxDraft = {
  user: string
  password: string
  host: string
  port: string
  security: MailboxSettings['security']
  plainOk: boolean
  ca: string
  folders: string
  job: JobId | 'auto'
  senders: SenderDraft[]
  platformSenders: boolean
  takeRequests: boolean
  authority: string
  after: MailboxSettings['after']
  moveTo: string
  onDestruction: MailboxSettings['on_destruction']
  auth: MailboxSettings['auth']
  authorizationAddress: string
  redirectHost: NonNullable<MailboxSettings['oauth']>['redirect_host']
  /** A sign-in in the browser that is done, until it is saved; the token itself never comes here. */
  signIn: string
  tokenAddress: string
  clientId: string
  clientSecret: string
  refreshToken: string
  scope: string
}

export const draftOf = (settings: MailboxSettings | undefined): MailboxDraft => ({
  user: settings?.user ?? '',
  password: '',
  host: settings?.host ?? '',
  port: String(settings?.port ?? 993),
  security: settings?.security ?? 'tls',
  plainOk: settings?.plain_ok ?? false,
  ca: settings?.ca ?? '',
  folders: (settings?.folders ?? ['INBOX']).join(', '),
  job: settings?.job_id ?? 'auto',
  senders: (settings?.senders ?? []).map(({ match, platform, job_id: job }) => ({
    match,
    platform: platform ?? 'auto',
    job: job ?? 'usual',
  })),
  platformSenders: settings?.platform_senders ?? true,
  takeRequests: settings?.take_requests ?? false,
  authority: settings?.authority ?? '',
  after: settings?.after ?? 'keep',
  moveTo: settings?.move_to ?? '',
  onDestruction: settings?.on_destruction ?? 'task',
  auth: settings?.auth ?? 'password',
  authorizationAddress: settings?.oauth?.authorization_address ?? '',
  redirectHost: settings?.oauth?.redirect_host,
  signIn: '',
  tokenAddress: settings?.oauth?.token_address ?? '',
  clientId: settings?.oauth?.client_id ?? '',
  clientSecret: '',
  refreshToken: '',
  scope: settings?.oauth?.scope ?? '',
})

/** Takes over the addresses of a provider; name, password and what is read stay as they were typed. */
export const chooseProvider = (draft: MailboxDraft, provider: MailSignInProvider): void => {
  draft.host = provider.host
  draft.port = String(provider.port)
  draft.security = 'tls'
  draft.authorizationAddress = provider.authorization_address ?? ''
  draft.tokenAddress = provider.token_address
  draft.scope = provider.scope ?? ''
  draft.redirectHost = provider.redirect_host
  draft.signIn = ''
}

export const foldersOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
]

export const isSender = (match: string): boolean => mailSender.shape.match.safeParse(match).success

const isHere = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host.trim())
/** A password would cross the network in clear, and nobody has said that it may. */
export const needsPlainWord = (draft: MailboxDraft): boolean => draft.security === 'plain' && !isHere(draft.host)

/** The settings, or undefined while something in them is not right. */
export const settingsOf = (draft: MailboxDraft): MailboxSettings | undefined => {
  if (needsPlainWord(draft) && !draft.plainOk) return undefined
  const parsed = mailboxSettings.safeParse({
    host: draft.host,
    port: Number(draft.port),
    security: draft.security,
    plain_ok: draft.security === 'plain' && draft.plainOk,
    ...(draft.ca === '' ? {} : { ca: draft.ca }),
    user: draft.user,
    auth: draft.auth,
    ...(draft.auth === 'oauth'
      ? {
          oauth: {
            token_address: draft.tokenAddress.trim(),
            ...(draft.authorizationAddress.trim() === ''
              ? {}
              : { authorization_address: draft.authorizationAddress.trim() }),
            ...(draft.redirectHost === undefined ? {} : { redirect_host: draft.redirectHost }),
            client_id: draft.clientId,
            ...(draft.scope.trim() === '' ? {} : { scope: draft.scope }),
          },
        }
      : {}),
    folders: foldersOf(draft.folders),
    senders: draft.senders
      .filter(({ match }) => match.trim() !== '')
      .map(({ match, platform, job }) => ({
        match,
        ...(platform === 'auto' ? {} : { platform }),
        ...(job === 'usual' ? {} : { job_id: job }),
      })),
    platform_senders: draft.platformSenders,
    take_requests: draft.takeRequests,
    ...(draft.authority.trim() === '' ? {} : { authority: draft.authority }),
    ...(draft.job === 'auto' ? {} : { job_id: draft.job }),
    after: draft.after,
    ...(draft.after === 'move' ? { move_to: draft.moveTo.trim() } : {}),
    on_destruction: draft.onDestruction,
  })
  return parsed.data
}

/** What was typed; what is kept already stays where nothing was. */
export const secretOf = (draft: MailboxDraft): MailboxSecretInput =>
  draft.auth === 'password'
    ? draft.password === ''
      ? {}
      : { password: draft.password }
    : {
        ...(draft.clientSecret === '' ? {} : { client_secret: draft.clientSecret }),
        ...(draft.signIn === '' ? {} : { sign_in: draft.signIn }),
        ...(draft.refreshToken === '' ? {} : { refresh_token: draft.refreshToken }),
      }
