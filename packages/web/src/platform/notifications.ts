export type NotificationsState = 'allowed' | 'unasked' | 'refused' | 'unavailable';

/** Whether this page may show notifications. Over plain http no browser lets it. */
export function notificationsState(): NotificationsState {
  if (typeof Notification === 'undefined' || !isSecureContext) return 'unavailable';
  if (Notification.permission === 'granted') return 'allowed';
  return Notification.permission === 'denied' ? 'refused' : 'unasked';
}

/** Asks the person; only ever called because they asked to be asked. */
export async function askForNotifications(): Promise<NotificationsState> {
  if (notificationsState() === 'unasked') await Notification.requestPermission();
  return notificationsState();
}

interface Shown {
  readonly title: string;
  readonly body: string;
  /** A later one of the same tag takes the place of the earlier. */
  readonly tag: string;
  readonly onOpen: () => void;
}

/** Shows one, where that is allowed. The function returned takes it away. */
export function showNotification({ title, body, tag, onOpen }: Shown): () => void {
  if (notificationsState() !== 'allowed') return () => {};
  try {
    const shown = new Notification(title, { body, tag, icon: '/icon-192.png', silent: true });
    shown.addEventListener('click', () => {
      window.focus();
      onOpen();
      shown.close();
    });
    return () => shown.close();
  } catch {
    // Some phones let only a service worker show them.
    return () => {};
  }
}
