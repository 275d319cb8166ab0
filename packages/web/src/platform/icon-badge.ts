import { paced } from './paced.ts';

const SIZE = 64;
/** Drawing an icon and telling the system cost more than a frame's share: in a burst, once in a while will do. */
const PAUSE_MS = 500;
let plain: string | undefined;
let shown = 0;

/** How much is unread, on the tab's icon and, where it is installed, on the app's. */
export const showIconBadge = paced(PAUSE_MS, show);

function show(count: number): void {
  if (count === shown) return;
  shown = count;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link !== null) {
    plain ??= link.href;
    if (count === 0) link.href = plain;
    else drawBadge(link, plain, count);
  }
  if ('setAppBadge' in navigator) {
    // Not allowed everywhere, and never worth an error.
    (count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count)).catch(() => {});
  }
}

function drawBadge(link: HTMLLinkElement, icon: string, count: number): void {
  const image = new Image();
  image.addEventListener('load', () => {
    if (count !== shown) return;
    const canvas = document.createElement('canvas');
    canvas.width = SIZE;
    canvas.height = SIZE;
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.drawImage(image, 0, 0, SIZE, SIZE);
    pen.beginPath();
    pen.arc(SIZE - 20, SIZE - 20, 20, 0, 2 * Math.PI);
    pen.fillStyle = 'crimson';
    pen.fill();
    pen.fillStyle = 'white';
    pen.font = `bold ${count > 9 ? 24 : 30}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(count > 99 ? '99' : String(count), SIZE - 20, SIZE - 18);
    link.href = canvas.toDataURL('image/png');
  });
  image.src = icon;
}
