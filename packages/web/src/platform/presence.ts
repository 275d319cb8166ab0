/** What the device tells of itself. */
export interface DeviceListener {
  /** It is back: online, in sight again, or out of the browser's freezer. */
  awake(): void;
  /** It has no network. */
  offline(): void;
}

/** Listens until the returned function is called. */
export function watchDevice(listener: DeviceListener): () => void {
  const awake = () => {
    if (navigator.onLine && document.visibilityState === 'visible') listener.awake();
  };
  const online = () => listener.awake();
  const offline = () => listener.offline();
  addEventListener('online', online);
  addEventListener('offline', offline);
  addEventListener('pageshow', awake);
  document.addEventListener('visibilitychange', awake);
  document.addEventListener('resume', awake);
  if (!navigator.onLine) listener.offline();
  return () => {
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    removeEventListener('pageshow', awake);
    document.removeEventListener('visibilitychange', awake);
    document.removeEventListener('resume', awake);
  };
}

/** Whether somebody looks at this page. */
export function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Calls when somebody begins or ends to look. */
export function watchLook(listener: (looked: boolean) => void): () => void {
  const tell = () => listener(isLookedAt());
  addEventListener('focus', tell);
  addEventListener('blur', tell);
  document.addEventListener('visibilitychange', tell);
  return () => {
    removeEventListener('focus', tell);
    removeEventListener('blur', tell);
    document.removeEventListener('visibilitychange', tell);
  };
}
