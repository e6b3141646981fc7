import type { Output } from '@shared/ipc/routes/index.ts'

/** Where copies of a person were found; kept for as long as the request is on the screen. */
export type Found = Output<'request.search'>
