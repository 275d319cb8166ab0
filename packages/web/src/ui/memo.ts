import { type Component, type FunctionComponent, createElement } from 'preact';

/** Whether two objects of the same form hold anything different. */
function differ<Of extends object>(a: Of, b: Of): boolean {
  // No lists of entries: a list of messages asks this thousands of times a second.
  for (const name in a) if (!Object.is(a[name], b[name])) return true;
  for (const name in b) if (!(name in a)) return true;
  return false;
}

/** A component that is drawn again only when one of its properties is another. */
export function memo<Props extends object>(of: FunctionComponent<Props>): FunctionComponent<Props> {
  return function Memo(this: Component, props: Props) {
    this.shouldComponentUpdate = (next) => differ(this.props, next);
    return createElement(of, props);
  } as FunctionComponent<Props>;
}
