import type { ComponentType, VNode } from 'preact';
import { jsx as plain } from 'preact/jsx-runtime';

/** As React has it: a number in a style is a length in pixels. The virtual list gives no other numbers. */
export function jsx(type: ComponentType | string, props: Record<string, unknown>, key?: string): VNode {
  const { style } = props;
  if (typeof style !== 'object' || style === null) return plain(type as string, props, key);
  const lengths = Object.entries(style).map(([name, value]) => [
    name,
    typeof value === 'number' ? `${value}px` : value,
  ]);
  return plain(type as string, { ...props, style: Object.fromEntries(lengths) }, key);
}
