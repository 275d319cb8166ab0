import type { Plugin } from 'vite';

/** Says the order of the layers at the top of every sheet: whichever part is loaded first, it is the same. */
export function layers(): Plugin {
  return {
    name: 'layers',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('.css') ? `@layer reset, tokens, base, ui, features, app;\n${code}` : undefined,
  };
}
