import { isoTime } from '../hub-clock.ts'
import type { RecordDraft } from '../records/put-records.ts'

const day = 86_400_000
const hour = 3_600_000

type Notice = {
  readonly title: string
  readonly exam: string
  readonly region: string
  readonly daysAgo: number
  readonly daysLeft: number
  readonly own?: true
  readonly body: string
}

const notices: readonly Notice[] = [
  {
    title: '示范市 2027 年度考试录用公务员公告（示例）',
    exam: '省考',
    region: '示范市',
    daysAgo: 3,
    daysLeft: 12,
    body: '本次计划录用 86 人。报名采取网络方式进行，资格初审在报名次日完成；笔试科目为行政职业能力测验和申论。\n报考人员只能选择一个职位，报名信息以提交时为准。',
  },
  {
    title: '江城区属事业单位 2027 年公开招聘工作人员公告（示例）',
    exam: '事业单位',
    region: '江城区',
    daysAgo: 1,
    daysLeft: 6,
    body: '面向社会公开招聘 42 名工作人员，分综合管理、社会科学、自然科学三类岗位。',
  },
  {
    title: '临海县中小学 2027 年春季教师招聘公告（示例）',
    exam: '教师招聘',
    region: '临海县',
    daysAgo: 6,
    daysLeft: 2,
    body: '招聘语文、数学、英语、信息科技教师，须持有相应学段教师资格证。',
  },
  {
    title: '北辰数据中心 2027 年度编外技术岗位公告（示例）',
    exam: '事业单位',
    region: '示范市',
    daysAgo: 4,
    daysLeft: 18,
    own: true,
    body: '本单位数据治理与信息安全方向编外岗位，录用后签订三年劳动合同。',
  },
  {
    title: '山城市 2026 年下半年选调生招录公告（示例）',
    exam: '选调',
    region: '山城市',
    daysAgo: 40,
    daysLeft: -9,
    body: '面向全国普通高校应届毕业生。',
  },
]

type Place = readonly [
  notice: number,
  title: string,
  unit: string,
  headcount: number,
  requirements: string,
  figures: Readonly<Record<string, number>>,
]

const places: readonly Place[] = [
  [
    0,
    '信息化岗一级科员',
    '示范市数据局',
    2,
    '计算机类，本科及以上',
    { 报名人数: 143, 审核通过: 118, 去年进面最低分: 128 },
  ],
  [0, '综合管理岗一级科员', '示范市民政局', 1, '专业不限，两年以上基层工作经历', { 报名人数: 402, 审核通过: 366 }],
  [0, '财务岗一级科员', '示范市财政局', 3, '会计学、财务管理', { 报名人数: 96, 审核通过: 90, 去年进面最低分: 121 }],
  [1, '档案管理', '江城区档案馆', 1, '档案学、图书情报', { 报名人数: 37 }],
  [1, '网络运维', '江城区融媒体中心', 2, '计算机网络技术，大专及以上', { 报名人数: 64, 审核通过: 51 }],
  [2, '初中数学教师', '临海县第二中学', 4, '初中数学教师资格证', { 报名人数: 88 }],
  [3, '数据治理工程师', '北辰数据中心', 2, '数据科学与大数据技术，三年经验', { 报名人数: 21 }],
  [3, '信息安全工程师', '北辰数据中心', 1, '信息安全，持 CISP 证书优先', { 报名人数: 14 }],
]

const noticeDrafts = (now: number): RecordDraft[] =>
  notices.map((notice, index) => ({
    type: 'announcement',
    id: `ann-${index + 1}`,
    data: {
      title: notice.title,
      body: notice.body,
      exam_type: notice.exam,
      region: notice.region,
      published_at: isoTime(now - notice.daysAgo * day),
      apply_until: isoTime(now + notice.daysLeft * day),
      ...(notice.own === true ? { own: true } : {}),
    },
  }))

const placeDrafts = (now: number): RecordDraft[] =>
  places.flatMap(([at, title, unit, headcount, requirements, figures], index) => {
    const notice = notices[at]
    if (notice === undefined) return []
    return {
      type: 'position',
      id: `pos-${index + 1}`,
      data: {
        title,
        unit,
        announcement_id: `ann-${at + 1}`,
        exam_type: notice.exam,
        region: notice.region,
        headcount,
        requirements,
        figures,
        figures_at: isoTime(now - day),
        figures_source: '省人事考试网',
        published_at: isoTime(now - notice.daysAgo * day - hour),
        apply_until: isoTime(now + notice.daysLeft * day),
        ...(notice.own === true ? { own: true } : {}),
      },
    }
  })

type Word = readonly [
  thread: string,
  alias: string,
  topic: string,
  from: 'user' | 'institution',
  hoursAgo: number,
  text: string,
]

const words: readonly Word[] = [
  ['c1', '考友 7315', '专业是否符合', 'user', 30, '软件工程专业可以报信息化岗吗？'],
  ['c1', '考友 7315', '专业是否符合', 'institution', 29, '软件工程属于计算机类，符合专业要求，以资格审核结果为准。'],
  ['c1', '考友 7315', '专业是否符合', 'user', 5, '明白了，基层工作经历需要什么材料？'],
  ['c2', '晨跑的鱼', '岗位选择', 'user', 9, '数据治理和信息安全两个岗位去年分数差多少？'],
  ['c3', '考友 2046', '报名', 'user', 3, '我的手机号是 13900002046，能打给我说吗？'],
]

const wordDrafts = (now: number): RecordDraft[] =>
  words.map(([thread, alias, topic, from, hoursAgo, text], index) => ({
    type: 'consultation',
    id: `con-${thread}-${index + 1}`,
    data: { alias, thread_id: thread, topic, text, at: isoTime(now - hoursAgo * hour), from },
  }))

/** What a platform without candidates has to offer: announcements, positions with published figures, and questions under an alias. */
export const bulletinDrafts = (now: number): RecordDraft[] => [
  ...noticeDrafts(now),
  ...placeDrafts(now),
  ...wordDrafts(now),
]
