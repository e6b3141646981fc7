import type { TestProject } from 'vitest/node'
import { postgresBinaries, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** Before the first test of the project: one server for all its files. */
export default async (project: TestProject): Promise<() => void> => {
  const server = await startPostgres(postgresBinaries() ?? '')
  project.provide('postgresUrl', server.url)
  return () => {
    server.stop()
  }
}
