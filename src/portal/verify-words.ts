import type { StatementCheck } from './check-statement.ts'

type Invalid = Extract<StatementCheck, { verdict: 'invalid' }>['what'] | 'rewritten'

/** What the script adds to the page; the page itself has its words from the server. */
export type VerifyWords = {
  readonly running: string
  readonly failed: string
  valid(rows: number, logs: number): string
  witnessed(time: string): string
  readonly unwitnessed: string
  readonly invalid: Readonly<Record<Invalid, string>>
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
    invalid: {
      checkpoint: '✗ 一台设备的日志签名无效',
      row: '✗ 一条记录不在签名的日志中',
      hidden: '✗ 日志中有一条记录没有显示在本页',
      shown: '✗ 本页显示的一条记录没有证明',
      time: '✗ 一条记录显示的时间与日志不符',
      rewritten: '✗ 一台设备的日志与您上次看到的不一致',
    },
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
    invalid: {
      checkpoint: '✗ The signature of a device’s log is not genuine',
      row: '✗ A record does not stand in the signed log',
      hidden: '✗ A record of the log is not shown on this page',
      shown: '✗ A record on this page has no proof',
      time: '✗ A record is shown with another time than the log has',
      rewritten: '✗ A device’s log is not the one that you saw last time',
    },
    where: (place) => `Where: ${place}`,
    officer: 'Please keep this page and the proofs, and contact the company’s personal information protection officer.',
  },
}
