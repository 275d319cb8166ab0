import { Copy, EyeOff, History, Link, Pencil, ShieldX, Undo2 } from 'lucide';
import type { MessageItem } from '@rill/client';
import { isReadable } from '@rill/protocol/message';
import { useLaterWords, useTimes, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { nameById } from '../../model/names.ts';
import { paths } from '../../model/paths.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../../ui/menu.tsx';
import type { TimelineActions } from './actions.ts';
import { rightsOf } from './rights.ts';
import { useSeconds } from './seconds.ts';

interface MessageMenuProps {
  item: MessageItem;
  at: MenuPlace;
  actions: TimelineActions;
  onClose: () => void;
}

/** Everything that can be done with a message. */
export function MessageMenu({ item, at, actions, onClose }: MessageMenuProps) {
  const words = useWords();
  const times = useTimes();
  const client = useClient();
  const now = useSeconds(item.mine);
  const room = actions.room();
  const rights = rightsOf(item, room, client.server.limits(), now);
  const { message } = item;
  const said = useLaterWords().message.menu;
  const entries: MenuEntry[] = [];
  if (rights.edit) {
    entries.push({
      id: 'edit',
      label: said.edit,
      icon: Pencil,
      act: () => {
        actions.edits.at.value = item.seq;
      },
    });
  }
  if (rights.recallMs > 0) {
    entries.push({
      id: 'recall',
      label: said.recall,
      icon: Undo2,
      hint: said.recallHint(times.left(rights.recallMs)),
      act: () => void actions.live.recall(item.seq).catch(() => {}),
    });
  }
  if (isReadable(message)) {
    entries.push({ id: 'copy', label: said.copy, icon: Copy, act: () => actions.copy(message.text) });
  }
  entries.push({
    id: 'link',
    label: said.link,
    icon: Link,
    act: () => actions.copy(`${location.origin}${paths.message(room.id, item.seq)}`),
  });
  if (isReadable(message) && message.edits !== undefined) {
    entries.push({
      id: 'history',
      label: said.history,
      icon: History,
      act: () => actions.open({ name: 'history', item }),
    });
  }
  if (rights.hide) {
    entries.push({ id: 'hide', label: said.hide, icon: EyeOff, act: () => actions.open({ name: 'hide', item }) });
  }
  if (rights.remove) {
    entries.push({
      id: 'remove',
      label: said.remove,
      icon: ShieldX,
      danger: true,
      act: () => actions.open({ name: 'remove', item }),
    });
  }
  return (
    <Menu label={said.label(nameById(client, message.author, words))} at={at} entries={entries} onClose={onClose} />
  );
}
