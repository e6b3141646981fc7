import type { ImportField } from '../../shared/domain/job-import.ts'

/** Heads of columns as spreadsheets of recruiters word them; compared without case, blanks and marks. */
const heads: Readonly<Record<ImportField, readonly string[]>> = {
  title: [
    '职位',
    '职位名称',
    '岗位',
    '岗位名称',
    '职务',
    '招聘职位',
    '招聘岗位',
    '名称',
    'title',
    'jobtitle',
    'job',
    'position',
    'role',
    'name',
  ],
  department: ['部门', '所属部门', '用人部门', '需求部门', 'department', 'dept', 'team'],
  city: ['城市', '工作城市', '工作地点', '地点', '工作地', '所在城市', 'city', 'location', 'worklocation', 'place'],
  headcount: ['人数', '招聘人数', '需求人数', '名额', 'headcount', 'openings', 'vacancies', 'count', 'number', 'hc'],
  salary: ['薪资', '薪酬', '月薪', '工资', '薪资范围', '薪资待遇', 'salary', 'pay', 'salaryrange', 'compensation'],
  description: [
    '职位描述',
    '岗位描述',
    '描述',
    '岗位职责',
    '工作职责',
    '职责',
    '任职要求',
    'description',
    'jobdescription',
    'jd',
    'duties',
    'responsibilities',
  ],
  skills: ['技能', '技能要求', '必备技能', '关键技能', 'skills', 'requiredskills', 'keyskills'],
  degree: ['学历', '学历要求', '最低学历', 'degree', 'education', 'minimumdegree'],
  years: ['工作年限', '年限', '经验', '经验要求', '工作经验', 'years', 'experience', 'yearsofexperience'],
}

const plain = (head: string): string =>
  head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s*_\-:：/\\.]/g, '')

const known = new Map<string, ImportField>(
  Object.entries(heads).flatMap(([field, words]) => words.map((word) => [word, field as ImportField] as const)),
)

/** What each column of a head holds; `null` for what is none of ours, or says again what an earlier column says. */
export const columnsOf = (head: readonly string[]): ReadonlyArray<ImportField | null> => {
  const taken = new Set<ImportField>()
  return head.map((words) => {
    const field = known.get(plain(words))
    if (field === undefined || taken.has(field)) return null
    taken.add(field)
    return field
  })
}
