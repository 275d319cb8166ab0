import type { Plugin } from 'vite';

/**
 * Vite hands every import of a part to a helper that first loads the part's style and scripts. There is nothing for it to
 * load here: style is one file, and look.js has asked for the scripts.
 */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    apply: 'build',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}
