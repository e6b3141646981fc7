import type { z } from 'zod'
import type { Kinship, ProofKind, RequestOutcome, RequestVia } from '../../shared/domain/request-views.ts'
import type { requestKind } from '../../shared/domain/sync-atoms.ts'

export type LetterLanguage = 'zh-CN' | 'en-US'
type Kind = z.infer<typeof requestKind>

export type LetterTexts = {
  readonly receipt: string
  readonly reply: string
  readonly greeting: string
  readonly received: string
  readonly dueReceipt: string
  readonly stopped: string
  readonly show: string
  readonly papers: string
  readonly checked: string
  readonly certificates: string
  readonly reason: string
  readonly free: string
  readonly officer: string
  readonly sign: string
  readonly kind: Readonly<Record<Kind, string>>
  readonly via: Readonly<Record<RequestVia, string>>
  readonly proof: Readonly<Record<ProofKind, string>>
  readonly kinship: Readonly<Record<Kinship, string>>
  readonly outcome: Readonly<Record<Exclude<RequestOutcome, 'done'>, string>>
  readonly done: Readonly<Record<Kind, string>>
  readonly nothing: string
}

/** The fixed words of receipts and replies. No name stands in them: a letter that is lost tells nobody who it was for. */
export const letterTexts: Readonly<Record<LetterLanguage, LetterTexts>> = {
  'zh-CN': {
    receipt: '个人信息请求受理回执',
    reply: '关于个人信息请求的答复',
    greeting: '您好：',
    received: '{employer}于 {received} 通过{via}收到您关于{kind}的请求，编号 {number}。',
    dueReceipt: '我们最晚于 {due}（{days} 个工作日内）答复。合理的请求不收取费用。',
    stopped:
      '因近亲属之间意见不一，处理自 {since} 起暂停；收到一致意见或生效裁判文书后继续计时，期间资料不作任何处理。',
    show: '为核对身份，请提供：{proofs}。',
    papers: '身份材料只用于核对，加密保存，在答复后 {days} 天内销毁。',
    checked: '身份已于 {at} 核对。',
    certificates: '销毁证明编号：{ids}。证明附在本函之内，不依赖我们即可验证。',
    reason: '理由：{reason}',
    free: '本次处理不收取费用。',
    officer: '个人信息保护负责人：{officer}',
    sign: '{employer}　{at}',
    kind: {
      access: '查阅个人信息及访问记录',
      copy: '复制个人信息',
      correct: '更正、补充个人信息',
      delete: '删除个人信息',
      withdraw: '撤回同意',
      restrict: '限制处理',
      port: '转移个人信息',
      explain: '解释处理规则',
    },
    via: { portal: '候选人页面', mail: '电子邮件', phone: '电话', post: '信函', in_person: '当面' },
    proof: {
      identity: '身份证明',
      kinship: '亲属关系证明',
      death: '死亡证明',
      guardianship: '监护关系证明',
      authority: '授权委托书',
      resolution: '近亲属一致意见或生效裁判文书',
    },
    kinship: {
      spouse: '配偶',
      parent: '父母',
      child: '子女',
      sibling: '兄弟姐妹',
      grandparent: '祖父母、外祖父母',
      grandchild: '孙子女、外孙子女',
    },
    outcome: {
      alternative: '您的请求难以按原方式实现，我们以下列方式处理。',
      fee_quoted: '同类请求已多次提出且超出合理限度，处理将收取下列成本费用；未经您确认不会收取。',
      refused: '我们无法按您的请求处理。',
    },
    done: {
      access: '随本函提供访问声明：谁在何时查看、因何目的，以及每条记录的验证材料。',
      copy: '随本函提供您的个人信息副本：资料、来源、目的、接收方、访问记录、自动分析结果和保存期限；他人信息已去除。',
      correct:
        '更正请求已转交资料的提供方。更正后的内容经同步覆盖本地资料，旧内容不再保留；我们不改写您本人填写的内容。',
      delete: '您的个人信息已从本单位的工作站中不可恢复地销毁，包括备份中的密钥和已登记的文件。',
      withdraw: '您的同意已撤回，相关个人信息已不可恢复地销毁。撤回之前的处理不受影响。',
      restrict: '您的资料已停止使用：不再出现在任何列表中，也无人可以打开，直至您同意恢复或依法删除。',
      port: '随本函提供可转移的数据包，格式公开，可由其他单位直接读取。',
      explain: '随本函说明处理规则：资料按来源和应聘阶段决定可见范围，每次查看先记录后显示，到期自动销毁。',
    },
    nothing: '经查找，本单位未保存您的个人信息。',
  },
  'en-US': {
    receipt: 'Receipt of a request about personal data',
    reply: 'Reply to a request about personal data',
    greeting: 'Hello,',
    received: '{employer} received your request on {received} by {via}: {kind}. Its number is {number}.',
    dueReceipt:
      'We answer by {due} at the latest (within {days} working days). Reasonable requests are free of charge.',
    stopped:
      'Because close relatives disagree, handling has stood still since {since}. It goes on once their agreement or a judgment is here; until then nothing is done with the data.',
    show: 'So that we know who asks, please show: {proofs}.',
    papers: 'Papers are used for that check alone, kept encrypted, and destroyed within {days} days of the answer.',
    checked: 'Identity was checked on {at}.',
    certificates: 'Certificates of destruction: {ids}. They are inside this file and can be verified without us.',
    reason: 'Reason: {reason}',
    free: 'There is no charge.',
    officer: 'Personal data protection officer: {officer}',
    sign: '{employer}, {at}',
    kind: {
      access: 'to see your data and who viewed them',
      copy: 'a copy of your data',
      correct: 'to correct or complete your data',
      delete: 'to delete your data',
      withdraw: 'to withdraw your consent',
      restrict: 'to restrict processing',
      port: 'to transfer your data',
      explain: 'to have the rules explained',
    },
    via: { portal: 'your page', mail: 'e-mail', phone: 'phone', post: 'post', in_person: 'visit' },
    proof: {
      identity: 'proof of identity',
      kinship: 'proof of kinship',
      death: 'certificate of death',
      guardianship: 'proof of guardianship',
      authority: 'power of attorney',
      resolution: 'an agreement of the relatives or a judgment',
    },
    kinship: {
      spouse: 'spouse',
      parent: 'parent',
      child: 'child',
      sibling: 'sibling',
      grandparent: 'grandparent',
      grandchild: 'grandchild',
    },
    outcome: {
      alternative: 'What you asked for cannot be done as asked; we handle it as follows.',
      fee_quoted:
        'The same request has been made repeatedly and beyond reason, so handling it costs what follows. Nothing is charged without your agreement.',
      refused: 'We cannot do what you asked for.',
    },
    done: {
      access: 'With this letter comes the access statement: who looked, when and why, with the proof of every row.',
      copy: 'With this letter comes the copy of your data: content, sources, purposes, recipients, access log, automated results and time limits. Data of other people were removed.',
      correct:
        'Your correction was passed on to whoever supplied the data. The corrected content replaces ours with the next sync and the old one is not kept; we do not rewrite what you wrote.',
      delete:
        'Your data were destroyed on our workstation and cannot be brought back, keys in backups and registered files included.',
      withdraw:
        'Your consent is withdrawn and the data that rested on it were destroyed for good. What was done before stays lawful.',
      restrict:
        'Your record is not used any more: it is in no list and opens for nobody until you allow it again or it is destroyed.',
      port: 'With this letter comes a package in a documented format that others can read.',
      explain:
        'The rules: what is visible depends on source and stage, every look is written down before anything is shown, and everything is destroyed when its time is over.',
    },
    nothing: 'We looked everywhere and hold none of your personal data.',
  },
}
