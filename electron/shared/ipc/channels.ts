/** The two channels between page and main; there are no others. */
export const callChannel = 'candor:call'
export const eventChannel = 'candor:event'
