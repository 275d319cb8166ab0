import {
  CirclePlus,
  Compass,
  Keyboard,
  LogOut,
  MessageCirclePlus,
  Search,
  Settings as SettingsIcon,
  ShieldCheck,
} from 'lucide';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RoomId, User } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { everywhere, sought } from '../../model/find.ts';
import { useMe } from '../../model/me.ts';
import { nameOf, roomName, roomSeed } from '../../model/names.ts';
import { paths } from '../../model/paths.ts';
import { otherOf } from '../../model/presence.ts';
import { go } from '../../platform/location.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toast } from '../../ui/toast.ts';
import { type Goal, bestOf } from './goals.ts';
import './switcher.css';

interface SwitcherProps {
  /** The one that is open. */
  room: RoomId | undefined;
  onClose: () => void;
  onKeys: () => void;
  onSignOut: () => void;
}

const ASK_MS = 150;

/** Goes anywhere by a few letters: rooms, people, what one wants to do. */
export default function Switcher({ room, onClose, onKeys, onSignOut }: SwitcherProps) {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const me = useMe();
  const rooms = useLiving(client.rooms);
  const people = useLiving(client.people);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<readonly User[]>([]);
  const said = later.switcher;

  // Before the next key: it is the first letter of what is sought.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  // Who is known here is found by pinyin too: the server only knows how names are written.
  useEffect(() => void client.people.list().catch(() => {}), [client]);
  useEffect(() => {
    if (typed.trim() === '') return;
    let over = false;
    const timer = setTimeout(() => {
      client.people.search(typed.trim()).then(
        (users) => over || setFound(users),
        () => {},
      );
    }, ASK_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, typed]);

  const goals = useMemo<readonly Goal[]>(() => {
    const to = (path: string) => () => go(path);
    const roomGoals = rooms.list.map((room): Goal => {
      const name = roomName(room, me.id, words, people);
      return {
        id: room.id,
        group: 'rooms',
        name,
        detail: room.topic,
        unread: room.unread,
        sign: { name, seed: roomSeed(room, me.id), square: room.kind !== 'direct' },
        act: to(paths.room(room.id)),
      };
    });
    // Whoever one talks with already is among the rooms.
    const met = new Set(rooms.list.map((each) => otherOf(each, me.id)));
    const known = new Map([...people.users.values(), ...found].map((user) => [user.id, user]));
    const peopleGoals = [...known.values()]
      .filter((user) => user.id !== me.id && user.status === 'active' && !met.has(user.id))
      .map(
        (user): Goal => ({
          id: user.id,
          group: 'people',
          name: nameOf(user, words),
          also: user.username,
          detail: said.person,
          sign: { name: nameOf(user, words), seed: user.id, square: false },
          act: () =>
            void attempt(async () => {
              const room = await client.rooms.direct([user.id]);
              go(paths.room(room.id));
            }).then((failure) => failure !== undefined && toast(failure, { tone: 'danger' })),
        }),
      );
    const action = (name: string, icon: Goal['icon'], act: () => void): Goal => ({
      id: name,
      group: 'actions',
      name,
      detail: '',
      icon,
      act,
    });
    return [
      ...roomGoals,
      ...peopleGoals,
      action(later.starting.menu.newRoom, CirclePlus, to(paths.newRoom)),
      action(later.starting.menu.newDirect, MessageCirclePlus, to(paths.newDirect)),
      action(later.starting.menu.explore, Compass, to(paths.explore)),
      action(later.settings.title, SettingsIcon, to(paths.settings())),
      ...(me.role === 'member' ? [] : [action(later.administration.title, ShieldCheck, to(paths.administration()))]),
      action(said.keys.title, Keyboard, onKeys),
      action(said.signOut, LogOut, onSignOut),
    ];
  }, [rooms, people, found, words, me, client, onKeys, onSignOut, said]);
  const shown = useMemo(() => {
    const best = bestOf(goals, typed);
    const beside = room ?? rooms.list[0]?.id;
    if (beside === undefined) return best;
    const text = typed.trim();
    // Whatever was typed may be in a message.
    const find: Goal = {
      id: 'find',
      group: 'actions',
      name: text === '' ? later.find.action : later.find.typed(text),
      detail: '',
      icon: Search,
      act: () => {
        sought.value = text;
        everywhere.value = text !== '' || room === undefined;
        go(paths.panel(beside, 'find'));
      },
    };
    return [...best, find];
  }, [goals, typed, room, rooms, later]);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, shown]);

  const choose = (goal: Goal | undefined) => {
    if (goal === undefined) return;
    onClose();
    goal.act();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % Math.max(1, shown.length));
    else if (event.key === 'ArrowUp') setAt((at - 1 + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter') choose(shown[at]);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      class="switcher"
      aria-label={said.title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <input
        class="switcher-input"
        role="combobox"
        dir="auto"
        aria-label={said.title}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] === undefined ? undefined : `${id}-${at}`}
        autocomplete="off"
        placeholder={said.placeholder}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      <div id={`${id}-list`} class="switcher-list" role="listbox" aria-label={said.title}>
        {shown.map((goal, index) => (
          <div
            key={`${goal.group} ${goal.id}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            class="switcher-option"
            onPointerMove={() => setAt(index)}
            onClick={() => choose(goal)}
          >
            {goal.sign === undefined ? (
              <span class="switcher-icon">{goal.icon === undefined ? null : <Icon of={goal.icon} />}</span>
            ) : (
              <Avatar {...goal.sign} />
            )}
            <bdi class="switcher-name">{goal.name}</bdi>
            <bdi class="switcher-detail">{goal.detail}</bdi>
            <Badge count={goal.unread ?? 0} label={words.rooms.unread(goal.unread ?? 0)} />
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p class="switcher-none">{said.none}</p> : null}
    </dialog>
  );
}
