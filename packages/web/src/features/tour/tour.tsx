import { useLaterWords } from '../../i18n/words.ts';
import { prefer, preferences } from '../../model/preferences.ts';
import { KEY } from '../../platform/keyboard.ts';
import { Button } from '../../ui/button.tsx';
import './tour.css';

/** What is worth knowing on the first day, all of it at once, and never again. */
export default function Tour() {
  const { tour } = useLaterWords();
  if (preferences.value.toured) return null;
  return (
    <section class="tour" aria-label={tour.title}>
      <h2>{tour.title}</h2>
      <ol>
        {tour.steps(KEY.command).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Button kind="primary" onClick={() => prefer({ toured: true })}>
        {tour.done}
      </Button>
    </section>
  );
}
