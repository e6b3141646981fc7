import type { ParseAnswer, ParseRequest } from '../shared/domain/intake.ts'
import { openChannel } from './channel.ts'
import { closeDoors } from './hardening/close-doors.ts'

// Nothing but types and these two may be imported statically: what parses is loaded after the doors are shut.
const channel = openChannel()
closeDoors()
// A library's promise that nobody waits for must not end the process as if the file were hostile.
process.on('unhandledRejection', () => undefined)

const { answerRequest } = await import('./answer-request.ts')

let last: Promise<void> = Promise.resolve()
channel.onMessage((message) => {
  const request = message as ParseRequest
  last = last.then(async () => {
    const answer: ParseAnswer = await answerRequest(request)
    channel.send(answer)
  })
})
channel.send({ ready: true })
