import { useLaterWords, useWords } from '../../i18n/words.ts';
import { KEY } from '../../platform/keyboard.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/keys.tsx';
import './keys-dialog.css';

/** All keys. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const later = useLaterWords();
  const said = later.switcher.keys;
  const groups: [string, [string[], string][]][] = [
    [
      said.everywhere,
      [
        [[KEY.command, 'K'], said.switcher],
        [[KEY.alt, '↑'], said.roomUp],
        [[KEY.alt, '↓'], said.roomDown],
        [[KEY.alt, KEY.shift, '↑'], said.unreadUp],
        [[KEY.alt, KEY.shift, '↓'], said.unreadDown],
        [['Esc'], said.close],
        [['?'], said.help],
      ],
    ],
    [
      said.writing,
      [
        [['Enter'], said.send],
        [[KEY.shift, 'Enter'], said.newLine],
        [['↑'], said.editLast],
        [[KEY.shift, 'Tab'], said.toMessages],
        [[KEY.command, '/'], said.help],
      ],
    ],
    [
      said.reading,
      [
        [['Enter'], said.menu],
        [['E'], said.edit],
        [['C'], said.copy],
        [['End'], said.toEnd],
      ],
    ],
  ];
  return (
    <Dialog title={said.title} closeLabel={words.app.close} onClose={onClose} size="large">
      {groups.map(([title, rows]) => (
        <section key={title} class="keys-group">
          <h3>{title}</h3>
          <dl>
            {rows.map(([keys, what]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  <Keys of={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
