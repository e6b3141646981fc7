/**
 * Child of slot-mending.test.ts: does one thing to a keystore and kills itself at the given flush. Arguments: home, what
 * (`create`, `destroy` or `due`), number of the flush, slot id.
 */
import { createSecretKey } from 'node:crypto'
import { openSlotKeystore } from '../../../../electron/core/keys/slot-keystore.ts'
import { homePaths } from '../../../../electron/core/store/home-paths.ts'

const [home = '', what = '', flush = '', slot = ''] = process.argv.slice(2)
let flushes = 0
const keystore = openSlotKeystore({
  paths: homePaths(home),
  homeId: 'ab'.repeat(16),
  key: createSecretKey(Buffer.alloc(32, 7)),
  clock: { now: () => 1_800_000_000_000 },
  hasDestroyBegin: () => false,
  onFlush: () => {
    flushes += 1
    if (flushes === Number(flush)) process.kill(process.pid, 'SIGKILL')
  },
})
if (what === 'create') keystore.create('candidate')
else if (what === 'destroy') keystore.destroy(slot)
else keystore.setDue(slot, 42)
