/** Whether what was typed is the asked word, in either language or as the whole sentence of the button. */
export const confirmsDestruction = (typed: string, word: string, sentence: string): boolean => {
  const given = typed
    .trim()
    .replaceAll(/[「」“”"']/g, '')
    .toLowerCase()
  return [word, '销毁', 'destroy', sentence].some((accepted) => accepted.toLowerCase() === given)
}
