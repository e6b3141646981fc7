import type { PostPage } from '@shared/domain/bulletin.ts'
import type { ConsultDesk, ConsultTalk, ConsultThread } from '@shared/domain/consultations.ts'

const day = 86_400_000

/** Posts, talks and a filing for whoever works on their pages. */
export const fakePosts = (now: number, empty: boolean): PostPage => {
  const items: PostPage['items'] = empty
    ? []
    : [
        {
          kind: 'announcement',
          id: 'a1',
          title: '江城区属事业单位 2027 年公开招聘工作人员公告（示例）',
          body: '面向社会公开招聘 42 名工作人员，分综合管理、社会科学、自然科学三类岗位。报名采取网络方式进行，资格初审在报名次日完成；笔试科目为职业能力倾向测验和综合应用能力。\n报考人员只能选择一个职位。',
          exam_type: '事业单位',
          region: '江城区',
          published_at: now - day,
          apply_until: now + 2 * day,
          own: false,
          followed: true,
          dismissed: false,
        },
        {
          kind: 'position',
          id: 'p1',
          title: '数据治理工程师',
          unit: '北辰数据中心',
          requirements: '数据科学与大数据技术，三年经验',
          exam_type: '事业单位',
          region: '示范市',
          headcount: 2,
          published_at: now - 4 * day,
          apply_until: now + 18 * day,
          announcement: '北辰数据中心 2027 年度编外技术岗位公告（示例）',
          figures: {
            items: [
              { name: '报名人数', value: 1143 },
              { name: '审核通过', value: 118 },
            ],
            at: now - day,
            source: '省人事考试网',
          },
          own: true,
          followed: false,
          dismissed: false,
        },
        {
          kind: 'announcement',
          id: 'a2',
          title: '山城市 2026 年下半年选调生招录公告（示例）',
          exam_type: '选调',
          region: '山城市',
          published_at: now - 40 * day,
          apply_until: now - 9 * day,
          own: false,
          followed: false,
          dismissed: false,
        },
      ]
  return {
    items,
    elsewhere: [],
    exam_types: ['事业单位', '选调'],
    regions: ['江城区', '山城市', '示范市'],
    counts: { all: items.length, followed: empty ? 0 : 1, own: empty ? 0 : 1, dismissed: 0 },
    recommend: false,
    now,
  }
}

export const fakeDesk = (now: number, empty: boolean): ConsultDesk => ({
  platform: 'qingyun',
  filing: empty ? { status: 'none' } : { status: 'approved', at: now - 20 * day },
  certificates: empty ? [] : [{ name: '人力资源服务许可证', until: now + 200 * day, over: false }],
  chat_days: 180,
})

const threadsOf = (now: number): ConsultThread[] => [
  {
    id: 't1',
    alias: '考友 7315',
    topic: '专业是否符合',
    at: now - 5 * 3_600_000,
    messages: 3,
    unread: 1,
    waiting: true,
  },
  { id: 't2', alias: '晨跑的鱼', topic: '岗位选择', at: now - 9 * 3_600_000, messages: 1, unread: 0, waiting: true },
  { id: 't3', alias: '考友 2046', at: now - 2 * day, messages: 1, unread: 0, waiting: false },
]
export const fakeThreads = (now: number, empty: boolean) => {
  const items = empty ? [] : threadsOf(now)
  return { items, unread: items.reduce((sum, { unread }) => sum + unread, 0) }
}

export const fakeTalk = (now: number, id: string): ConsultTalk => {
  const threads = threadsOf(now)
  const thread = threads.find((one) => one.id === id) ?? (threads[0] as ConsultThread)
  const said = (n: number, author: 'user' | 'institution', text: string) => ({
    id: `m${n}`,
    at: now - (30 - n * 8) * 3_600_000,
    author,
    state: author === 'user' ? ('received' as const) : ('sent' as const),
    text,
    hidden: [],
  })
  return {
    thread: { ...thread, unread: 0 },
    messages: [
      said(0, 'user', '软件工程专业可以报信息化岗吗？'),
      said(1, 'institution', '软件工程属于计算机类，符合专业要求，以资格审核结果为准。'),
      { id: 'm9', at: now - 6 * 3_600_000, author: 'user', state: 'received', hidden: ['phone', 'id'] },
      said(3, 'user', '明白了，基层工作经历需要什么材料？'),
    ],
    ...(id === 't3' ? { refusal: { rule: 'CONSULT_FILING' as const, clause: 'QY-17' } } : {}),
  }
}
