export const collaboration = {
  tabs: '候选人的资料',
  tab: { resume: '简历', review: '评价', contact: '沟通', activity: '动态' },
  noApplication: '这份简历没有投递，无法沟通或安排面试。',
}
