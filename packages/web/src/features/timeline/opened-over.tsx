import type { Opened, TimelineActions } from './actions.ts';
import { HideDialog, HistoryDialog, RemoveDialog } from './dialogs.tsx';
import { MessageMenu } from './message-menu.tsx';

interface OpenedOverProps {
  opened: Opened;
  actions: TimelineActions;
  onClose: () => void;
}

/** What is open about a message: its menu, or the question that was chosen from it. */
export default function OpenedOver({ opened, actions, onClose }: OpenedOverProps) {
  const { item } = opened;
  switch (opened.name) {
    case 'menu':
      return <MessageMenu item={item} at={opened.at} actions={actions} onClose={onClose} />;
    case 'hide':
      return <HideDialog item={item} actions={actions} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog item={item} actions={actions} onClose={onClose} />;
    case 'history':
      return <HistoryDialog item={item} actions={actions} onClose={onClose} />;
  }
}
