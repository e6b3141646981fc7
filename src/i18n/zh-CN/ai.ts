export const ai = {}
