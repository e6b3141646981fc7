import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { openapiDocument } from './openapi.ts'

// Writes `resources/hub.openapi.yaml`; to be run after a change to the protocol.
const openapiPath = fileURLToPath(new URL('../../resources/hub.openapi.yaml', import.meta.url))

writeFileSync(openapiPath, stringify(openapiDocument(), { aliasDuplicateObjects: false, lineWidth: 120 }))
