import type { PaperLanguage } from '../../shared/domain/disclosure.ts'

export const incidentTexts = {
  'zh-CN': {
    letterTitle: '个人信息安全事件告知书',
    noticeTitle: '个人信息安全事件公告',
    salutation: '{name}：',
    nameless: '您好：',
    lead: '{employer}于 {discovered} 发现一起个人信息安全事件：{title}。现将有关情况告知如下。',
    parts: {
      facts_impact: '一、事件的基本情况和可能的影响',
      measures: '二、已采取和将要采取的处置措施',
      advice: '三、您可以怎样防范和降低风险',
      remedies: '四、对您的补救措施',
      contact: '五、个人信息保护负责人的联系方式',
    },
    fields: '涉及您的信息：{fields}。',
    noFields: '涉及您的信息：列表中的概要。',
    publicFields: '本公告面向无法逐一联系的有关人员；如您认为自己受到影响，请按第五项联系我们。',
    unwritten: '（待补充）',
    end: '{employer}',
    page: '{n} / {of}',
    join: '、',
  },
  'en-US': {
    letterTitle: 'Notice of a personal data incident',
    noticeTitle: 'Public notice of a personal data incident',
    salutation: 'Dear {name},',
    nameless: 'Hello,',
    lead: 'On {discovered} {employer} found an incident with personal data: {title}. This is to tell you about it.',
    parts: {
      facts_impact: '1. What happened and what it may mean',
      measures: '2. What was done and will be done',
      advice: '3. What you can do to lower the risk',
      remedies: '4. What we do for you',
      contact: '5. How to reach the protection officer',
    },
    fields: 'Your data concerned: {fields}.',
    noFields: 'Your data concerned: the summary in a list.',
    publicFields:
      'This notice is for people who cannot be reached one by one. If you think that you are affected, please contact us as in 5.',
    unwritten: '(to be written)',
    end: '{employer}',
    page: '{n} / {of}',
    join: ', ',
  },
} as const satisfies Readonly<Record<PaperLanguage, unknown>>
