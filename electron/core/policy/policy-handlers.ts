import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { HubNotice } from '../../shared/domain/policy-views.ts'
import { permissionName, platform as platforms } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { applyRules, listNotices } from '../accounts/take-up-rules.ts'
import type { Core, OpenAccount, OpenVault } from '../context.ts'
import { environment } from '../environment.ts'
import { defineHandlers, type Call } from '../handler.ts'
import { ProfileError } from './profile/profile-error.ts'
import { requireProfile } from './profile/require-profile.ts'
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

const noticesOf = (signedIn: Pick<SignedIn, 'vault' | 'account'>): HubNotice[] => {
  const answered = new Set(rememberedOf(signedIn)?.answered_notices ?? [])
  return listNotices(signedIn.vault, signedIn.account).map(({ id, at, title, body, version, requires_consent }) => ({
    id,
    at,
    title,
    body,
    version,
    requires_consent,
    answered: answered.has(id),
  }))
}

/** A notice of the hub that asks for consent and was not answered yet. */
export const hasOpenNotice = ({ vault, account }: Core): boolean =>
  vault !== null &&
  account !== null &&
  noticesOf({ vault, account }).some((notice) => notice.requires_consent && !notice.answered)

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
    bare: (call) => {
      const { core, now } = call
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
        items: core.policies.listUpdates(accepted?.at ?? 0, now),
        notices,
      }
    },
  },
  'policy.answer': {
    perform: (call, { rules_version: version, choice }) => {
      const { core, vault, account } = requireAccount(call)
      // Whoever read an older version has not agreed to this one.
      if (version !== core.policies.rulesVersion()) {
        throw new IpcError('E_CONFLICT', 'the rules have changed meanwhile; read them again', {
          fields: 'rules_version',
        })
      }
      const remembered = rememberedOf({ vault, account })
      if (remembered === undefined) throw new IpcError('E_SESSION', 'sign in first')
      if (choice === 'accept') {
        const notices = noticesOf({ vault, account }).filter((notice) => notice.requires_consent)
        vault.accounts.put({
          ...remembered,
          accepted: { rules: version, at: call.now },
          answered_notices: notices.map((notice) => notice.id),
        })
      } else {
        const { accepted: _ended, ...rest } = remembered
        vault.accounts.put(rest)
        core.settings.set({ notice: 'browse', notice_at: call.now, notice_rules: null })
      }
      return Promise.resolve({
        output: {},
        entries: [{ action: 'consent', outcome: 'done', detail: `rules ${version} ${choice}` }],
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
      if (account.role !== 'admin' && !account.view.local) {
        throw new IpcError('E_ROLE', 'an administrator sets the enterprise’s rules', { rule: 'role', clause: 'ZP-106' })
      }
      const before = core.policies.listUpdates(0, call.now).length
      try {
        if (core.policies.setEnterprise(platform, document, call.now)) applyRules(core, account.store)
      } catch (error) {
        throw faultsOf(error)
      }
      // Whoever set a rule knows it: the others are asked.
      const remembered = rememberedOf({ vault, account })
      if (remembered?.accepted !== undefined) {
        vault.accounts.put({ ...remembered, accepted: { rules: core.policies.rulesVersion(), at: call.now } })
      }
      const revision = requireProfile(core.profiles, platform).revision
      const newest = core.policies.listUpdates(0, call.now)
      const changes = newest.length === before ? 0 : (newest.find((one) => one.in_force)?.changes.length ?? 0)
      return Promise.resolve({
        output: { revision, changes },
        entries: [{ action: 'policy_change', outcome: 'done', detail: `enterprise ${platform} ${revision}` }],
      })
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
        // Lists order by what may be seen, and no longer by what may not.
        after: () => applyRules(core, account.store),
      })
    },
  },
})
