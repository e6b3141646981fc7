import { invitationAnswer, me, type Me } from '../../electron/shared/domain/sync-records.ts'
import { pullAll, type HubClient } from './hub-client.ts'
import { logDevice } from './log-device.ts'
import type { SandboxHub } from './sandbox-hub.ts'

/** Good enough for every account that joins in a test. */
export const joinPassword = 'wide meadow seven'

export const pathOf = (link: string): string => new URL(link).pathname
export const meOf = async (client: HubClient): Promise<Me> => (await client.call('GET', '/v1/me')).as(me)
/** Every change of a candidate that this account gets from the start. */
export const candidatesOf = (client: HubClient) =>
  pullAll(client).then(({ changes }) => changes.filter((one) => one.type === 'candidate'))

/** What an administrator of a sandbox does with people. */
export const hubPeople = (hub: SandboxHub, admin: HubClient) => {
  const invite = async (body: object) =>
    (await admin.call('POST', '/v1/invitations', { json: body })).as(invitationAnswer)
  const patch = (id: string, body: object) => admin.call('PATCH', `/v1/accounts/${id}`, { json: body })
  return {
    invite,
    patch,
    /** Somebody who joined by an invitation, and signs in. */
    joined: async (login: string, body: object = { role: 'hr' }) => {
      const made = await invite(body)
      const form = { name: `同事 ${login}`, login, password: joinPassword }
      const answer = await hub.client.call('POST', pathOf(made.link), { form })
      if (answer.status !== 200) throw new Error(`joining answered ${answer.status}`)
      const client = await hub.client.signIn(login, joinPassword)
      return { made, client, id: (await meOf(client)).id }
    },
    verify: (id: string) =>
      patch(id, {
        verification: {
          real_name: { method: 'in_person', consent: 'written' },
          employment: { method: 'admin_vouches' },
        },
      }),
    putDevice: async (client: HubClient, device: string, account: string) => {
      const { logKey } = logDevice(device, { account, role: 'hr' })
      const json = { name: `${device} 的笔记本`, os: 'linux', app_version: '1', log_key: logKey }
      const answer = await client.call('PUT', `/v1/devices/${device}`, { json })
      if (answer.status !== 200) throw new Error(`the device answered ${answer.status}`)
    },
  }
}
