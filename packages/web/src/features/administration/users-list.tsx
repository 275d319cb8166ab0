import { Ellipsis } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { ResetLink, User, UserChange } from '@rill/protocol';
import { useTimes, useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { nameOf } from '../../model/names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Tag } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { toast } from '../../ui/toast.ts';
import { SecretLink } from './secret-link.tsx';

const WAIT_MS = 150;

/** Everybody who has an account, found by name. */
export function UsersList() {
  const words = useWords();
  const later = useLaterWords();
  const times = useTimes();
  const client = useClient();
  const me = useMe();
  const [q, setQ] = useState('');
  const [users, setUsers] = useState<readonly User[]>();
  const [next, setNext] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const [menu, setMenu] = useState<{ user: User; at: HTMLElement }>();
  const [disabling, setDisabling] = useState<User>();
  const [link, setLink] = useState<{ user: User; link: ResetLink }>();
  const said = later.administration.users;

  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      void attempt(async () => {
        const page = q.trim() === '' ? await client.people.list() : { users: await client.people.search(q.trim()) };
        if (over) return;
        setUsers(page.users);
        setNext('next' in page ? page.next : undefined);
      }).then((failure) => over || setWrong(failure));
    }, WAIT_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, q]);

  const change = async (user: User, what: UserChange): Promise<string | undefined> =>
    attempt(async () => {
      const now = await client.administration.users.change(user.id, what);
      setUsers((all) => all?.map((each) => (each.id === now.id ? now : each)));
      toast(said.changed);
    });
  const more = () =>
    attempt(async () => {
      const page = await client.people.list(next);
      setUsers((shown) => [...(shown ?? []), ...page.users]);
      setNext(page.next);
    });
  const tell = (failure: string | undefined) => {
    if (failure !== undefined) toast(failure, { tone: 'danger' });
  };
  const entriesFor = (user: User): MenuEntry[] => {
    if (user.id === me.id || user.role === 'owner') return [];
    return [
      {
        id: 'reset',
        label: said.resetLink,
        act: () =>
          void attempt(async () => setLink({ user, link: await client.administration.users.resetLink(user.id) })).then(
            tell,
          ),
      },
      ...(me.role !== 'owner'
        ? []
        : [
            user.role === 'admin'
              ? { id: 'member', label: said.makeMember, act: () => void change(user, { role: 'member' }).then(tell) }
              : { id: 'admin', label: said.makeAdmin, act: () => void change(user, { role: 'admin' }).then(tell) },
          ]),
      user.status === 'active'
        ? { id: 'disable', label: said.disable, danger: true, act: () => setDisabling(user) }
        : { id: 'enable', label: said.enable, act: () => void change(user, { status: 'active' }).then(tell) },
    ];
  };

  return (
    <div class="form">
      <Field label={said.search} type="search" value={q} onValue={setQ} error={wrong} />
      {users?.length === 0 ? <p class="field-hint">{said.none}</p> : null}
      <Rows label={later.administration.sections.users}>
        {users?.map((user) => {
          const name = nameOf(user, words);
          const entries = entriesFor(user);
          return (
            <Row
              key={user.id}
              sign={<Avatar name={name} seed={user.id} />}
              title={
                <>
                  <bdi>{name}</bdi>
                  {user.role === 'member' ? null : <Tag tone="accent">{said.roles[user.role]}</Tag>}
                  {user.status === 'disabled' ? <Tag tone="danger">{said.disabled}</Tag> : null}
                </>
              }
              detail={<bdi>{user.username}</bdi>}
              actions={
                entries.length === 0 ? undefined : (
                  <IconButton
                    icon={Ellipsis}
                    label={said.menu(name)}
                    aria-haspopup="menu"
                    onClick={(event) => setMenu({ user, at: event.currentTarget })}
                  />
                )
              }
            />
          );
        })}
      </Rows>
      {next === undefined ? null : <Button onClick={() => void more().then(tell)}>{said.more}</Button>}
      {menu === undefined ? null : (
        <Menu
          label={said.menu(nameOf(menu.user, words))}
          at={menu.at}
          entries={entriesFor(menu.user)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {disabling === undefined ? null : (
        <Confirm
          title={said.disableTitle(nameOf(disabling, words))}
          yes={said.disable}
          no={words.app.cancel}
          danger
          onClose={() => setDisabling(undefined)}
          onYes={() => change(disabling, { status: 'disabled' })}
        >
          <p>{said.disableText}</p>
        </Confirm>
      )}
      {link === undefined ? null : (
        <Dialog
          title={said.resetTitle(nameOf(link.user, words))}
          closeLabel={words.app.close}
          onClose={() => setLink(undefined)}
        >
          <p>{said.resetText(times.full(Date.parse(link.link.expiresAt)))}</p>
          <SecretLink label={said.resetUrl} url={link.link.url} />
        </Dialog>
      )}
    </div>
  );
}
