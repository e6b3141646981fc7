import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'

export type Language = 'zh-CN' | 'en-US'

/** What happened and what to do, for every code, in both languages. */
const messages: Readonly<Record<ErrorCode, readonly [zh: string, en: string]>> = {
  E_ROLE: ['当前角色不能执行此操作；请由有权限的账号执行', 'this role may not do that; use an account that may'],
  E_UNVERIFIED: [
    '账号未完成实名或在职认证；请先在平台完成认证',
    'the account is not verified; complete verification on the platform first',
  ],
  E_HIDDEN: ['候选人已对本单位隐藏；不能查看', 'the candidate is hidden from you; nothing can be shown'],
  E_CHANNEL: [
    '该来源渠道不提供此项内容；对方投递或告知后可见',
    'this channel does not provide it; it may be seen after a delivery or when the candidate tells it',
  ],
  E_CONSENT: [
    '缺少所需的同意或来源说明；补充后重试',
    'a consent or a statement of origin is missing; add it and try again',
  ],
  E_PURPOSE: [
    '该记录属于其他职位；以新目的使用前需要新的依据',
    'the record belongs to another job; a new purpose needs a ground of its own',
  ],
  E_APPROVAL: ['需要审批；在审批通过前不能执行', 'approval is needed first'],
  E_LOCKED: ['记录已锁定，等待销毁；不能查看', 'the record is locked until it is destroyed; nobody can read it'],
  E_LEASE: ['离线租期已过；同步后可见', 'the offline lease is over; sync and try again'],
  E_MINOR: [
    '年龄未满足或未确认；确认年龄或监护人同意后可见',
    'the age is too low or unknown; confirm it, or wait for the guardian',
  ],
  E_REGION: ['不允许在境外查看', 'viewing from abroad is not allowed'],
  E_ROUTE: ['没有这个操作；用 --help 查看', 'there is no such call; see --help'],
  E_INPUT: ['输入不符合要求；检查后重试', 'the input does not fit; check it and try again'],
  E_SENDER: ['调用者不可信', 'the caller is not trusted'],
  E_SESSION: [
    '保险库已锁定或未登录；先解锁并登录',
    'the vault is locked or nobody is signed in; unlock and sign in first',
  ],
  E_PASSPHRASE: ['口令不正确；重试，或使用恢复码', 'the passphrase is wrong; try again or use the recovery code'],
  E_RECOVERY: ['恢复码不正确；逐字核对后重试', 'the recovery code is wrong; compare it letter by letter'],
  E_KEYS_MISSING: [
    '数据旁缺少密钥文件；从备份取回 kek.json 与 keys.a、keys.b',
    'key files are missing beside their store; bring back kek.json, keys.a and keys.b',
  ],
  E_DAMAGED: ['文件损坏；保留原文件，从备份恢复', 'a file is damaged; keep it and restore a backup'],
  E_FOREIGN: [
    '这是其他程序或其他主目录的文件；移走后重试',
    'the file belongs to another program or home; move it away',
  ],
  E_NEWER: ['文件由更新的版本写入；请升级程序', 'written by a newer version; update the program'],
  E_IN_USE: ['另一个进程正在使用此主目录；关闭后重试', 'another process uses this home; close it first'],
  E_DISK: ['磁盘已满或不可写；腾出空间后重试', 'the disk is full or not writable; make room and try again'],
  E_RUNTIME: [
    '运行环境过旧或不完整；请用 npm run candor 启动',
    'the runtime is too old or incomplete; start with npm run candor',
  ],
  E_HUB_UNREACHABLE: [
    '连接不到服务器；检查网络与地址后重试',
    'the hub cannot be reached; check the network and the address',
  ],
  E_HUB_ANSWER: [
    '服务器的回答不符合协议；稍后重试或联系管理员',
    'the hub answered against the protocol; try later or ask its administrator',
  ],
  E_SECOND_FACTOR: [
    '需要第二步验证；加 --code-file F（内含验证码或恢复码）重试；首次设置请在坦荐窗口登录',
    'a second factor is needed: add --code-file F with a code or a recovery code; to set one up, sign in with the window first',
  ],
  E_WRONG_CODE: ['验证码不正确或已用过；换一个新的', 'the code is wrong or was used; take a new one'],
  E_SIGN_IN: ['登录未成功；检查账号与密码', 'signing in failed; check account and password'],
  E_REVOKED: ['账号或设备已被停用；联系管理员', 'the account or device was revoked; ask the administrator'],
  E_RATE: ['请求过于频繁；稍后重试', 'too many requests; try later'],
  E_NOT_FOUND: ['没有找到；可能已被销毁', 'not found; it may have been destroyed'],
  E_FILE: ['文件不能读取；检查大小与格式', 'the file cannot be taken; check size and format'],
  E_LEDGER: [
    '查看记录无法写入，因此不显示任何内容；检查磁盘',
    'the ledger cannot be written, so nothing is shown; check the disk',
  ],
  E_CONFLICT: ['与当前状态冲突；刷新后重试', 'that does not fit the present state; refresh and try again'],
  E_MAILBOX: ['邮箱读取失败；见括号里的原因', 'the mailbox could not be read; the reason stands in brackets'],
  E_MODEL: [
    '模型没有写出可用的内容；检查开关、地址与密钥',
    'the model wrote nothing usable; check switches, address and key',
  ],
  E_CANCELLED: ['已取消', 'cancelled'],
  E_INTERNAL: ['内部错误；日志中有对应条目', 'an internal error; the log has the entry'],
}

export const messageOf = (code: ErrorCode, language: Language): string => messages[code][language === 'zh-CN' ? 0 : 1]
