/** Binds sealed bytes to their row. */
export const attachmentPlace = (employerId: string, id: string): string => `${employerId}|attachment|${id}|bytes`
