import { Compass, MessageCirclePlus, UsersRound } from 'lucide';
import { useLocation } from 'preact-iso/router';
import { useWords } from '../../i18n/words.ts';
import { paths } from '../../model/paths.ts';
import { Menu } from '../../ui/menu.tsx';

/** Ways to a conversation that one is not in yet. */
export default function NewMenu({ at, onClose }: { at: HTMLElement; onClose: () => void }) {
  const words = useWords();
  const { route } = useLocation();
  const said = words.rooms.menu;
  return (
    <Menu
      label={words.rooms.add}
      at={at}
      onClose={onClose}
      entries={[
        { id: 'direct', label: said.newDirect, icon: MessageCirclePlus, act: () => route(paths.newDirect) },
        { id: 'room', label: said.newRoom, icon: UsersRound, act: () => route(paths.newRoom) },
        { id: 'explore', label: said.explore, icon: Compass, act: () => route(paths.explore) },
      ]}
    />
  );
}
