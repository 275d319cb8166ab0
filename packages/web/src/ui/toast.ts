import { signal } from '@preact/signals';

/** A short word about something that was done or failed, out of the way of what is being read. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'danger';
  readonly action?: { readonly label: string; readonly act: () => void } | undefined;
}

const SHOWN_MS = 6_000;
/** More at once would be noise. */
const MOST = 3;

export const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Shows a word for some seconds; one that `stays`, until it is sent away. */
export function toast(
  text: string,
  { tone = 'plain', action, stays = false }: Partial<Pick<Toast, 'tone' | 'action'>> & { stays?: boolean } = {},
): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.value.filter((each) => each.text !== text), { id, text, tone, action }].slice(-MOST);
  if (!stays) setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Takes it away before its time. */
export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}
