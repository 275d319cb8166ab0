import type { Registration } from '@rill/protocol';
import type { ServerState } from '../store/server.ts';

/** What the environment decides of what administrators could change. It wins. */
export interface FixedSettings {
  readonly name?: string | undefined;
  readonly registration?: Registration | undefined;
}

/** By invite until somebody decides: a server that was just started should not take everybody who finds it. */
const MODE: Registration = 'invite';
const NAME = 'Rill';

export function modeOf(state: ServerState, fixed: Registration | undefined): Registration {
  return fixed ?? state.registration ?? MODE;
}

export function nameOf(state: ServerState, fixed: string | undefined): string {
  return fixed ?? state.name ?? NAME;
}
