import type { z } from 'zod'
import type { LedgerAction, Role } from '../domain/vocabulary.ts'

/** Who may call: a role of the signed-in account, `vault` (unlocked, nobody signed in needed), `public` (always). */
export type Caller = Role | 'vault' | 'public'

type Base = {
  readonly host: 'main' | 'core'
  readonly roles: readonly Caller[]
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** An account that its platform restricts keeps this duty of its role (ZP-37). */
  readonly evenRestricted?: true
}

/** Every access but `read` names the ledger action that the router writes. */
export type RouteDefinition =
  | (Base & { readonly access: 'read'; readonly action?: never })
  | (Base & { readonly access: 'disclose' | 'write' | 'destroy'; readonly action: LedgerAction })

export type RouteMap = Readonly<Record<string, RouteDefinition>>

/** Checks a group of routes and keeps their literal types. */
export const defineRoutes = <const M extends RouteMap>(routes: M): M => routes

export type RouteInput<R extends RouteDefinition> = z.input<R['input']>
export type RouteParsed<R extends RouteDefinition> = z.output<R['input']>
export type RouteOutput<R extends RouteDefinition> = z.output<R['output']>
