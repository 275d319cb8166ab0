/** Whether the screen has room for one column only; the style sheets say the same. */
export const oneColumn = (): boolean => matchMedia('(max-width: 45rem)').matches;
