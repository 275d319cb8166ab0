import type { RoomId } from '@rill/protocol';
import type { AdministrationSection, Panel, SettingsSection } from '../model/paths.ts';

/** Where one is. */
export type Route =
  | { readonly name: 'home' }
  | { readonly name: 'room'; readonly room: RoomId; readonly seq?: number; readonly panel?: Panel }
  | { readonly name: 'new-room' }
  | { readonly name: 'new-direct' }
  | { readonly name: 'explore' }
  | { readonly name: 'settings'; readonly section?: SettingsSection }
  | { readonly name: 'administration'; readonly section?: AdministrationSection }
  | { readonly name: 'sign-in' }
  | { readonly name: 'register' }
  | { readonly name: 'reset' }
  | { readonly name: 'gallery' }
  | { readonly name: 'missing' };

const ROOM = /^[0-9a-f]{2}[0-9a-z]{16}$/;
const SEQ = /^[1-9]\d{0,15}$/;
const PANELS: readonly string[] = ['members', 'details', 'find'] satisfies Panel[];
const SETTINGS: readonly string[] = [
  'profile',
  'look',
  'notifications',
  'privacy',
  'password',
  'sessions',
] satisfies SettingsSection[];
const ADMINISTRATION: readonly string[] = ['server', 'invites', 'users', 'audit'] satisfies AdministrationSection[];

/** Reads an address. Whatever is not one of ours is `missing`, never an error. */
export function readRoute(path: string): Route {
  const [first = '', second, third, fourth, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length > 0 || (fourth !== undefined && (first !== 'rooms' || third !== 'find'))) return { name: 'missing' };
  switch (first) {
    case '':
      return { name: 'home' };
    case 'rooms':
      return readRoom(second, third, fourth);
    case 'new':
      if (third !== undefined) return { name: 'missing' };
      if (second === 'room') return { name: 'new-room' };
      return second === 'direct' ? { name: 'new-direct' } : { name: 'missing' };
    case 'settings':
      return third === undefined ? readSection('settings', SETTINGS, second) : { name: 'missing' };
    case 'administration':
      return third === undefined ? readSection('administration', ADMINISTRATION, second) : { name: 'missing' };
    case 'explore':
    case 'sign-in':
    case 'register':
    case 'reset':
      return second === undefined ? { name: first } : { name: 'missing' };
    case 'ui':
      return second === undefined ? { name: 'gallery' } : { name: 'missing' };
    default:
      return { name: 'missing' };
  }
}

function readRoom(id: string | undefined, last: string | undefined, found: string | undefined): Route {
  if (id === undefined || !ROOM.test(id)) return { name: 'missing' };
  const room = id as RoomId;
  if (last === undefined) return { name: 'room', room };
  if (found !== undefined && !SEQ.test(found)) return { name: 'missing' };
  if (PANELS.includes(last)) {
    return { name: 'room', room, panel: last as Panel, ...(found === undefined ? {} : { seq: Number(found) }) };
  }
  return SEQ.test(last) ? { name: 'room', room, seq: Number(last) } : { name: 'missing' };
}

function readSection(
  name: 'settings' | 'administration',
  sections: readonly string[],
  section: string | undefined,
): Route {
  if (section === undefined) return { name };
  return sections.includes(section) ? ({ name, section } as Route) : { name: 'missing' };
}

/** A secret that came in the fragment, which browsers do not send to servers: `#owner=…`, `#invite=…`, `#code=…`. */
export function readFragment(hash: string): {
  readonly owner?: string;
  readonly invite?: string;
  readonly reset?: string;
} {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const owner = fields.get('owner');
  const invite = fields.get('invite');
  const reset = fields.get('reset');
  return {
    ...(owner === null ? {} : { owner }),
    ...(invite === null ? {} : { invite }),
    ...(reset === null ? {} : { reset }),
  };
}
