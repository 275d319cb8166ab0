import {
  type Audit,
  type AuditAct,
  type AuditEntry,
  type AuditQuery,
  type Limits,
  type ResetLink,
  RILL_VERSION,
  type RoomId,
  type ServerInfo,
  type Settings,
  type SettingsChange,
  WIRE_VERSION,
} from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { AuditLog } from '../store/audit.ts';
import type { MemberStore } from '../store/members.ts';
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
  /** Newest first. Of a room that the one who asks is not in, not even the id is told. */
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
  readonly memberStore: Pick<MemberStore, 'among'>;
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
/** Acts on rooms: whoever is in the room may know of it, and nobody else. */
const OF_ROOMS: ReadonlySet<AuditAct> = new Set(['message.removed', 'room.imported']);

export function createAdministration(parts: AdministrationParts): Administration {
  const { server, auditLog, memberStore, invitations, governing, clock, limits, secret, fixed } = parts;
  const names = ['name', 'registration'] as const;

  function shown(state: ServerState): Settings {
    return {
      name: nameOf(state, fixed.name),
      registration: modeOf(state, fixed.registration),
      fixed: names.filter((name) => fixed[name] !== undefined),
    };
  }

  async function isIn(who: Who, room: RoomId): Promise<boolean> {
    try {
      return (await memberStore.among(who.user, room, [who.user])).members.length > 0;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return false;
      throw error;
    }
  }

  async function asSeenBy(who: Who, entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
    // The target of such an act is a room, written by us.
    const roomOf = ({ target }: AuditEntry) => target as RoomId;
    const rooms = [...new Set(entries.filter(({ act }) => OF_ROOMS.has(act)).map(roomOf))];
    const among = await Promise.all(rooms.map((room) => isIn(who, room)));
    const others = new Set<string>(rooms.filter((_, at) => among[at] === false));
    return entries.map((entry) =>
      OF_ROOMS.has(entry.act) && others.has(entry.target) ? { ...entry, target: '', detail: '' } : entry,
    );
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
      return { entries: await asSeenBy(who, entries), ...(next === undefined ? {} : { next }) };
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
