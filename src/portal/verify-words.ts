import type { StatementCheck } from './check-statement.ts'
import type { Comparison } from './compare-visits.ts'

type Invalid = Extract<StatementCheck, { verdict: 'invalid' }>['what']
type Broken = Extract<Comparison, { verdict: 'broken' }>['what']

/** What the script adds to the page; the page itself has its words from the server. */
export type VerifyWords = {
  readonly running: string
  readonly failed: string
  valid(rows: number, logs: number): string
  witnessed(time: string): string
  readonly unwitnessed: string
  /** Nothing was seen before; from now on there is something to compare with. */
  readonly firstVisit: string
  followed(time: string): string
  readonly notKept: string
  readonly invalid: Readonly<Record<Invalid, string>>
  readonly broken: Readonly<Record<Broken, string>>
  sizes(time: string, before: number, now: number | null): string
  /** What may be the innocent reason for records that are not shown any more (D11). */
  readonly afterYears: string
  where(place: string): string
  readonly officer: string
}

export const verifyWords: Readonly<Record<'zh-CN' | 'en-US', VerifyWords>> = {
  'zh-CN': {
    running: '正在您的设备上验证…',
    failed: '没能在您的设备上验证，下面是服务器的核对结果；可下载证明文件自行核对。',
    valid: (rows, logs) => `✓ 已在您的设备上验证：${rows} 条记录均在 ${logs} 台设备的签名日志中，未被删改`,
    witnessed: (time) => `平台作为见证方联署于 ${time}；此后的记录会在下次同步后出现。`,
    unwitnessed: '签名有效，但没有见证方的联署：日志末尾是否缺少记录，无法由此证明。',
    firstVisit: '此浏览器已记下日志现在的长度和指纹，下次打开时会核对它只增加、没有缩短或改写。',
    followed: (time) => `与您 ${time} 看到的日志相比：只有增加，没有缩短或改写。`,
    notKept: '此浏览器不保存数据，无法与您上次看到的日志比较。',
    invalid: {
      checkpoint: '✗ 一台设备的日志签名无效',
      row: '✗ 一条记录不在签名的日志中',
      hidden: '✗ 日志中有一条记录没有显示在本页',
      shown: '✗ 本页显示的一条记录没有证明',
      time: '✗ 一条记录显示的时间与日志不符',
    },
    broken: {
      shrunk: '✗ 一台设备的日志比您上次看到的短',
      rewritten: '✗ 一台设备的日志被改写：它不是您上次看到的日志的延续',
      otherKey: '✗ 一台设备的日志换了签名密钥',
      missing: '✗ 您上次看到的记录，这次没有显示',
      unproven: '⚠ 日志变长了，但服务器没有证明它是您上次看到的日志的延续',
    },
    sizes: (time, before, now) =>
      `您 ${time} 看到 ${before} 条（含他人的），现在${now === null ? '没有这份日志' : `是 ${now} 条`}。`,
    afterYears: '资料销毁满一年（有请求或同意的满三年）后，日志按规定不再与您对应，那时没有显示是正常的。',
    where: (place) => `位置：${place}`,
    officer: '请保存本页和证明文件，联系该公司的个人信息保护负责人。',
  },
  'en-US': {
    running: 'Checking on your device…',
    failed:
      'This could not be checked on your device; below is what the server found. You can download the proofs and check them yourself.',
    valid: (rows, logs) =>
      `✓ Checked on your device: ${rows === 1 ? '1 record stands' : `${rows} records stand`} in the signed logs of ${logs === 1 ? '1 device' : `${logs} devices`}, unaltered`,
    witnessed: (time) => `The platform cosigned as a witness at ${time}; later records appear after the next sync.`,
    unwitnessed:
      'The signatures are good, but no witness cosigned: whether records are missing at the end cannot be proven by this.',
    firstVisit:
      'This browser now remembers the log’s length and fingerprint; at your next visit it checks that the log only grew and was neither cut nor rewritten.',
    followed: (time) => `Compared with what you saw at ${time}: the log only grew and was neither cut nor rewritten.`,
    notKept: 'This browser keeps no data, so nothing can be compared with what you saw last time.',
    invalid: {
      checkpoint: '✗ The signature of a device’s log is not genuine',
      row: '✗ A record does not stand in the signed log',
      hidden: '✗ A record of the log is not shown on this page',
      shown: '✗ A record on this page has no proof',
      time: '✗ A record is shown with another time than the log has',
    },
    broken: {
      shrunk: '✗ A device’s log is shorter than the one you saw last time',
      rewritten: '✗ A device’s log was rewritten: it does not continue the one you saw last time',
      otherKey: '✗ A device’s log is signed by another key than last time',
      missing: '✗ Records that you saw last time are not shown any more',
      unproven: '⚠ The log has grown, but the server gave no proof that it continues the one you saw last time',
    },
    sizes: (time, before, now) =>
      `At ${time} you saw ${before} records (others’ included); ${now === null ? 'now this log is not there' : `now there are ${now}`}.`,
    afterYears:
      'A year after your data were destroyed (three where there was a request or a consent) the log no longer leads to you, as the rules have it; then this is no fault.',
    where: (place) => `Where: ${place}`,
    officer: 'Please keep this page and the proofs, and contact the company’s personal information protection officer.',
  },
}
