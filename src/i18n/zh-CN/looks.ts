/** An administrator's look at what recruiters hold, for a stated reason. */
export const looks = {
  gate: '说明查看理由',
  scope: { label: '查看范围', person: '只看这一位候选人', job: '这个职位的全部候选人' },
  words: '具体理由',
  wordsHint: '至少 4 个字；不要写联系方式。',
  told: '开放 60 分钟，联系方式仍不显示。理由和每次查看都会记录，这个职位的负责人和成员能看到。',
  submit: '说明理由并打开',
  lead: '管理员平时只看到卡片、数量和日志。要看内容须说明理由，开放 60 分钟；看过什么、何时、为何，列在这里。',
  column: { who: '管理员', what: '查看对象', why: '理由', when: '时间', read: '实际查看' },
  job: '职位「{job}」的全部候选人',
  gone: '这里没有的候选人',
  noWords: '说明已随候选人资料销毁。',
  until: '开放至 {time}',
  read: '查看 {n} 次',
  unread: '尚未查看',
  empty: '没有管理员查看过',
  emptyHint: '管理员说明理由并打开您职位下的候选人后，会列在这里。',
}
