/** Whether Ctrl is ⌘ here. */
export const APPLE = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

/** The names of keys as they stand on this keyboard. */
export const KEY = { command: APPLE ? '⌘' : 'Ctrl', alt: APPLE ? '⌥' : 'Alt', shift: APPLE ? '⇧' : 'Shift' } as const;

/** Whether an input method is composing: then Enter, Esc and the arrows belong to it. 229 is what Safari says after. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether keys typed now are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Whether the device has fingers rather than a mouse. */
export function hasTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
