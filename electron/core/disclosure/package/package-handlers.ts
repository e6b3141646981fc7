import { createHash } from 'node:crypto'
import { requireCandidate } from '../../candidates/candidate-rows.ts'
import { defineHandlers } from '../../handler.ts'
import { requireProfile } from '../../policy/profile/require-profile.ts'
import { countStoreRows, listOthers } from '../../retention/destruction-rows.ts'
import { writeZip, type ZipEntry } from '../../retention/handover/write-zip.ts'
import { requireProof } from '../../sign-in/require-proof.ts'
import { findPerson } from '../known-person.ts'
import { otherLogs } from '../other-logs.ts'
import { askFolder, dayName, reserveFiles } from '../made-files.ts'
import { gatherCopy, gatherTransfer } from './gather-package.ts'
import { openForCopy, packedFields } from './open-for-copy.ts'
import { transferSchema } from './transfer-schema.ts'

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`)
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** One file with everything in it, and a list of what there is with every hash. */
const packed = (entries: readonly ZipEntry[]): Uint8Array => {
  const files = entries.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: sha256(bytes) }))
  return writeZip([{ name: 'manifest.json', bytes: json({ files }) }, ...entries])
}

export const packageHandlers = defineHandlers({
  'package.find': {
    read: (call, { record_id: recordId }) => {
      const { candidate, leftOut } = openForCopy(call, recordId)
      const counts = countStoreRows(
        call.store,
        { record_id: recordId, record_slot: candidate.key_slot, platform_id: candidate.platform_id },
        listOthers(call.store, recordId),
      )
      return { counts, left_out: [...leftOut] }
    },
  },
  'package.make': {
    prepare: async (call, { record_id: recordId, kind, language, request_id: request }) => {
      // Refused before anybody is asked for a place.
      openForCopy(call, recordId)
      await requireProof(call.account)
      const { number } = requireCandidate(call.store, recordId)
      const name = `candor-${kind === 'copy' ? 'package' : 'transfer'}-${number}-${dayName(call.now)}.zip`
      const folder = await askFolder(call, name)
      const others = await otherLogs(call, findPerson(call, { record_id: recordId }))
      const record = openForCopy(call, recordId)
      const { made, files } =
        kind === 'copy' ? gatherCopy(call, record, language, others) : gatherTransfer(call, record, language)
      // The printer and its font are 10 MB that a core needs only now.
      const { printPackage } = await import('./print-package.ts')
      const pdf = await printPackage(made, language)
      const stem = kind === 'copy' ? 'package' : 'transfer'
      const bytes = packed([
        { name: `${stem}.json`, bytes: json(made) },
        { name: `${stem}.pdf`, bytes: pdf },
        ...(kind === 'transfer' ? [{ name: 'candor-transfer-1.schema.json', bytes: json(transferSchema()) }] : []),
        ...files.entries,
      ])
      return (writer) => {
        // Asked again: while the paper was printed the record may have been destroyed.
        openForCopy(writer, recordId)
        const reserved = reserveFiles(writer, recordId, folder, [{ name, bytes }])
        const { platform, platform_id: id } = record.candidate
        const profile = requireProfile(writer.core.profiles, platform)
        return {
          output: { files: reserved.views, left_out: [...record.leftOut] },
          entries: [
            {
              action: 'export',
              outcome: 'done',
              subject: { platform, id },
              fields: packedFields(record, files.entries.length),
              reason: 'request',
              policy: {
                profile: profile.id,
                version: profile.document.policy.version,
                clause: kind === 'copy' ? 'ZP-90' : 'MM-45',
              },
              detail: request === undefined ? `package ${kind}` : `package ${kind} ${request}`,
            },
          ],
          after: reserved.write,
        }
      }
    },
  },
})
