import type { Channel, Platform } from '../../shared/domain/vocabulary.ts'

export type RecruitingPlatform = Exclude<Platform, 'qingyun' | 'direct'>

/** Every channel that a platform can have, the common ones more often. */
export const channelsOf: Readonly<Record<RecruitingPlatform, readonly Channel[]>> = {
  zhaopin: [
    'delivered',
    'searched',
    'delivered',
    'recommended',
    'greeted',
    'exchanged',
    'delivered',
    'downloaded',
    'emailed',
    'direct',
    'delivered',
    'referred',
  ],
  lagou: [
    'delivered',
    'searched',
    'greeted',
    'delivered',
    'exchanged',
    'recommended',
    'downloaded',
    'delivered',
    'emailed',
    'referred',
  ],
  wanzhou: ['delivered', 'searched', 'delivered', 'downloaded', 'recommended', 'delivered', 'emailed', 'referred'],
  maimai: ['searched', 'delivered', 'exchanged', 'greeted', 'card', 'delivered', 'emailed', 'recommended', 'referred'],
}

export const platforms: readonly RecruitingPlatform[] = ['zhaopin', 'lagou', 'wanzhou', 'maimai']

/** More people look for work on some platforms than on others. */
export const platformWheel: readonly RecruitingPlatform[] = [
  'zhaopin',
  'lagou',
  'zhaopin',
  'wanzhou',
  'maimai',
  'zhaopin',
  'lagou',
  'zhaopin',
  'wanzhou',
  'maimai',
]

/** What a person has set. The wheel makes sure that each occurs, whatever the count; most set nothing. */
export type Setting =
  | 'public'
  | 'hidden_from_headhunters'
  | 'none'
  | 'blocks_former'
  | 'blocks_us'
  | 'calls_allowed'
  | 'calls_refused'
  | 'insights_off'
  | 'ai_refused'
  | 'do_not_contact'
  | 'public_fields'
  | 'minor_with_guardian'
  | 'minor_without_guardian'
  | 'under_16'
  | 'age_unknown'
  | 'education_verified'

const rareSettings: readonly Setting[] = [
  'hidden_from_headhunters',
  'blocks_former',
  'calls_allowed',
  'education_verified',
  'insights_off',
  'ai_refused',
  'none',
  'age_unknown',
  'do_not_contact',
  'public_fields',
  'blocks_us',
  'calls_refused',
  'minor_with_guardian',
  'hidden_from_headhunters',
  'education_verified',
  'minor_without_guardian',
  'under_16',
]

/** What people of a platform set more often, because it is the platform's own switch. */
const ownSettings: Readonly<Record<RecruitingPlatform, readonly Setting[]>> = {
  zhaopin: ['hidden_from_headhunters', 'insights_off'],
  lagou: ['blocks_us'],
  wanzhou: ['blocks_former'],
  maimai: ['calls_allowed', 'public_fields', 'calls_refused', 'calls_allowed', 'public_fields'],
}

/** Two of five have a setting of their own; who they are moves on from ten to ten, so that every platform has all of them. */
export const settingOf = (index: number, platform: RecruitingPlatform): Setting => {
  if ((index + Math.floor(index / 10)) % 5 >= 2) return 'public'
  const settings = [...ownSettings[platform], ...rareSettings]
  return settings[Math.floor(index * 0.4) % settings.length] ?? 'public'
}

/** How many people of the same platform come before this one. */
export const ordinalOn = (index: number, platform: RecruitingPlatform): number => {
  const wheel = platformWheel.length
  const each = platformWheel.filter((one) => one === platform).length
  return (
    Math.floor(index / wheel) * each + platformWheel.slice(0, index % wheel).filter((one) => one === platform).length
  )
}

export const schools = [
  '江城大学',
  '临海理工大学',
  '北原科技大学',
  '南岭师范大学',
  '东湖财经大学',
  '西川医学院',
  '青州大学',
  '山城职业技术学院',
  '明州学院',
  '滨江工业职业学院',
  '云岭民族大学',
]
export const cities = ['北京', '上海', '广州', '深圳', '杭州', '成都', '重庆', '武汉', '南京', '苏州', '西安', '长沙']
export const provinces = [
  '河北',
  '山东',
  '河南',
  '四川',
  '湖北',
  '湖南',
  '江西',
  '安徽',
  '新疆',
  '西藏',
  '内蒙古',
  '黑龙江',
  '广东',
  '浙江',
]
export const jobStates = ['离职-随时到岗', '在职-月内到岗', '在职-考虑机会', '应届毕业生']
