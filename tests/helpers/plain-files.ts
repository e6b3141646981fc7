import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerFile, type FileToRegister, type Register } from '../../electron/core/retention/files/register-file.ts'
import { retentionHome, type RetentionHome } from './retention-home.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The register of the workspace that is open. */
export const registerOf = (home: RetentionHome): Register => {
  const { account, vault } = home.core
  if (account === null || vault === null) throw new Error('nobody is signed in')
  return {
    store: account.store.db,
    asideKey: vault.keys.asideKey(),
    home: home.home,
    now: home.core.clock.now(),
    by: 'local',
    maxDays: 7,
  }
}

/** A person in a home, a folder outside, and ways to register files in it and to destroy the person. */
export const plainFiles = async () => {
  const home = await retentionHome()
  const folder = realpathSync(temporaryFolder())
  const job = await home.newJob()
  const { record, application } = await home.intake(job, { name: '林若曦' })
  const at = (name: string): string => join(folder, name)
  const register = (name: string, text: string, more: Partial<FileToRegister> = {}): string => {
    writeFileSync(at(name), text)
    return registerFile(registerOf(home), { recordId: record, applicationId: application, path: at(name), ...more })
  }
  const destroy = async () => {
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    const [certificate] = await home.certificates()
    return certificate
  }
  return { home, folder, record, application, at, register, destroy }
}
