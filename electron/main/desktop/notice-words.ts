import type { Notice } from '../../shared/domain/desktop.ts'

export type NoticeWords = {
  readonly title: string
  readonly body: string
  /** Where a click leads. */
  readonly section: 'candidates' | 'interviews' | 'retention' | 'requests' | 'officer' | 'bulletin' | 'admin'
}

const clock = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(11, 16)
const listed = (jobs: ReadonlyArray<{ readonly title: string; readonly count: number }>): string =>
  jobs.map(({ title, count }) => `${title} ${count}`).join(' · ')

/** A notice in words, from counts, job titles and times, because there is nothing else in it (ZP-51). */
export const noticeWords = (said: Notice, language: 'zh-CN' | 'en-US'): NoticeWords => {
  const zh = language === 'zh-CN'
  switch (said.kind) {
    case 'new_applications': {
      const title = zh ? `新增 ${said.count} 份投递` : `${said.count} new application${said.count === 1 ? '' : 's'}`
      return { title, body: listed(said.jobs), section: 'candidates' }
    }
    case 'interview_soon': {
      const title = zh ? `${clock(said.starts_at)} 有面试` : `Interview at ${clock(said.starts_at)}`
      return { title, body: said.job_title, section: 'interviews' }
    }
    case 'destruction_soon': {
      const title = zh ? `${said.count} 份简历将在 24 小时内销毁` : `${said.count} to be destroyed within 24 hours`
      return { title, body: zh ? '可在“留存与销毁”中查看' : 'See Retention', section: 'retention' }
    }
    case 'request_due': {
      const title = zh
        ? `${said.count} 项权利请求临近期限`
        : `${said.count} rights request${said.count === 1 ? '' : 's'} due soon`
      const late = zh ? `其中 ${said.late} 项已到期` : `${said.late} of them due now`
      return { title, body: said.late === 0 ? '' : late, section: 'requests' }
    }
    case 'incident_due': {
      const open = said.count - said.late
      const title = zh
        ? said.late > 0
          ? `${said.late} 起安全事件的 24 小时已到，通知尚未写完`
          : `安全事件通知须在 ${clock(said.ends_at)} 前写完`
        : said.late > 0
          ? `The 24 hours of ${said.late} incident${said.late === 1 ? '' : 's'} are over, the notice is not written`
          : `Write the notice of an incident by ${clock(said.ends_at)}`
      const more = zh ? `另有 ${open} 起临近` : `${open} more due soon`
      return { title, body: said.late > 0 && open > 0 ? more : '', section: 'officer' }
    }
    case 'post_changed': {
      const title = zh
        ? `关注的公告或岗位有 ${said.count} 项更新`
        : `${said.count} followed post${said.count === 1 ? '' : 's'} changed`
      return { title, body: '', section: 'bulletin' }
    }
    case 'access_stopped': {
      const title = zh ? `查看已暂停，${clock(said.ends_at)} 恢复` : `Viewing has stopped until ${clock(said.ends_at)}`
      return { title, body: '', section: 'candidates' }
    }
    case 'approvals': {
      const title =
        said.waiting > 0
          ? zh
            ? `${said.waiting} 项申请等待审批`
            : `${said.waiting} request${said.waiting === 1 ? '' : 's'} to decide`
          : zh
            ? `${said.decided} 项申请有了结果`
            : `${said.decided} of your requests decided`
      return { title, body: '', section: said.waiting > 0 ? 'admin' : 'candidates' }
    }
    case 'mention': {
      const title = zh
        ? `同事提到您 ${said.count} 次`
        : `Mentioned ${said.count === 1 ? 'once' : `${said.count} times`}`
      return { title, body: listed(said.jobs), section: 'candidates' }
    }
  }
}
