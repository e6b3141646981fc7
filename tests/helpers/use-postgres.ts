import { inject } from 'vitest'

// In each file of the project `postgres`: sandbox hubs run on its server (`postgres-project.ts`) from now on.
process.env['CANDOR_TEST_DATABASE'] = inject('postgresUrl')
