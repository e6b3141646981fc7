import { escapeHtml, htmlPage } from '../html.ts'
import type { PortalContext } from './list-context.ts'
import type { ViewRow } from './list-views.ts'
import { actionWords, channelWords, consentWords, fieldWords, reasonWords, requestWords, roles } from './words.ts'

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const date = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
})

const line = (text: string): string => `<p class="hint">${escapeHtml(text)}</p>`

/** `GET /c/{token}`: phone first, plain HTML, no script. Everything that came from outside is escaped here. */
export const viewsPage = (context: PortalContext, rows: readonly ViewRow[], devices: number, token: string): string => {
  const looked = rows.filter((row) => row.entry.outcome !== 'denied')
  return htmlPage(
    '谁看过我的简历',
    `<p class="brand">坦荐 · 谁看过我的简历</p>
<h1>${escapeHtml(context.employer)}</h1>
${context.applications.map((application) => line(originWords(context, application))).join('')}
<section class="card sum"><p><b>${looked.length}</b><br><span class="hint">次记录</span></p><div>${endWords(context)}</div></section>
${rows.length === 0 ? '<p>还没有人看过您的简历。</p>' : rows.map((row) => viewCard(context, row)).join('')}
${proofWords(rows, devices)}
${actions(token)}`,
  )
}

const originWords = (context: PortalContext, application: PortalContext['applications'][number]): string => {
  const job = context.jobs.get(application.job_id)?.title ?? '岗位'
  return `${job} · ${channelWords[application.channel] ?? application.channel} · ${date.format(Date.parse(application.evidence_at))}`
}

const endWords = (context: PortalContext): string => {
  if (context.destroyedAt !== undefined) return `<p class="what">已销毁</p>${line(date.format(context.destroyedAt))}`
  if (context.latestEnd === undefined) {
    return `<p class="what">招聘进行中</p>${line('职位关闭后 7 天内、未录用 30 天内销毁，您会收到证明')}`
  }
  return `<p class="what">最晚 ${escapeHtml(date.format(context.latestEnd))} 销毁</p>${line('销毁后这里会显示证明')}`
}

const viewCard = (context: PortalContext, { entry }: ViewRow): string => {
  const account = context.accounts.get(entry.actor.account)
  const role = roles[entry.actor.role] ?? entry.actor.role
  const who = [account?.name ?? '招聘人员', role, account?.agency].filter((part) => part !== undefined).join(' · ')
  const job = entry.job === undefined ? undefined : context.jobs.get(entry.job)?.title
  const shown = fieldWords(entry)
  const reason = reasonWords(entry)
  return `<article class="card">${line(time.format(entry.at))}
<p class="what${entry.outcome === 'denied' ? ' no' : ''}">${escapeHtml(actionWords(entry))}</p>${line(who)}
${job === undefined ? '' : line(`用于「${job}」`)}${shown === undefined ? '' : line(`内容：${shown}`)}${reason === undefined ? '' : line(`理由：${reason}`)}
${entry.policy === undefined ? '' : line(`依据：${entry.policy.profile} ${entry.policy.clause}`)}</article>`
}

const proofWords = (rows: readonly ViewRow[], devices: number): string => {
  if (rows.length === 0) return ''
  const proven = rows.filter((row) => row.proven).length
  const verdict =
    proven === rows.length
      ? `✓ 已核对：${rows.length} 条记录均在 ${devices} 台设备的签名日志中，未被删改`
      : `${rows.length - proven} 条记录无法证明在签名日志中，请联系该公司的个人信息保护负责人`
  return `<div class="ok"><p>${escapeHtml(verdict)}</p><details><summary>如何自己核对</summary>
<p class="hint">用您的链接令牌请求 /v1/candidate/views，可得到每一条的原文、包含证明、签名的检查点和见证方的联署；任何支持 RFC 9162 与 C2SP 检查点的工具都能核对。</p></details></div>`
}

const actions = (token: string): string => {
  const base = `/c/${encodeURIComponent(token)}`
  const kinds = Object.entries(requestWords).map(([kind, words]) => `<option value="${kind}">${words}</option>`)
  const purposes = Object.entries(consentWords).map(
    ([purpose, words]) => `<option value="${purpose}">${words}</option>`,
  )
  return `<h2>您的权利</h2><form class="card" method="post" action="${base}/requests">
<label for="k">请求</label><select id="k" name="kind">${kinds.join('')}</select>
<label for="d">说明（可不填）</label><textarea id="d" name="detail" rows="3" maxlength="2000"></textarea>
<p class="hint">15 个工作日内答复。</p><button class="main">提交请求</button></form>
<form class="card" method="post" action="${base}/consents">
<label for="p">同意事项</label><select id="p" name="purpose">${purposes.join('')}</select>
<button name="granted" value="false" class="main">撤回</button><button name="granted" value="true">同意</button></form>`
}
