import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

/**
 * Builds the service worker after everything else, with the list of all files in it. Its own name never changes; what
 * is in it does with any file, and that is how browsers see a new version.
 */
export function worker(): Plugin {
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
        const hash = createHash('sha256').update(source);
        for (const name of fixed.toSorted()) hash.update(await readFile(join(root, 'public', name)));
        for (const file of Object.values(bundle)) hash.update(file.type === 'chunk' ? file.code : file.source);
        const version = hash.digest('hex').slice(0, 12);
        const head = `const FILES = ${JSON.stringify(files)};\nconst VERSION = ${JSON.stringify(version)};\n`;
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: head + code });
      },
    },
  };
}
