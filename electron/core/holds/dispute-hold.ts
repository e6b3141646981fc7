/** A dispute among relatives keeps a record by law, without anybody's approval (QY-44): it stands where an approver would. */
export const disputeApprover = 'QY-44'

export const disputeHoldId = (requestId: string): string => `dispute-${requestId}`
