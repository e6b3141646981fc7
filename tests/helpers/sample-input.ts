import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Operation } from '../../electron/hub/operation.ts'

/** A value for a field of this name, where the caller has one; else the sampler makes its own. */
export type Pick = (name: string) => string | undefined

type Schema = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly format?: string
  readonly minLength?: number
  readonly minItems?: number
  readonly minimum?: number
}

export type SampledCall = {
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Schema

/** Something that fits a zod schema, with the caller's values where names say so. */
export const sampleOf = (schema: z.ZodType, pick: Pick): unknown => sample(schemaOf(schema), '', pick)

/** What a call of the operation can look like, from its own declaration: new ones need nothing here. */
export const sampleCall = (entry: Operation, pick: Pick): SampledCall => ({
  method: entry.method,
  params: Object.fromEntries(
    [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      pick(`${entry.id}.${name}`) ?? pick(name) ?? 'x',
    ]),
  ),
  query: (entry.query === undefined ? {} : sampleOf(entry.query, pick)) as Readonly<Record<string, unknown>>,
  body: entry.body === undefined ? undefined : sampleOf(entry.body, pick),
})

export const addressOf = (entry: Operation, call: SampledCall): string => {
  const path = entry.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent((call.params[name] ?? '').toWellFormed()),
  )
  const query = new URLSearchParams(
    Object.fromEntries(Object.entries(call.query).map(([name, value]) => [name, String(value)])),
  ).toString()
  return query === '' ? path : `${path}?${query}`
}

const sample = (schema: Schema, name: string, pick: Pick): unknown => {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const first = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]
  if (first !== undefined) return sample(first, name, pick)
  if (schema.properties !== undefined) {
    const wanted = Object.entries(schema.properties).filter(
      ([key, field]) => schema.required?.includes(key) === true || (field.type === 'string' && pick(key) !== undefined),
    )
    return Object.fromEntries(wanted.map(([key, field]) => [key, sample(field, key, pick)]))
  }
  if (schema.type === 'array') return [sample(schema.items ?? {}, name.replace(/s$/, ''), pick)]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return true
  if (schema.type !== 'string') return {}
  if (schema.format === 'uuid') return randomUUID()
  if (schema.format === 'date-time') return new Date(Date.now() + 3_600_000).toISOString()
  if (schema.format === 'date') return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  return pick(name) ?? 'x'.repeat(Math.max(3, schema.minLength ?? 0))
}
