import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineHandlers, type Handlers } from '../../../../electron/core/handler.ts'
import { defineRoutes } from '../../../../electron/shared/ipc/define-route.ts'

/**
 * Mistakes that must not compile. `tsc` (npm run typecheck) fails on every `@ts-expect-error` that stands over correct code, so
 * each of these lines holds only as long as the contract refuses it.
 */
const none = z.object({})

const route = { host: 'core', roles: [], input: none, output: none } as const

// @ts-expect-error a disclosing route names what the ledger writes
const discloses = () => defineRoutes({ 'x.show': { ...route, access: 'disclose' } })

// @ts-expect-error so does a writing one
const writes = () => defineRoutes({ 'x.set': { ...route, access: 'write' } })

// @ts-expect-error and one that destroys
const destroys = () => defineRoutes({ 'x.end': { ...route, access: 'destroy' } })

// @ts-expect-error a reading route has nothing to write
const reads = () => defineRoutes({ 'x.get': { ...route, access: 'read', action: 'view' } })

// @ts-expect-error a route without a handler
const missing = (all: Handlers): Handlers => (({ 'job.list': _list, ...rest }) => rest)(all)

// @ts-expect-error a handler without a route
const undeclared = () => defineHandlers({ 'job.burn': { read: () => ({}) } })

const readerThatWrites = () =>
  defineHandlers({
    'job.list': {
      read: (call) => {
        // @ts-expect-error a reading handler gets no database that it could write to
        call.store.run('DELETE FROM job')
        return { items: [] }
      },
    },
  })

const discloserThatWrites = () =>
  defineHandlers({
    'candidate.get': {
      disclose: (call) => {
        // @ts-expect-error nor does one that discloses
        call.index.transaction(() => undefined)
        throw new Error()
      },
    },
  })

// @ts-expect-error a disclosing route cannot be served by a handler that writes nothing down
const silent = () => defineHandlers({ 'candidate.get': { read: () => ({}) } })

const done = () => ({ output: { accepted: 0 }, entries: [] })
// @ts-expect-error a destroying route commits an intent, not the deed
const atOnce = () => defineHandlers({ 'retention.destroy_now': { write: done } })

// @ts-expect-error an answer that the contract does not know
const stranger = () => defineHandlers({ 'job.list': { read: () => ({ rows: [] }) } })

describe('what the contract refuses to compile', () => {
  it('is kept in this file, where tsc looks at it', () => {
    const mistakes = [
      discloses,
      writes,
      destroys,
      reads,
      missing,
      undeclared,
      readerThatWrites,
      discloserThatWrites,
      silent,
      atOnce,
      stranger,
    ]
    expect(new Set(mistakes).size).toBe(11)
  })
})
