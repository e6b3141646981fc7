import { z } from 'zod'
import { transferPackage } from './package-format.ts'

const id = 'https://candor.invalid/schemas/candor-transfer-1.schema.json'

/** The published JSON Schema (2020-12) of a transfer package; `resources/schemas` holds the same text. */
export const transferSchema = () => ({
  $id: id,
  ...z.toJSONSchema(transferPackage, { unrepresentable: 'any', io: 'output' }),
})
