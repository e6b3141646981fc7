import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { HubNotice } from '../../shared/domain/policy-views.ts'
import { permissionName, platform as platforms } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { isLoopback } from '../accounts/hub-hosts.ts'
import { applyRules, listNotices } from '../accounts/take-up-rules.ts'
import type { Core, OpenAccount, OpenVault } from '../context.ts'
import { environment } from '../environment.ts'
import { defineHandlers, type Call } from '../handler.ts'
import { ProfileError } from './profile/profile-error.ts'
import { requireProfile } from './profile/require-profile.ts'
import { changesOf } from './versions/list-updates.ts'
import { summariseProfile, viewProfile } from './view/view-profile.ts'

const clauseRow = z.object({ id: z.string(), clause: z.string(), behaviour: z.string() })

let clauses: ReadonlyMap<string, z.infer<typeof clauseRow>> | undefined

/** The clause list of the program, read when somebody first asks for it. */
const readClauses = (): ReadonlyMap<string, z.infer<typeof clauseRow>> => {
  clauses ??= new Map(
    z
      .array(clauseRow)
      .parse(JSON.parse(readFileSync(join(environment.resources, 'clauses.json'), 'utf8')))
      .map((row) => [row.id, row]),
  )
  return clauses
}

type SignedIn = { readonly core: Core; readonly vault: OpenVault; readonly account: OpenAccount }

const requireAccount = ({ core }: Call): SignedIn => {
  const { vault, account } = core
  if (vault === null || account === null) throw new IpcError('E_SESSION', 'sign in first')
  return { core, vault, account }
}

const rememberedOf = ({ vault, account }: Pick<SignedIn, 'vault' | 'account'>) => vault.accounts.get(account.view.id)

/** A hub may put other words under the id of a notice: whoever answered the first ones has not read them. */
const keyOf = ({ id, title, body, version }: Pick<HubNotice, 'id' | 'title' | 'body' | 'version'>): string => {
  const words = createHash('sha256')
    .update(JSON.stringify([title, body, version]))
    .digest('hex')
  return `${id}:${words.slice(0, 12)}`
}

const noticesOf = (signedIn: Pick<SignedIn, 'vault' | 'account'>): HubNotice[] => {
  const answered = new Set(rememberedOf(signedIn)?.answered_notices ?? [])
  return listNotices(signedIn.vault, signedIn.account).map((notice) => {
    const { id, at, title, body, version, requires_consent } = notice
    const key = keyOf(notice)
    return { id, key, at, title, body, version, requires_consent, answered: answered.has(key) }
  })
}

/** A notice of the hub that asks for consent and was not answered yet. */
export const hasOpenNotice = ({ vault, account }: Core): boolean =>
  vault !== null &&
  account !== null &&
  noticesOf({ vault, account }).some((notice) => notice.requires_consent && !notice.answered)

/**
 * Who may set the enterprise's rules: the administrator. A workspace of one's own is no way around them, nor is being
 * administrator of a hub on this very machine: either can be made by whoever has the passphrase (ZP-106). @throws IpcError E_ROLE
 */
const requireRuleMaker = ({ vault, account }: SignedIn): void => {
  const atHubs = vault.accounts.list().filter((one) => !one.local)
  const own = rememberedOf({ vault, account })
  const isMaker = account.view.local
    ? atHubs.length === 0
    : own !== undefined &&
      account.role === 'admin' &&
      (!isLoopback(own.hub) || atHubs.every(({ hub }) => isLoopback(hub)))
  if (isMaker) return
  throw new IpcError('E_ROLE', 'an administrator sets the enterprise’s rules', { rule: 'role', clause: 'ZP-106' })
}

/** Faults of an enterprise's own rules, as far as an error may carry them: line and rule of each, nothing of the text. */
const faultsOf = (error: unknown): IpcError => {
  if (!(error instanceof ProfileError)) throw error
  const [first] = error.problems
  return new IpcError('E_INPUT', 'the rules cannot be taken over', {
    fields: 'document',
    line: first?.line ?? 1,
    rule: first?.rule ?? 'yaml',
    detail: error.problems
      .slice(0, 5)
      .map(({ line, rule, message }) => `${line}: [${rule}] ${message}`)
      .join('\n')
      .slice(0, 1000),
  })
}

export const policyHandlers = defineHandlers({
  'policy.list': {
    bare: ({ core }) => ({
      rules_version: core.policies.rulesVersion(),
      items: platforms.options.map((name) =>
        summariseProfile(requireProfile(core.profiles, name), core.policies.shipped(name)),
      ),
    }),
  },
  'policy.get': {
    bare: ({ core }, { platform, role }) => {
      const text = core.policies.enterpriseText(platform)
      return {
        ...viewProfile(requireProfile(core.profiles, platform), core.policies.shipped(platform), role, readClauses()),
        ...(text === undefined ? {} : { enterprise: text }),
      }
    },
  },
  'policy.updates': {
    bare: ({ core, now }, { all }) => {
      const { account, vault } = core
      const remembered = account === null || vault === null ? undefined : rememberedOf({ vault, account })
      const accepted = remembered?.accepted
      const version = core.policies.rulesVersion()
      const notices = account === null || vault === null ? [] : noticesOf({ vault, account })
      return {
        rules_version: version,
        ...(accepted === undefined ? {} : { accepted_version: accepted.rules, accepted_at: accepted.at }),
        must_answer:
          account !== null &&
          (accepted?.rules !== version || notices.some((notice) => notice.requires_consent && !notice.answered)),
        items: core.policies.listUpdates(all === true ? 0 : (accepted?.at ?? 0), now),
        notices,
      }
    },
  },
  'policy.answer': {
    perform: (call, { rules_version: version, choice, notices: read = [] }) => {
      const { core, vault, account } = requireAccount(call)
      // Whoever read an older version has not agreed to this one.
      if (version !== core.policies.rulesVersion()) {
        throw new IpcError('E_CONFLICT', 'the rules have changed meanwhile; read them again', {
          fields: 'rules_version',
        })
      }
      const remembered = rememberedOf({ vault, account })
      if (remembered === undefined) throw new IpcError('E_SESSION', 'sign in first')
      // Before anything changes: an answer that the log does not know must not stand.
      vault.ledger.append(account.actor, [{ action: 'consent', outcome: 'done', detail: `rules ${version} ${choice}` }])
      if (choice === 'accept') {
        const named = new Set(read)
        vault.accounts.put({
          ...remembered,
          accepted: { rules: version, at: call.now },
          answered_notices: noticesOf({ vault, account })
            .filter(({ key, answered, requires_consent: asks }) => asks && (answered || named.has(key)))
            .map(({ key }) => key),
        })
      } else {
        const { accepted: _ended, ...rest } = remembered
        vault.accounts.put(rest)
        core.settings.set({ notice: 'browse', notice_at: call.now, notice_rules: null })
      }
      return Promise.resolve({
        output: {},
        entries: [],
        after: () => {
          core.emit('state.changed', { phase: 'signed_in' })
          if (choice === 'accept') core.account?.sync.start()
        },
      })
    },
  },
  'policy.tighten': {
    perform: (call, { platform, document }) => {
      const { core, vault, account } = requireAccount(call)
      requireRuleMaker({ core, vault, account })
      // What begins at this very moment is another's rule, and not known by setting one's own.
      if (core.policies.refresh(call.now)) applyRules(core)
      const versionBefore = core.policies.rulesVersion()
      const before = requireProfile(core.profiles, platform).document
      // Before anything changes: a rule that the log does not know must not hold, nor end.
      const record = (revision: string): void => {
        vault.ledger.append(account.actor, [
          { action: 'policy_change', outcome: 'done', detail: `enterprise ${platform} ${revision}` },
        ])
      }
      try {
        if (core.policies.setEnterprise(platform, document, call.now, record)) applyRules(core)
      } catch (error) {
        throw faultsOf(error)
      }
      // Whoever set a rule knows it: the others are asked.
      const remembered = rememberedOf({ vault, account })
      if (remembered?.accepted?.rules === versionBefore) {
        vault.accounts.put({ ...remembered, accepted: { rules: core.policies.rulesVersion(), at: call.now } })
      }
      const { revision, document: after } = requireProfile(core.profiles, platform)
      return Promise.resolve({ output: { revision, changes: changesOf(before, after).length }, entries: [] })
    },
  },
  'permission.list': {
    read: (call) => {
      const remembered = rememberedOf(call)
      const permissions = call.account.permissions()
      const clauseOf = { insights: 'ZP-62', sealed_fields: 'ZP-05' } as const
      return {
        items: permissionName.options.map((name) => ({
          name,
          on: permissions[name],
          ...(remembered?.permission_used?.[name] === undefined
            ? {}
            : { last_used_at: remembered.permission_used[name] }),
          clause: clauseOf[name],
        })),
      }
    },
  },
  'permission.set': {
    perform: (call, { name, on }) => {
      const { core, vault, account } = requireAccount(call)
      const remembered = rememberedOf({ vault, account })
      if (remembered === undefined) throw new IpcError('E_SESSION', 'sign in first')
      vault.accounts.put({ ...remembered, permissions: { ...remembered.permissions, [name]: on } })
      return Promise.resolve({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: `permission ${name} ${on ? 'on' : 'off'}` }],
        after: () => core.emit('data.changed', { what: ['candidates'] }),
      })
    },
  },
})
