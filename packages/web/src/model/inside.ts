import { keep, readKept } from '../platform/storage.ts';

const KEY = 'rill:inside';

/** Whether somebody was signed in when this browser was here last: their house can be fetched before that is certain. */
export function wasInside(): boolean {
  return readKept(KEY) === true;
}

export function rememberInside(inside: boolean): void {
  keep(KEY, inside ? true : undefined);
}
