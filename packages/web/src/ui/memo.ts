import { type Component, type FunctionComponent, createElement } from 'preact';

function differ(a: object, b: object): boolean {
  const before = Object.entries(a);
  return (
    before.length !== Object.keys(b).length ||
    before.some(([name, value]) => !Object.is(value, (b as Record<string, unknown>)[name]))
  );
}

/** A component that is drawn again only when one of its properties is another. */
export function memo<Props extends object>(of: FunctionComponent<Props>): FunctionComponent<Props> {
  return function Memo(this: Component, props: Props) {
    this.shouldComponentUpdate = (next) => differ(this.props, next);
    return createElement(of, props);
  } as FunctionComponent<Props>;
}
