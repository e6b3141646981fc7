import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '../fixtures/index.ts'
import { root } from '../fixtures/runtime.ts'
import { Workstation } from '../pages/workstation.ts'
import { toPalette } from './palette-png.ts'

/** Pictures of what is empty, very long, locked or not yet allowed. */

const longResume = [
  '阿布都热依木·买买提艾力·托合提巴克',
  '男 | 1990年3月 | 现居住地：新疆维吾尔自治区巴音郭楞蒙古自治州和静县',
  '手机：13800010009',
  '邮箱：a.very.long.address.that.never.ends.at.all@subdomain.of.a.long.company.example',
  '求职意向：集团公司华东及华南大区数字化供应链与智能仓储运营高级总监（兼任总经理助理）',
  '工作经历',
  '2018.03 - 至今  中国（上海）自由贸易试验区临港新片区国际供应链科技集团股份有限公司  高级运营总监兼数字化转型办公室主任',
  `负责${'仓储、运输、采购与数字化平台的统筹规划，'.repeat(12)}按期完成。`,
  '教育经历',
  '2010.09 - 2014.06  某某省某某市对外经济贸易与现代物流管理职业技术大学  物流工程与供应链管理（中外合作办学）  本科',
].join('\n')
const ageless = [
  '钱思远',
  '手机：13800010010',
  '求职意向：门店店长',
  '工作经历',
  '2018.03 - 至今  锦里商贸  店长',
  '排班与库存。',
].join('\n')

test('what is empty, long, locked or waits for an age', async ({ launch }) => {
  test.setTimeout(240_000)
  const { page, app } = await launch()
  const desk = new Workstation(page)
  const folder = join(root, 'test-results', 'screens', 'edges')
  const kept = join(root, 'docs', 'screens', 'edges')
  for (const one of [folder, kept]) mkdirSync(one, { recursive: true })
  const see = async (name: string): Promise<void> => {
    await page.waitForTimeout(300)
    const picture = await page.screenshot({ path: join(folder, `${name}.png`) })
    writeFileSync(join(kept, `${name}.png`), toPalette(picture))
  }
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
  await desk.setUp()
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor()
  const empty = [
    'jobs',
    'candidates',
    'pipeline',
    'interviews',
    'messages',
    'pool',
    'reports',
    'sync',
    'retention',
    'ledger',
  ]
  for (const section of empty) {
    await desk.by(`nav-${section}`).click()
    await see(`empty-${section}`)
  }
  await desk.open('jobs')
  await desk.by('job-create').last().click()
  await desk
    .by('job-title')
    .fill('集团公司华东及华南大区数字化供应链与智能仓储运营高级总监（兼任总经理助理，常驻上海或广州）')
  await see('job-form')
  await desk.by('job-submit').click()
  await desk.by('job-row').waitFor()
  await see('long-job')
  await desk.call('job.list', {})
  const { items } = await desk.call<{ items: Array<{ id: string }> }>('job.list', {})
  await desk.takeIn(items[0]?.id ?? '', [
    { name: `${'很长的文件名'.repeat(15)}.txt`, mimeType: 'text/plain', buffer: Buffer.from(longResume) },
    { name: '钱思远.txt', mimeType: 'text/plain', buffer: Buffer.from(ageless) },
  ])
  await desk.open('candidates')
  await desk.by('candidate-row').first().click()
  await see('first')
  await desk.by('candidate-row').nth(1).click()
  await see('second')
  await desk.dress('en', 'light')
  await desk.open('candidates')
  await desk.by('candidate-row').first().click()
  await see('first-en')
  await desk.by('candidate-row').nth(1).click()
  await see('second-en')
})
