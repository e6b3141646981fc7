/** Whether what was typed is the asked word, in either language. */
export const confirmsRestore = (typed: string, word: string): boolean => {
  const given = typed
    .trim()
    .replaceAll(/[「」“”"']/g, '')
    .toLowerCase()
  return [word, '恢复', 'restore'].includes(given)
}
