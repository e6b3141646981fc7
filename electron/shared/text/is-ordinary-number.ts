export const isYear = (group: string): boolean => /^(?:19|20)\d\d$/.test(group)
const isRound = (group: string): boolean => /^[1-9]\d*0$/.test(group)

/** `1 3 5 7 9 11 13 15` */
const isProgression = (groups: readonly string[]): boolean => {
  const numbers = groups.map(Number)
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0)
  return groups.length > 3 && step > 0 && numbers.every((value, index) => value === (numbers[0] ?? 0) + index * step)
}

/** Groups in which people write a mobile number where the same signs also list numbers. */
const usual = new Set(['3,4,4', '3,8', '7,4', '11', '1,1,1,1,1,1,1,1,1,1,1', '1,1,1,4,4'])

/** Years, months, addresses of machines, versions, lists and amounts that happen to have eleven digits. */
export function isOrdinaryNumber(raw: string, groups: readonly string[], after: string): boolean {
  const [head = '', next = ''] = groups
  const lengths = groups.map((group) => group.length).join()
  if (/^19[4-9]\d$/.test(head) && groups.length > 1 && (Number(next) <= 12 || isYear(next))) return true
  if (groups.some((group, index) => isYear(group) && /^(?:0?[1-9]|1[0-2])$/.test(groups[index + 1] ?? ''))) return true
  if (
    groups.length === 4 &&
    /^\d+(?:\.\d+){3}$/.test(raw) &&
    groups.every((group) => String(Number(group)) === group && Number(group) < 256)
  )
    return true
  if (/^\d{1,3}(?:,\d{3})+$/.test(raw) || /^\d{1,3}(?:\s\d{3})*(?:\s000){2}$/.test(raw)) return true
  if (groups.length > 1 && groups.slice(0, 2).every((group) => /^[1-9]\d*000$/.test(group))) return true
  if (isProgression(groups)) return true
  if (raw.includes('\n') && lengths !== '3,4,4') return true
  if (/[/、,|+;]/.test(raw) && (!usual.has(lengths) || (groups.length === 3 && groups.every(isRound)))) return true
  // `1.8.0_291 1.7.0_80`, `172.16.0.1/16 10`, `13.5 14.6 15.7`: dots inside of numbers and something else between them.
  if (groups.length > 3 && /\d\.\d/.test(raw) && /\d[^\d.]+\d/.test(raw) && !usual.has(lengths)) return true
  return groups.length === 1 && /^\s?(?:元|万元|字节|byte|毫秒|微秒)/i.test(after)
}
