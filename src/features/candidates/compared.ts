/** As many as stand side by side on the smallest window that must be comfortable. */
export const MOST_COMPARED = 4
