import { Ellipsis, UserPlus } from 'lucide';
import { useState } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import type { ListedMember, Role, Room } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { nameOf } from '../../model/names.ts';
import { paths } from '../../model/paths.ts';
import { dotOf, useFollow } from '../../model/presence.ts';
import { go } from '../../platform/location.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Tag } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { toast } from '../../ui/toast.ts';
import { AddMembers } from './add-members.tsx';
import { actsOn } from './rights.ts';
import { useMembers } from './use-members.ts';

/** So many at the head of the list are looked at. */
const FOLLOWED = 100;

/** Fewer are found by looking. */
const MANY = 20;

/** Who is in the room, and what may be done about it. */
export default function MembersPanel({ live, room, name }: { live: LiveRoom; room: Room; name: string }) {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const me = useMe();
  const [sought, setSought] = useState('');
  const { members, next, wrong, load, more } = useMembers(live, room, sought);
  const [menu, setMenu] = useState<{ member: ListedMember; at: HTMLElement }>();
  const [removing, setRemoving] = useState<ListedMember>();
  const [adding, setAdding] = useState(false);
  const { presence } = useLiving(client.people);
  useFollow((members ?? []).map((member) => member.user.id).slice(0, FOLLOWED));
  const said = later.members;

  const act = async (what: () => Promise<unknown>) => {
    const failure = await attempt(what);
    if (failure !== undefined) toast(failure, { tone: 'danger' });
    await load();
  };
  const entriesFor = (member: ListedMember): MenuEntry[] => {
    const rights = actsOn(room, member, me.id);
    const role = (to: Role, label: string): MenuEntry => ({
      id: to,
      label,
      act: () => void act(() => live.members.setRole(member.user.id, to)),
    });
    return [
      ...(member.user.id === me.id || room.kind === 'direct'
        ? []
        : [
            {
              id: 'talk',
              label: said.talk,
              act: () =>
                void act(async () => {
                  const direct = await client.rooms.direct([member.user.id]);
                  go(paths.room(direct.id));
                }),
            },
          ]),
      ...rights.roles.map((to) =>
        role(to, { owner: said.makeOwner, admin: said.makeAdmin, member: said.makeMember }[to]),
      ),
      ...(rights.remove ? [{ id: 'remove', label: said.remove, danger: true, act: () => setRemoving(member) }] : []),
    ];
  };

  return (
    <Panel title={said.count(room.members)} close={{ href: paths.room(room.id), label: words.app.close }}>
      {room.kind === 'direct' || room.archived ? null : (
        <Button icon={UserPlus} onClick={() => setAdding(true)}>
          {said.add}
        </Button>
      )}
      {room.members > MANY ? (
        <Field type="search" label={said.find} autocomplete="off" value={sought} onValue={setSought} />
      ) : null}
      {wrong === undefined ? null : (
        <Banner tone="danger" role="alert" action={<Button onClick={() => void load()}>{words.app.retry}</Button>}>
          {wrong}
        </Banner>
      )}
      {members === undefined && wrong === undefined ? <Loading label={words.app.loading} /> : null}
      <Rows label={said.title}>
        {members?.map((member) => {
          const entries = entriesFor(member);
          const called = nameOf(member.user, words);
          const dot = dotOf(presence.get(member.user.id));
          return (
            <Row
              key={member.user.id}
              sign={<Avatar name={called} seed={member.user.id} dot={dot} />}
              title={
                <>
                  <bdi>{called}</bdi>
                  {member.user.id === me.id ? <Tag>{said.you}</Tag> : null}
                  {room.kind !== 'direct' && member.role !== 'member' ? (
                    <Tag tone="accent">{said.roles[member.role]}</Tag>
                  ) : null}
                  {member.user.status === 'disabled' ? <Tag tone="danger">{said.disabled}</Tag> : null}
                </>
              }
              detail={
                <>
                  <bdi>{member.user.username}</bdi>
                  {dot === undefined ? null : (
                    <> · {dot === 'full' ? words.room.presence.online : words.room.presence.away}</>
                  )}
                </>
              }
              actions={
                entries.length === 0 ? undefined : (
                  <IconButton
                    icon={Ellipsis}
                    label={said.menu(called)}
                    aria-haspopup="menu"
                    onClick={(event) => setMenu({ member, at: event.currentTarget })}
                  />
                )
              }
            />
          );
        })}
      </Rows>
      {members?.length === 0 ? <p class="panel-note">{said.none}</p> : null}
      {next === undefined ? null : <Button onClick={() => void more()}>{said.more}</Button>}
      {menu === undefined ? null : (
        <Menu
          label={said.menu(nameOf(menu.member.user, words))}
          at={menu.at}
          entries={entriesFor(menu.member)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {removing === undefined ? null : (
        <Confirm
          title={said.removeTitle(nameOf(removing.user, words))}
          yes={said.removeAct}
          no={words.app.cancel}
          danger
          onClose={() => setRemoving(undefined)}
          onYes={async () => {
            const failure = await attempt(() => live.members.remove(removing.user.id));
            if (failure === undefined) await load();
            return failure;
          }}
        >
          <p>{said.removeText}</p>
        </Confirm>
      )}
      {adding ? (
        <AddMembers
          live={live}
          name={name}
          onClose={() => {
            setAdding(false);
            void load();
          }}
        />
      ) : null}
    </Panel>
  );
}
