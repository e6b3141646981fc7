import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'

/** What the candidate reads; plain words for the log's closed vocabulary. */
const actions: Partial<Record<LedgerEntry['action'], string>> = {
  view: '查看了简历',
  search_hit: '在列表中看到',
  reveal: '查看了联系方式',
  open_file: '打开了附件',
  download: '下载简历',
  export: '导出简历',
  print: '打印简历',
  copy: '复制内容',
  call: '拨打虚拟号码',
  share: '转交简历',
  search: '搜索',
  stage: '变更了招聘阶段',
  approve: '处理审批',
  hold: '依法保留',
  lock: '锁定简历，不再可看',
  destroy_begin: '开始销毁',
  destroyed: '已销毁本机副本',
  restore: '从备份恢复',
  consent: '记录了同意或撤回',
  request: '处理您的请求',
  incident: '记录安全事件',
  merge: '关联重复简历',
  log_read: '查阅访问记录',
}

const fields: Readonly<Record<string, string>> = {
  name: '姓名',
  phone: '手机号',
  email: '邮箱',
  wechat: '微信',
  photo: '照片',
  birth_date: '出生日期',
  sex: '性别',
  household: '户籍',
  political_status: '政治面貌',
  residence: '居住地',
  body: '简历正文',
  current_salary: '目前薪资',
  expected_salary: '期望薪资',
  attachment: '附件',
  id_number: '证件号码',
  insights: '洞察信息',
  save: '保存到设备',
}

const reasons: Readonly<Record<string, string>> = {
  screening: '筛选',
  contact: '联系您',
  interview: '约面试',
  offer: '谈录用',
  request: '处理您的请求',
  audit: '审计',
  other: '其他',
}

export const roles: Readonly<Record<string, string>> = {
  hr: '招聘专员',
  headhunter: '猎头',
  admin: '管理员',
  officer: '个人信息保护负责人',
}

export const actionWords = (entry: LedgerEntry): string => {
  const named = entry.fields?.map((field) => fields[field] ?? field).join('、')
  const what =
    entry.action === 'reveal' && named !== undefined ? `查看了${named}` : (actions[entry.action] ?? entry.action)
  return entry.outcome === 'denied' ? `被拒绝：${what}` : what
}

export const fieldWords = (entry: LedgerEntry): string | undefined =>
  entry.action === 'reveal' ? undefined : entry.fields?.map((field) => fields[field] ?? field).join('、')

export const reasonWords = (entry: LedgerEntry): string | undefined =>
  entry.reason === undefined ? undefined : (reasons[entry.reason] ?? entry.reason)

export const channelWords: Readonly<Record<string, string>> = {
  recommended: '由平台推荐',
  searched: '由搜索看到',
  greeted: '对方向您打过招呼',
  exchanged: '您在沟通中交换了联系方式',
  card: '您分享了名片',
  delivered: '您投递',
  downloaded: '对方在平台下载',
  emailed: '您投递到企业邮箱',
  direct: '您当面提交',
  campus_exam: '您报名了校园考试',
  referred: '由他人推荐',
}

export const requestWords = {
  delete: '申请删除',
  copy: '获取副本',
  correct: '更正',
  access: '查询处理情况',
  withdraw: '撤回同意',
  restrict: '限制处理',
  port: '转移副本',
  explain: '要求说明',
} as const

export const consentWords = {
  talent_pool: '进入人才库',
  background_check: '背景调查',
  ai: '使用 AI 处理',
  cross_border: '境外查看',
  sharing: '向第三方提供',
  purpose: '用于其他岗位',
  guardian: '监护人同意',
} as const
