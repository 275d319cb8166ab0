import { Compass, MessageCirclePlus, UsersRound } from 'lucide';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { Menu } from '../../ui/menu.tsx';

/** Ways to a conversation that one is not in yet. */
export default function NewMenu({ at, onClose }: { at: HTMLElement; onClose: () => void }) {
  const words = useWords();
  const said = useLaterWords().starting.menu;
  return (
    <Menu
      label={words.rooms.add}
      at={at}
      onClose={onClose}
      entries={[
        { id: 'direct', label: said.newDirect, icon: MessageCirclePlus, act: () => go(paths.newDirect) },
        { id: 'room', label: said.newRoom, icon: UsersRound, act: () => go(paths.newRoom) },
        { id: 'explore', label: said.explore, icon: Compass, act: () => go(paths.explore) },
      ]}
    />
  );
}
