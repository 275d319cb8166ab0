export const line = {
  offline: 'You are offline. What you write is kept, and sent when you are back.',
  connecting: 'Connecting …',
  waiting: (seconds: number) => `No connection. Trying again in ${seconds} s.`,
  refused: 'This page is older than the server. Reload to get the newest version.',
};
