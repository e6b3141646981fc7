/**
 * Applications `a` of records that can be worked on. Locked records are few and have an index of their own, so that nobody has to
 * read each person's wide row to learn that it is not one of them.
 */
export const liveOnly = "a.record_id NOT IN (SELECT record_id FROM candidate WHERE life = 'locked')"
