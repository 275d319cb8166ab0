import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { ahead } from './build/ahead.ts';
import { layers } from './build/layers.ts';
import { plainImports } from './build/plain-imports.ts';
import { precompress } from './build/precompress.ts';
import { wordless } from './build/wordless.ts';
import { worker } from './build/worker.ts';

export default defineConfig({
  plugins: [
    layers(),
    wordless(),
    preact({ devToolsEnabled: false, reactAliasesEnabled: false }),
    ahead(),
    plainImports(),
    worker(),
    precompress(),
  ],
  resolve: {
    alias: [
      { find: /^react(-dom)?$/, replacement: join(import.meta.dirname, 'src/ui/react.ts') },
      { find: /^react\/jsx-runtime$/, replacement: join(import.meta.dirname, 'src/ui/react-jsx.ts') },
    ],
  },
  worker: { plugins: () => [wordless()] },
  build: {
    target: 'es2023',
    // A data: address in a style sheet or script would need a hole in the content security policy.
    assetsInlineLimit: 0,
    // What comes next is asked for by look.js, and style is one small file: no script need carry lists of files.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // What several parts share comes with the first of them: dozens of tiny files cost more than they save.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](preact|@preact)|packages[\\/](protocol[\\/]src|client[\\/]src[\\/]transport[\\/]shared-lines)|src[\\/](app[\\/](guard|parts|route|wanted)|ui[\\/](icon|button|banner|empty|loading|mark|native|toast|avatar|badge|bar)|model[\\/](?!match|pinyin|syllables|find|refused)|platform[\\/](storage|columns|keyboard|location|paced|presence|title)|i18n[\\/]([^\\/]+\.ts|zh[\\/]spaced))/,
            },
            {
              name: 'hands',
              test: /src[\\/](features[\\/]timeline[\\/](hands|moving|clean-copy)|platform[\\/]clipboard)/,
            },
            { name: 'signs', test: /lucide[\\/]dist[\\/]esm[\\/]icons[\\/](circle-alert|clock|user-plus)\./ },
            {
              name: 'inside',
              test: /lucide[\\/]dist[\\/]esm[\\/]icons[\\/](users|arrow-left|settings|search|bell-off)\.|node_modules[\\/]virtua|src[\\/](features[\\/]timeline[\\/](at-head|message-text|parts)|ui[\\/](growing-area|keys)\.)/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: `http://127.0.0.1:${Number(process.env['PORT'] ?? 8080)}`, ws: true },
    },
  },
});
