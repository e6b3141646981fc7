/** What is told of a person, in the order of the keys 1 to 4. */
export const detailTabs = ['resume', 'review', 'contact', 'activity'] as const
export type DetailTab = (typeof detailTabs)[number]
