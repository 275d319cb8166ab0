import type { FunctionComponent, PartialInputHTMLAttributes, Ref } from 'preact';

// The element itself: preact's types tie roles to literal types of input, which a component that passes them on cannot name.
export const Input = 'input' as unknown as FunctionComponent<
  PartialInputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }
>;
