import type { Plugin } from 'vite';

/**
 * The face words every error by its own languages (i18n/…/errors.ts): the sentences of the wire's catalogues, and how
 * loudly a server logs a close, need not come along with the first screen.
 */
export function wordless(): Plugin {
  return {
    name: 'wordless',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (id.endsWith('/protocol/src/errors.ts')) {
        return code
          .replaceAll(/failure\((\s*\d+),\s*'[^']*',\s*'[^']*'/g, "failure($1, '', ''")
          .replaceAll(/failure\((\s*\d+),\s*"[^"]*",\s*'[^']*'/g, "failure($1, '', ''");
      }
      if (id.endsWith('/protocol/src/close-codes.ts')) {
        return code.replaceAll(/closing\((\d+), (true|false), '[^']*'(, '\w+')?/g, "closing($1, $2, ''");
      }
      return undefined;
    },
  };
}
