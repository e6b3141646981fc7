import type { PortalLanguage } from '../candidate-portal/language.ts'

export type PhoneWords = {
  readonly brand: string
  readonly ask: string
  readonly check: string
  readonly warn: string
  readonly code: string
  readonly look: string
  readonly device: string
  readonly system: string
  readonly asked: string
  readonly unknown: string
  readonly justNow: string
  readonly minutes: (count: number) => string
  readonly account: string
  readonly password: string
  readonly grant: string
  readonly deny: string
  readonly wrongPassword: string
  readonly noCode: string
  readonly secondStep: string
  readonly secondStepLead: string
  readonly oneTimeCode: string
  readonly codeHint: string
  readonly wrongCode: string
  readonly tooMany: string
  readonly usePasskey: string
  readonly passkeyFailed: string
  readonly addPasskey: string
  readonly addPasskeyLead: string
  readonly proveLead: string
  readonly ended: string
  readonly granted: string
  readonly denied: string
  readonly closePage: string
  readonly added: string
  readonly proved: string
  readonly recovery: string
  readonly recoveryLead: string
  readonly needsFactor: string
  readonly sessions: string
  readonly sessionsLead: string
  readonly show: string
  readonly byPhone: string
  readonly byPassword: string
  readonly withFactor: string
  readonly end: string
  readonly over: string
  readonly endedBy: Readonly<Record<string, string>>
  readonly none: string
  readonly other: string
}

/** Pages of the hub for a person's phone. */
export const phoneWords: Readonly<Record<PortalLanguage, PhoneWords>> = {
  'zh-CN': {
    brand: '坦荐 · 手机确认',
    ask: '在这台电脑上登录？',
    check: '请核对：验证码与电脑屏幕上的一致，且是您本人正在登录。',
    warn: '别人发来的二维码请点「不是我」。没有人会请您替他扫码登录。',
    code: '验证码',
    look: '查看这次登录',
    device: '设备',
    system: '系统',
    asked: '发起时间',
    unknown: '未提供',
    justNow: '刚刚',
    minutes: (count) => `约 ${count} 分钟前`,
    account: '账号',
    password: '密码',
    grant: '是我，确认登录',
    deny: '不是我，拒绝',
    wrongPassword: '账号或密码不对',
    noCode: '这个验证码不存在、已用过或已过期。请在电脑上换一个新的。',
    secondStep: '两步验证',
    secondStepLead: '密码正确。只有您本人正在登录时，才继续确认。',
    oneTimeCode: '六位验证码或恢复码',
    codeHint: '打开验证器应用查看。每个验证码只能用一次。',
    wrongCode: '验证码不正确或已用过，等下一个出现再输入',
    tooMany: '尝试次数过多，请在 15 分钟后再试',
    usePasskey: '使用通行密钥',
    passkeyFailed: '没有完成。可以再试一次，或改用验证码。',
    addPasskey: '添加通行密钥',
    addPasskeyLead: '通行密钥保存在这台设备或您的密码管理器里，登录和导出时用它确认。',
    proveLead: '电脑上的操作需要确认。只有您本人正在操作时才继续。',
    ended: '这个页面已用过或已过期。请回到电脑上重新开始。',
    granted: '已确认',
    denied: '已拒绝',
    closePage: '可以关闭此页，回到电脑上继续。',
    added: '通行密钥已添加',
    proved: '已确认是您本人',
    recovery: '恢复码',
    recoveryLead: '抄在纸上。设备都不在手边时，每个可用一次。只显示这一次。',
    needsFactor: '管理员须先设置两步验证：请在电脑上用密码登录一次，按提示设置。',
    sessions: '我的登录',
    sessionsLead: '不认识的登录请立即结束。',
    show: '查看我的登录',
    byPhone: '手机确认',
    byPassword: '密码',
    withFactor: '两步验证',
    end: '结束这次登录',
    over: '已结束',
    endedBy: {
      workstation: '在电脑上退出',
      phone: '在手机上结束',
      factor: '因两步验证变更',
      account: '因账号或密码变更',
    },
    none: '没有登录记录',
    other: 'English',
  },
  'en-US': {
    brand: 'Candor · confirm by phone',
    ask: 'Sign in on this computer?',
    check: 'Check that the code is the one on the computer’s screen, and that it is you who signs in.',
    warn: 'If somebody sent you this QR code, press “Not me”. Nobody will ever ask you to scan one for them.',
    code: 'Code',
    look: 'Look at this sign-in',
    device: 'Device',
    system: 'System',
    asked: 'Asked',
    unknown: 'not told',
    justNow: 'just now',
    minutes: (count) => `about ${count} minutes ago`,
    account: 'Account',
    password: 'Password',
    grant: 'It is me, sign in',
    deny: 'Not me, refuse',
    wrongPassword: 'Account or password is wrong',
    noCode: 'This code does not exist, was used or has ended. Show a new one on the computer.',
    secondStep: 'Two-step verification',
    secondStepLead: 'The password is right. Go on only if it is you who is signing in just now.',
    oneTimeCode: 'Six-digit code or recovery code',
    codeHint: 'Open your authenticator app. Each code counts once.',
    wrongCode: 'The code is wrong or was used; wait for the next one',
    tooMany: 'Too many tries; try again in 15 minutes',
    usePasskey: 'Use a passkey',
    passkeyFailed: 'Not done. Try again, or use a code.',
    addPasskey: 'Add a passkey',
    addPasskeyLead: 'It stays on this device or in your password manager, and confirms sign-ins and exports.',
    proveLead: 'Something on the computer needs to be confirmed. Go on only if it is you who does it.',
    ended: 'This page was used or has ended. Start again on the computer.',
    granted: 'Confirmed',
    denied: 'Refused',
    closePage: 'You can close this page and go on at the computer.',
    added: 'The passkey was added',
    proved: 'Confirmed that it is you',
    recovery: 'Recovery codes',
    recoveryLead: 'Write them down. Each works once when no device is at hand. They are shown only now.',
    needsFactor:
      'An administrator needs two-step verification first: sign in on the computer with the password once and follow it there.',
    sessions: 'My sign-ins',
    sessionsLead: 'End every sign-in that you do not know.',
    show: 'Show my sign-ins',
    byPhone: 'confirmed by phone',
    byPassword: 'password',
    withFactor: 'two-step verification',
    end: 'End this sign-in',
    over: 'ended',
    endedBy: {
      workstation: 'signed out there',
      phone: 'ended from a phone',
      factor: 'two-step verification changed',
      account: 'account or password changed',
    },
    none: 'There were no sign-ins',
    other: '中文',
  },
}
