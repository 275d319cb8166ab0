import type { ComponentChildren } from 'preact';
import { LOCALES, currentLocale, useLaterWords, useWords } from '../../i18n/words.ts';
import { chooseLocale } from '../../model/language.ts';
import { Mark } from '../../ui/mark.tsx';
import './gate.css';

/** What stands around every form before somebody is in. */
export function Gate({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string | undefined;
  children?: ComponentChildren;
}) {
  const words = useWords();
  const later = useLaterWords();
  return (
    <div class="gate">
      <aside class="gate-art">
        <Rills />
        <div class="gate-words">
          <p class="gate-tagline">{later.session.tagline}</p>
          <ul>
            {later.session.promises.map((promise) => (
              <li key={promise}>{promise}</li>
            ))}
          </ul>
        </div>
      </aside>
      <main class="gate-main">
        <div class="gate-form">
          <div class="gate-brand">
            <Mark />
            <span>{words.app.name}</span>
          </div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p class="gate-lead">{lead}</p>}
          {children}
        </div>
        <nav class="gate-languages" aria-label={later.session.language}>
          {LOCALES.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              lang={value}
              aria-pressed={currentLocale() === value}
              onClick={() => void chooseLocale(value)}
            >
              {label}
            </button>
          ))}
        </nav>
      </main>
    </div>
  );
}

/** Many small streams that become one; each is the surface of the water below it. */
function Rills() {
  const lines = Array.from({ length: 9 }, (_, line) => {
    const top = -30 + line * 70;
    const pull = (4 - line) * 26;
    const end = 300 + (line - 4) * 12;
    return `M-20 ${top} C 140 ${top - 70}, 220 ${top + 90}, 380 ${top + pull} S 620 ${end}, 820 ${end} V 760 H -20 Z`;
  });
  return (
    <svg class="gate-rills" viewBox="0 0 800 720" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      {lines.map((line) => (
        <path key={line} d={line} />
      ))}
    </svg>
  );
}
