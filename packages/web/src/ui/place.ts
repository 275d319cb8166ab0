const MARGIN = 8;
const GAP = 4;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a box of this size goes beside an anchor so that all of it is in sight: below, else above; never off an edge. */
export function placed(
  anchor: Box,
  size: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - size.height;
  const fitsBelow = below + size.height <= view.height - MARGIN;
  const top = fitsBelow || above < MARGIN ? Math.min(below, view.height - MARGIN - size.height) : above;
  // A control near the end of the line opens towards the middle.
  const towardsStart = anchor.left + size.width > view.width - MARGIN;
  const left = towardsStart ? anchor.right - size.width : anchor.left;
  return {
    left: Math.max(MARGIN, Math.min(left, view.width - MARGIN - size.width)),
    top: Math.max(MARGIN, Math.min(top, view.height - MARGIN - size.height)),
  };
}

/** Puts a floating element beside an anchor and keeps it there while the window changes. */
export function placeBeside(anchor: HTMLElement | { x: number; y: number }, floating: HTMLElement): () => void {
  const place = () => {
    // A sheet from the bottom of a phone has its place from the style sheet.
    if (getComputedStyle(floating).bottom === '0px' && floating.offsetWidth === innerWidth) return;
    const box: Box =
      anchor instanceof HTMLElement
        ? anchor.getBoundingClientRect()
        : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
    const { left, top } = placed(
      box,
      { width: floating.offsetWidth, height: floating.offsetHeight },
      { width: document.documentElement.clientWidth, height: innerHeight },
    );
    floating.style.insetInlineStart = `${left}px`;
    floating.style.insetBlockStart = `${top}px`;
  };
  place();
  addEventListener('resize', place);
  return () => removeEventListener('resize', place);
}
