import type { RefObject } from 'preact';
import type { CustomContainerComponent } from 'virtua';

/** The reader moves the list for so long after a turn of the wheel or a finger's stroke. */
const GLIDES_MS = 400;

/**
 * The list's own element. While the list moves, the library takes the pointer from all rows, so that none lights up under it;
 * that styles each of them anew. Where the list moves by itself, to follow what comes, they are left alone.
 */
export function createList(moved: RefObject<number>): CustomContainerComponent {
  return function List({ style, ...rest }) {
    const isReader = performance.now() - (moved.current ?? 0) < GLIDES_MS;
    return <ol {...rest} style={isReader ? style : { ...style, pointerEvents: undefined }} />;
  };
}
