import type { Plugin } from 'vite';

/** What a screen needs beside the page's own scripts, by the modules it begins with; `{lang}` is a language. */
const AHEAD = {
  words: ['src/i18n/{lang}/{lang}.ts'],
  inside: ['src/app/house.tsx'],
  outside: ['src/app/outside.tsx', 'src/features/session/sign-in.tsx', 'src/i18n/{lang}/later.ts'],
};
const LANGUAGES = ['en', 'zh'];

/**
 * Tells look.js (public/look.js), which runs first and knows who was here last, the files of what it will come to: all
 * are asked for with the page, not one after the other as each script finds out about the next.
 */
export function ahead(): Plugin {
  return {
    name: 'ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const closure = (fileName: string, into = new Set<string>()): Set<string> => {
          if (into.has(fileName)) return into;
          into.add(fileName);
          for (const next of chunks.find((each) => each.fileName === fileName)?.imports ?? []) closure(next, into);
          return into;
        };
        const begun = closure(chunks.find((each) => each.isEntry)?.fileName ?? '');
        const filesOf = (modules: readonly string[], lang: string) => {
          const files = modules.flatMap((module) => {
            const end = `/${module.replaceAll('{lang}', lang)}`;
            const chunk = chunks.find((each) => each.facadeModuleId?.endsWith(end));
            if (chunk === undefined) throw new Error(`no file of its own: ${end}`);
            return [...closure(chunk.fileName)];
          });
          return [...new Set(files)].filter((file) => !begun.has(file)).map((file) => `/${file}`);
        };
        const attributes = Object.entries(AHEAD).flatMap(([name, modules]) =>
          LANGUAGES.map((lang) => `data-${name}-${lang}="${filesOf(modules, lang).join(' ')}"`),
        );
        return html.replace('<script src="/look.js"', `<script src="/look.js" ${attributes.join(' ')}`);
      },
    },
  };
}
