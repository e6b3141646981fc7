import { z } from 'zod'
import { decideDeviceGrant, findOpenGrant } from '../device-grants.ts'
import { escapeHtml, htmlPage, pageHeaders } from '../html.ts'
import { findAccount } from '../find-account.ts'
import { operation, type Operation, type OperationAnswer } from '../operation.ts'
import { limit } from './sign-in.ts'

const page = { 200: { description: 'A plain page', media: 'text/html' } } as const
const decisionBody = z.object({
  user_code: z.string().max(20),
  account: z.string().max(500),
  password: z.string().max(1024),
  decision: z.enum(['grant', 'deny']),
})

/** Where the phone lands from the QR code (RFC 8628 §3.3): who signs in, on which device, yes or no. */
export const devicePageOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/device',
      id: 'devicePage',
      tag: 'sign-in',
      summary: 'Type the code',
      auth: 'none',
      answers: page,
    },
    async () => show(form('')),
  ),
  operation(
    {
      method: 'GET',
      path: '/device/{user_code}',
      id: 'devicePageWithCode',
      tag: 'sign-in',
      summary: 'The same with the code filled in',
      auth: 'none',
      answers: page,
    },
    async ({ param }) => show(form(param('user_code'))),
  ),
  operation(
    {
      method: 'POST',
      path: '/device',
      id: 'confirmDevice',
      tag: 'sign-in',
      summary: 'Confirm or refuse a sign-in',
      auth: 'none',
      body: decisionBody,
      form: true,
      answers: page,
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, body, address }) => {
      await limit(hub, `password ${address} ${body.account}`)
      const account = await findAccount(hub, body.account, body.password)
      if (account === undefined) return show(form(body.user_code, '账号或密码不对'))
      const grant = await findOpenGrant(hub, body.user_code.trim().toUpperCase())
      const place = { employerId: account.employer_id, accountId: account.id }
      const decided =
        grant !== undefined &&
        (await decideDeviceGrant(
          hub,
          grant.id,
          body.decision === 'deny' ? { granted: false } : { granted: true, place, factor: 'none' },
        ))
      if (!decided) return show(form('', '这个验证码不存在、已用过或已过期'))
      return show(`<h1>${body.decision === 'deny' ? '已拒绝' : '已确认'}</h1><p>可以关闭此页，回到电脑上继续。</p>`)
    },
  ),
]

const show = (body: string): OperationAnswer => ({
  headers: pageHeaders,
  body: htmlPage('登录坦荐', `<p class="brand">坦荐 · 手机确认登录</p>${body}`),
})

const form = (code: string, wrong?: string): string => `<h1>在电脑上登录？</h1>
<p class="hint">请核对：验证码与电脑屏幕上的一致，且是您本人在登录。</p>
${wrong === undefined ? '' : `<p class="no" role="alert">${escapeHtml(wrong)}</p>`}
<form method="post" action="/device">
<label for="c">验证码</label><input id="c" name="user_code" required autocomplete="off" value="${escapeHtml(code)}">
<label for="a">账号</label><input id="a" name="account" required autocomplete="username">
<label for="p">密码</label><input id="p" name="password" type="password" required autocomplete="current-password">
<button class="main" name="decision" value="grant">确认登录</button>
<button name="decision" value="deny">不是我，拒绝</button></form>`
