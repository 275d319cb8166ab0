import { computed, type ReadonlySignal, signal } from '@preact/signals';

const here = () => location.pathname + location.search;
const current = signal(here());

/** The address one is at, without its fragment; whoever reads it while drawing is drawn again when it changes. */
export const address: ReadonlySignal<string> = current;

/** The path of it, without a slash at its end. */
export const path: ReadonlySignal<string> = computed(() => {
  const { pathname } = new URL(current.value, location.origin);
  return pathname.replace(/\/+$/, '') || '/';
});

/** Goes to another place of this page, which keeps where one came from. `replace`: the way back skips the one that is left. */
export function go(to: string, replace = false): void {
  // As browsers do: who follows a link to where they are stands there once, not twice.
  if (replace || to === here()) history.replaceState(history.state, '', to);
  else history.pushState(here(), '', to);
  current.value = here();
}

/**
 * Goes back: to where one came from, if that is `to`, or, with `any`, wherever in this page it was. Who came from elsewhere
 * is at `to`, and what is left is not on the way back from there.
 */
export function goBack(to: string, any = false): void {
  const before: unknown = history.state;
  if (typeof before !== 'string' || !(any || before === to)) return go(to, true);
  // The browser goes there a moment later: what is left would be seen once more.
  current.value = before;
  history.back();
}

/** From now on links within the page load nothing, and the browser's way back and forth is followed. */
export function watchLocation(): void {
  addEventListener('popstate', () => {
    current.value = here();
  });
  addEventListener('click', (event) => {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
    if (link === undefined || event.defaultPrevented || isForTheBrowser(event, link)) return;
    event.preventDefault();
    const to = link.href.slice(location.origin.length);
    const { back } = link.dataset;
    if (back === undefined) go(to);
    else goBack(to, back === 'any');
  });
}

/** Another tab, another site, a file, a place on this page. */
function isForTheBrowser(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const keys = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0;
  const elsewhere = link.origin !== location.origin || !/^(_self)?$/i.test(link.target);
  return keys || elsewhere || link.hasAttribute('download') || (link.getAttribute('href') ?? '').startsWith('#');
}
