import { isEmptyRequirements, jobRequirements, type JobRequirements } from '../../shared/domain/job-requirements.ts'

/** What `job.requirements` asks for; null where there is nothing, or nothing that the rules of today would let be asked. */
export const readRequirements = (text: string | null | undefined): JobRequirements | null => {
  if (text === null || text === undefined) return null
  try {
    const parsed = jobRequirements.safeParse(JSON.parse(text))
    return parsed.success && !isEmptyRequirements(parsed.data) ? parsed.data : null
  } catch {
    return null
  }
}
