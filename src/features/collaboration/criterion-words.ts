/** A criterion as people read it: the program's own by their codes, a job's own as it wrote them. */
export const criterionWords = (name: string, t: (key: string) => string, te: (key: string) => boolean): string =>
  te(`collaboration.score.criterion.${name}`) ? t(`collaboration.score.criterion.${name}`) : name
