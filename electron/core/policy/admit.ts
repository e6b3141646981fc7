import type { Admission, ContactWay, PolicyRequest } from './policy-request.ts'

/** Whether the record may be opened at all; asked before any field. Pure. */
export function admit(request: PolicyRequest): Admission {
  throw new Error(`not written yet: ${request.role}`)
}

/** Whether this person may be reached this way now (ZP-17, ZP-44, MM-12, MM-13, MM-17). Pure. */
export function mayContact(request: PolicyRequest, way: ContactWay): Admission {
  throw new Error(`not written yet: ${request.role} ${way}`)
}
