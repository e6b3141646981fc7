export const collaboration = {}
