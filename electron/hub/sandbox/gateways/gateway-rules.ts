import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import { findResources } from '../../resources.ts'

const fields = z.record(z.string(), z.unknown())
/** What a platform tells its people of (ZP-32). */
export const toldAction = z.enum(['view', 'reveal', 'call', 'download'])
export type ToldAction = z.infer<typeof toldAction>

/** Words and quirks of one platform's gateway: data, so that no code knows a platform by its name. */
const gatewayRules = z.strictObject({
  name: z.string(),
  /** The platform's own words for the stages. */
  stage_labels: z.record(z.string(), z.string()),
  virtual_numbers: z.boolean(),
  told: z.strictObject({ via: z.enum(['app', 'web', 'email']), words: z.partialRecord(toldAction, z.string()) }),
  /** By type: fields that no protocol knows. */
  extra: z.record(z.string(), fields),
  unknown_type: z.strictObject({ type: z.string(), data: fields }),
  unknown_value: z.strictObject({ type: z.string(), field: z.string(), value: z.string() }),
  order: z.enum(['reversed', 'shuffled', 'duplicated']),
  rate_limit: z.strictObject({ retry_after_s: z.int().min(1), as: z.enum(['seconds', 'date']) }),
})
export type GatewayRules = z.infer<typeof gatewayRules>

/** @throws when there is no such file, or it is not of this form */
export const readGatewayRules = (platform: Platform, resources: string = findResources()): GatewayRules =>
  gatewayRules.parse(parse(readFileSync(join(resources, 'gateways', `${platform}.yaml`), 'utf8')))
