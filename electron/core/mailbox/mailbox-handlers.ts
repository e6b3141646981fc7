import type { MailboxSecret, MailboxSecretInput, MailboxSettings, MailboxView } from '../../shared/domain/mailbox.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import { cancelSignIn, renewSignIn, resolveSecret, signInByBrowser } from './browser-sign-in.ts'
import { getCopy, listAside, listCopies, setCopyState } from './copy-rows.ts'
import { dialImap, requireSafeLine } from './dial-imap.ts'
import { isRefused, mailboxError } from './mail-failure.ts'
import { signInProviders } from './sign-in-providers.ts'
import { loginWith } from './mail-login.ts'
import {
  insertMailbox,
  listMailboxes,
  openSecret,
  removeMailbox,
  requireMailbox,
  sealSecret,
  updateMailbox,
  type Mailbox,
} from './mailbox-rows.ts'

/** @throws IpcError E_NOT_FOUND */
const requireJobs = (call: ReaderCall | WriterCall, { job_id: job, senders }: MailboxSettings): void => {
  for (const id of new Set([job, ...senders.map((sender) => sender.job_id)])) {
    if (id !== undefined && call.store.get('SELECT 1 FROM job WHERE id = ?', id) === undefined)
      throw new IpcError('E_NOT_FOUND', 'there is no such job', { fields: 'settings.job_id' })
  }
}

/** To whom a secret was given: another place does not get it by itself. */
const placeOf = ({ host, port, user, auth, oauth }: MailboxSettings): string =>
  JSON.stringify([host.toLowerCase(), port, user, auth, oauth?.token_address, oauth?.client_id])

const secretFor = (
  call: ReaderCall | WriterCall,
  mailbox: Mailbox,
  settings: MailboxSettings,
  given: MailboxSecretInput | undefined,
): MailboxSecret => {
  const same = placeOf(settings) === placeOf(mailbox.settings)
  return {
    ...(same ? openSecret(call.vault.keys.tokenKey(), mailbox) : {}),
    ...resolveSecret(call, settings, given ?? {}),
  }
}

const hasSecret = (call: ReaderCall, mailbox: Mailbox): boolean => {
  try {
    const { password, refresh_token: refresh } = openSecret(call.vault.keys.tokenKey(), mailbox)
    return (mailbox.settings.auth === 'password' ? password : refresh) !== undefined
  } catch {
    // A store that came from another home: the password is asked for anew.
    return false
  }
}

const viewOf = (call: ReaderCall, mailbox: Mailbox): MailboxView => ({
  id: mailbox.id,
  on: mailbox.on,
  settings: mailbox.settings,
  has_secret: hasSecret(call, mailbox),
  ...(mailbox.on ? call.account.mailboxes.state(mailbox.id) : { state: 'off' as const }),
  ...(mailbox.lastRun === undefined ? {} : { last_run: mailbox.lastRun }),
  copies:
    call.store.get<{ n: number }>(
      "SELECT count(*) AS n FROM mail_copy WHERE mailbox_id = ? AND state IN ('kept', 'to_move', 'moved', 'to_delete')",
      mailbox.id,
    )?.n ?? 0,
})

const changed = (call: WriterCall) => (): void => {
  call.account.mailboxes.follow()
  call.core.emit('data.changed', { what: ['mailbox'] })
}

/** Codes and hosts' ids alone: a mailbox's name is a colleague's address. */
const entry = (detail: string): Written<unknown>['entries'] => [{ action: 'policy_change', outcome: 'done', detail }]

/** @throws IpcError E_NOT_FOUND */
const requireCopy = (call: WriterCall, id: string) => {
  const row = getCopy(call.store, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'this mail is not known (any more)')
  return row
}

const requireAside = (call: WriterCall, id: string) => {
  const row = requireCopy(call, id)
  if (row.result !== 'aside') throw new IpcError('E_NOT_FOUND', 'this mail waits for nobody')
  return row
}

export const mailboxHandlers = defineHandlers({
  'mailbox.list': {
    read: (call) => ({ items: listMailboxes(call.store).map((mailbox) => viewOf(call, mailbox)) }),
  },
  'mailbox.add': {
    write: (call, { settings, secret, on }) => {
      if (!call.account.keeps) throw new IpcError('E_ROLE', 'this account keeps nothing')
      requireSafeLine(settings)
      requireJobs(call, settings)
      const id = crypto.randomUUID()
      const sealed = sealSecret(call.vault.keys.tokenKey(), id, resolveSecret(call, settings, secret))
      insertMailbox(call.store, { id, at: call.now, by: call.account.view.name, on, settings, secret: sealed })
      return { output: { id }, entries: entry('mailbox added'), after: changed(call) }
    },
  },
  'mailbox.update': {
    write: (call, { id, settings, secret, on }) => {
      const mailbox = requireMailbox(call.store, id)
      const next = settings ?? mailbox.settings
      requireSafeLine(next)
      if (settings !== undefined) requireJobs(call, settings)
      const sealed =
        settings === undefined && secret === undefined
          ? {}
          : { secret: sealSecret(call.vault.keys.tokenKey(), id, secretFor(call, mailbox, next, secret)) }
      updateMailbox(call.store, id, {
        ...(on === undefined ? {} : { on }),
        ...(settings === undefined ? {} : { settings }),
        ...sealed,
      })
      // What a server would not do before may be tried again with other settings.
      call.store.run('UPDATE mail_copy SET problem = NULL WHERE mailbox_id = ? AND problem IS NOT NULL', id)
      const what = on === undefined ? 'changed' : on ? 'on' : 'off'
      return { output: {}, entries: entry(`mailbox ${what}`), after: changed(call) }
    },
  },
  'mailbox.remove': {
    write: (call, { id }) => {
      requireMailbox(call.store, id)
      removeMailbox(call.store, id, call.now)
      return { output: {}, entries: entry('mailbox removed'), after: changed(call) }
    },
  },
  'mailbox.test': {
    read: async (call, input) => {
      const mailbox = input.id === undefined ? undefined : requireMailbox(call.store, input.id)
      const settings = input.settings ?? mailbox?.settings
      if (settings === undefined)
        throw new IpcError('E_INPUT', 'name a mailbox or its settings', { fields: 'settings' })
      requireSafeLine(settings)
      const secret =
        mailbox === undefined
          ? resolveSecret(call, settings, input.secret ?? {})
          : secretFor(call, mailbox, settings, input.secret)
      const started = performance.now()
      const { signal } = new AbortController()
      const { login } = await loginWith(call, settings, secret, signal, (next) => {
        // A place that gives a new token with each use voids the one before: the mailbox must not be left with that.
        renewSignIn(call, input.secret?.sign_in, next)
        if (mailbox === undefined || input.secret?.sign_in !== undefined) return
        updateMailbox(call.account.store.db, mailbox.id, {
          secret: sealSecret(call.vault.keys.tokenKey(), mailbox.id, next),
        })
      })
      const client = await dialImap(settings, login).catch((error: unknown) => {
        throw settings.auth === 'oauth' && isRefused(error) ? mailboxError('oauth') : error
      })
      try {
        const folders = (await client.list()).map(({ path }) => path).slice(0, 500)
        const wanted = [...settings.folders, ...(settings.move_to === undefined ? [] : [settings.move_to])]
        const there = new Set(folders.map((path) => (/^inbox$/i.test(path) ? 'INBOX' : path)))
        const missing = wanted.filter((path) => !there.has(/^inbox$/i.test(path) ? 'INBOX' : path))
        return { folders, missing, ms: Math.round(performance.now() - started) }
      } catch {
        throw mailboxError('answer')
      } finally {
        client.close()
      }
    },
  },
  'mailbox.providers': { read: () => ({ items: [...signInProviders()] }) },
  'mailbox.sign_in': {
    read: async (call, { settings, client_secret: secret }) => ({
      sign_in: await signInByBrowser(call, settings, secret),
    }),
  },
  'mailbox.cancel_sign_in': {
    read: (call) => {
      cancelSignIn(call)
      return {}
    },
  },
  'mailbox.sync': { read: ({ account }, { id }) => ({ started: account.mailboxes.start(id) }) },
  'mailbox.cancel': {
    read: ({ account }) => {
      account.mailboxes.cancel()
      return {}
    },
  },
  'mailbox.aside': { read: ({ store }) => ({ items: listAside(store) }) },
  'mailbox.retry': {
    write: (call, { id }) => {
      requireAside(call, id)
      call.store.run("UPDATE mail_copy SET result = 'waiting', attempts = 0 WHERE id = ?", id)
      return {
        output: {},
        entries: [{ action: 'stage', outcome: 'done', detail: 'mail_aside retry' }],
        after: () => {
          call.account.mailboxes.start()
          changed(call)()
        },
      }
    },
  },
  'mailbox.dismiss': {
    write: (call, { id }) => {
      requireAside(call, id)
      // Its number stays known, so that it is not asked for again before the folder is numbered anew.
      call.store.run("UPDATE mail_copy SET result = 'refused', reason = 'dismissed' WHERE id = ?", id)
      return {
        output: {},
        entries: [{ action: 'stage', outcome: 'done', detail: 'mail_aside dismissed' }],
        after: changed(call),
      }
    },
  },
  'mailbox.copies': { read: ({ store }, { record_id: record }) => ({ items: listCopies(store, record) }) },
  'mailbox.settle_copy': {
    write: (call, { id, how }) => {
      const row = requireCopy(call, id)
      if (row.state === 'deleted' || row.state === 'gone')
        throw new IpcError('E_CONFLICT', 'this mail lies nowhere any more', { state: row.state })
      if (how === 'delete' && listMailboxes(call.store).every((mailbox) => mailbox.id !== row.mailbox_id))
        throw new IpcError('E_CONFLICT', 'this mailbox was removed; delete the mail there', { state: 'removed' })
      setCopyState(call.store, id, how === 'delete' ? 'to_delete' : 'gone')
      return {
        output: {},
        entries: [
          { action: 'destroyed', outcome: 'done', detail: how === 'delete' ? 'mail_copy asked' : 'mail_copy said' },
        ],
        after: () => {
          if (how === 'delete') call.account.mailboxes.start()
          changed(call)()
        },
      }
    },
  },
})
