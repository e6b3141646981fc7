import { crossBorderRecord } from '../../shared/domain/cross-border.ts'
import { discovery, me } from '../../shared/domain/sync-records.ts'
import { toBase64 } from '../../shared/ledger/bytes.ts'
import { edgeRoot, emptyEdge } from '../../shared/ledger/tree-edge.ts'
import { verificationAt } from '../accounts/verification-at.ts'
import { readFiling } from '../filing.ts'
import { accessOf } from '../alarms/access-of.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { witnessName } from '../keys/hub-keys.ts'
import { ledgerCrypto } from '../ledger-crypto.ts'
import { listOwnLooks } from '../looks/open-looks.ts'
import { operation, type Operation } from '../operation.ts'

/** What is said of a device of which nothing is held: a workstation that has pushed before then knows that the hub lost it. */
const emptyLog = { size: 0, root: toBase64(edgeRoot(ledgerCrypto.sha256, emptyEdge)) }

export const discoveryOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/.well-known/candor',
      id: 'discover',
      tag: 'discovery',
      summary: 'What this server is, how to sign in, and the key that cosigns view logs',
      auth: 'none',
      answers: { 200: { description: 'The server', schema: discovery } },
    },
    async ({ hub }) => ({
      body: {
        protocol: '1',
        name: hub.name,
        platform: hub.gateway?.platform ?? 'hub',
        auth: ['password', 'device_code'],
        time: isoTime(hub.clock.now()),
        keys: [
          {
            kty: 'OKP',
            crv: 'Ed25519',
            use: 'sig',
            alg: 'EdDSA',
            // The name in the cosignatures' lines (C2SP tlog-cosignature).
            kid: witnessName,
            x: Buffer.from(hub.keys.witnessPublicKey).toString('base64url'),
          },
        ],
      },
    }),
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/me',
      id: 'getMe',
      tag: 'sign-in',
      summary: 'The signed-in account, its limits, and what the hub holds of this device’s log',
      auth: 'session',
      evenSuspended: true,
      answers: { 200: { description: 'The account', schema: me } },
    },
    async ({ hub }, session) => {
      const account = await hub.db
        .selectFrom('account')
        .innerJoin('employer', 'employer.employer_id', 'account.employer_id')
        .selectAll('account')
        .select(['employer.name as employer_name', 'employer.officer_named'])
        .where('account.employer_id', '=', session.employerId)
        .where('account.id', '=', session.accountId)
        .executeTakeFirst()
      if (account === undefined) throw new HubProblem(401, 'invalid_token', 'the account is gone')
      const entitlements = await hub.db
        .selectFrom('record')
        .select('data')
        .where('employer_id', '=', session.employerId)
        .where('type', '=', 'entitlement')
        .where('deleted', '=', false)
        .orderBy('id')
        .execute()
      const border = account.overseas
        ? await hub.db
            .selectFrom('cross_border')
            .select('body')
            .where('employer_id', '=', session.employerId)
            .executeTakeFirst()
            .then((row) => crossBorderRecord.safeParse(row?.body).data)
        : undefined
      const looks = account.role === 'admin' ? await listOwnLooks(hub, session) : []
      const log = await hub.db
        .selectFrom('log_head')
        .select(['size', 'root'])
        .where('employer_id', '=', session.employerId)
        .where('device_id', '=', session.deviceId ?? '')
        .executeTakeFirst()
      return {
        body: {
          id: account.id,
          name: account.name,
          role: account.role,
          employer: { id: account.employer_id, name: account.employer_name },
          verification: verificationAt(account.verification, hub.clock.now()),
          status: session.status,
          quotas: account.quotas,
          officer_named: account.officer_named,
          entitlements: entitlements.map((row) => row.data),
          ...(account.role === 'hr' ? { filing: await readFiling(hub.db, session) } : {}),
          ...(looks.length === 0 ? {} : { looks }),
          ...(account.overseas ? { overseas: true } : {}),
          ...(border === undefined ? {} : { cross_border: border }),
          ...(account.licence_until === null ? {} : { licence_until: account.licence_until }),
          ...(account.agency === null ? {} : { agency: account.agency }),
          ...(await accessOf(hub.db, session, hub.clock.now())),
          ...(session.deviceId === undefined ? {} : { log: log ?? emptyLog }),
        },
      }
    },
  ),
]
