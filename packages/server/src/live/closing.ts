/** How long the other side may take to answer a close before the line is cut. */
export const CLOSE_MS = 5_000;
/** Over how long a stopping node spreads the return of its sockets. */
export const SPREAD_MS = 10_000;
/** How long a stopping node waits for frames that are being answered. */
export const FINISH_MS = 5_000;
