import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin, transformWithOxc } from 'vite';

const WORTH_IT = 1_024;

/** Puts a .br and a .gz beside every file that gains by it, for a server that hands them out as they are. */
function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(
        names
          .filter((name) => /\.(js|css|html|svg|webmanifest|json)$/.test(name))
          .map(async (name) => {
            const bytes = await readFile(join(folder, name));
            if (bytes.length < WORTH_IT) return;
            const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
            await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(bytes, best));
            await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
          }),
      );
    },
  };
}

/**
 * Builds the service worker after everything else, with the list of all files in it. Its own name never changes; what
 * is in it does with any file, and that is how browsers see a new version.
 */
function worker(): Plugin {
  let root = '';
  return {
    name: 'worker',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    generateBundle: {
      // After vite has taken out the chunks in which there was nothing but style: one name too many, and no browser
      // installs the worker.
      order: 'post',
      async handler(_options, bundle) {
        const source = await readFile(join(root, 'src/service-worker.ts'), 'utf8');
        const { code } = await transformWithOxc(source, 'service-worker.ts', { target: 'es2023' });
        const built = Object.values(bundle).map((file) => `/${file.fileName}`);
        const fixed = (await readdir(join(root, 'public'))).map((name) => `/${name}`);
        const files = [...built, ...fixed].filter((name) => !name.endsWith('.html')).toSorted();
        const hash = createHash('sha256');
        for (const file of Object.values(bundle)) hash.update(file.type === 'chunk' ? file.code : file.source);
        const version = hash.digest('hex').slice(0, 12);
        const head = `const FILES = ${JSON.stringify(files)};\nconst VERSION = ${JSON.stringify(version)};\n`;
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: head + code });
      },
    },
  };
}

/**
 * The face words every error by its own languages (i18n/…/errors.ts): the sentences of the wire's catalogue, in all its
 * languages, need not come along with the first screen.
 */
function wordlessErrors(): Plugin {
  return {
    name: 'wordless-errors',
    enforce: 'pre',
    apply: 'build',
    transform: (code, id) =>
      id.endsWith('/protocol/src/errors.ts')
        ? code
            .replaceAll(/failure\((\s*\d+),\s*'[^']*',\s*'[^']*'/g, "failure($1, '', ''")
            .replaceAll(/failure\((\s*\d+),\s*"[^"]*",\s*'[^']*'/g, "failure($1, '', ''")
        : undefined,
  };
}

/** Says the order of the layers at the top of every sheet: whichever part is loaded first, it is the same. */
function layers(): Plugin {
  return {
    name: 'layers',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('.css') ? `@layer reset, tokens, base, ui, features, app;\n${code}` : undefined,
  };
}

export default defineConfig({
  plugins: [
    layers(),
    wordlessErrors(),
    preact({ devToolsEnabled: false, reactAliasesEnabled: false }),
    worker(),
    precompress(),
  ],
  resolve: {
    alias: [
      { find: /^react(-dom)?$/, replacement: join(import.meta.dirname, 'src/ui/react.ts') },
      { find: /^react\/jsx-runtime$/, replacement: join(import.meta.dirname, 'src/ui/react-jsx.ts') },
    ],
  },
  build: {
    target: 'es2023',
    // A data: address in a style sheet or script would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What several parts share comes with the first of them: dozens of tiny files cost more than they save.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](preact|@preact)|src[\\/](app[\\/]guard|ui[\\/](icon|button|banner|empty|loading|mark|native|toast|avatar|badge|bar)|model[\\/](?!match|pinyin|syllables|find|refused)|platform[\\/](storage|keyboard|paced|title)|i18n[\\/](words|times|counting))/,
            },
            {
              name: 'inside',
              test: /packages[\\/]protocol[\\/]src|lucide[\\/]dist[\\/]esm[\\/]icons[\\/](users|user-plus|arrow-left|settings|search|bell-off)\.|node_modules[\\/]virtua|src[\\/](features[\\/]timeline[\\/](message-text|parts)|ui[\\/](growing-area|keys)\.|platform[\\/](clipboard|presence))/,
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
