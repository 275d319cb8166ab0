import type { TimelineState } from '@rill/client';

/** What is loaded goes to the newest message, and the server has said so. */
export function isAtHead(state: TimelineState): boolean {
  return state.name === 'ready' && state.newer.name === 'end';
}
