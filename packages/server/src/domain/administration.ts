import {
  type Audit,
  type AuditQuery,
  type Limits,
  type ResetLink,
  RILL_VERSION,
  type ServerInfo,
  type Settings,
  type SettingsChange,
  WIRE_VERSION,
} from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { AuditLog } from '../store/audit.ts';
import type { ServerState, ServerStore } from '../store/server.ts';
import { administrator } from './administrator.ts';
import { readDisplayName } from './display-name.ts';
import type { Governing } from './governing.ts';
import type { Invitations } from './invitations.ts';
import { Refusal } from './refusal.ts';
import { ownerCodeOf, randomId } from './secrets.ts';
import { type FixedSettings, modeOf, nameOf } from './settings.ts';
import type { Who } from './who.ts';

/** What the owner and the admins of the server do. Everybody else is refused with `forbidden`. */
export interface Administration extends Invitations, Omit<Governing, 'ownerResetLink'> {
  settings(who: Who): Promise<Settings>;
  changeSettings(who: Who, change: SettingsChange): Promise<Settings>;
  /** Newest first. */
  audit(who: Who, query: AuditQuery): Promise<Audit>;
  /** What anybody may know. */
  serverInfo(): Promise<ServerInfo>;
  /** The one-time code of the first account; undefined once there is an owner. For the start's own output only. */
  ownerCode(): Promise<string | undefined>;
  /** A link by which the owner sets a new password; undefined while there is no owner. For whoever has the machine. */
  ownerReset(origin: string): Promise<ResetLink | undefined>;
}

export interface AdministrationParts {
  readonly server: ServerStore;
  readonly auditLog: AuditLog;
  readonly invitations: Invitations;
  readonly governing: Governing;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly secret: string;
  readonly fixed: FixedSettings;
}

const NAME_MAX = 80;
const ENTRIES = 50;
const ID_LENGTH = 16;

export function createAdministration(parts: AdministrationParts): Administration {
  const { server, auditLog, invitations, governing, clock, limits, secret, fixed } = parts;
  const names = ['name', 'registration'] as const;

  function shown(state: ServerState): Settings {
    return {
      name: nameOf(state, fixed.name),
      registration: modeOf(state, fixed.registration),
      fixed: names.filter((name) => fixed[name] !== undefined),
    };
  }

  return {
    ...invitations,
    ...governing,
    async settings(who) {
      administrator(who);
      return shown(await server.read());
    },
    async changeSettings(who, change) {
      administrator(who);
      const held = names.filter((name) => change[name] !== undefined && fixed[name] !== undefined);
      if (held.length > 0) {
        throw new Refusal('forbidden', { detail: `Set by the environment: ${held.join(', ').toUpperCase()}.` });
      }
      const name = change.name === undefined ? undefined : readDisplayName(change.name, { displayNameMax: NAME_MAX });
      await server.change(who.user, clock.now(), { name, registration: change.registration });
      return shown(await server.read());
    },
    async audit(who, { before, limit = ENTRIES }) {
      administrator(who);
      const entries = await auditLog.page(before, limit);
      const next = entries.length === limit ? entries.at(-1)?.id : undefined;
      return { entries, ...(next === undefined ? {} : { next }) };
    },
    async serverInfo() {
      const state = await server.read();
      return {
        name: nameOf(state, fixed.name),
        version: RILL_VERSION,
        wire: WIRE_VERSION,
        registration: modeOf(state, fixed.registration),
        waitsForOwner: state.owner?.made !== true,
        limits,
      };
    },
    async ownerCode() {
      const state = await server.read();
      if (state.owner?.made) return undefined;
      return ownerCodeOf(secret, state.id ?? (await server.found(randomId(ID_LENGTH))));
    },
    async ownerReset(origin) {
      const { owner } = await server.read();
      return owner?.made ? governing.ownerResetLink(owner.user, origin) : undefined;
    },
  };
}
