/**
 * As much of React as the virtual list imports, in place of preact/compat, which is three times as large as this whole
 * folder's share of the first screen. vite.config.ts puts it where `react` and `react-dom` are asked for.
 */
import { type FunctionComponent, options, type Ref, type VNode } from 'preact';

export { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
export { memo } from './memo.ts';

/** Preact hands `ref` to function components as a property like any other. */
export function forwardRef<Props extends object, Handle>(
  draw: (props: Props, ref: Ref<Handle> | undefined) => VNode | null,
): FunctionComponent<Props & { ref?: Ref<Handle> }> {
  return ({ ref, ...props }) => draw(props as unknown as Props, ref);
}

/** Draws what the callback changes before it returns, all of it in one go. */
export function flushSync<Result>(act: () => Result): Result {
  const before = options.debounceRendering;
  let draw: (() => void) | undefined;
  options.debounceRendering = (later) => {
    draw = later;
  };
  try {
    const result = act();
    draw?.();
    return result;
  } finally {
    if (before === undefined) delete options.debounceRendering;
    else options.debounceRendering = before;
  }
}
