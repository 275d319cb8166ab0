import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';

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
  plugins: [layers(), preact({ devToolsEnabled: false }), precompress()],
  resolve: {
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat', 'react/jsx-runtime': 'preact/jsx-runtime' },
  },
  build: {
    target: 'es2023',
    // A data: address in a style sheet or script would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
  },
  server: {
    proxy: {
      '/api': { target: `http://127.0.0.1:${Number(process.env['PORT'] ?? 8080)}`, ws: true },
    },
  },
});
