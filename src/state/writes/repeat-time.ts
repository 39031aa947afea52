/** Without a request identifier, the same arguments are the same write for this long. */
export const repeatMilliseconds = 10 * 60 * 1000;
