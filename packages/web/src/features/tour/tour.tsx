import { BellOff, type IconNode, MessageSquareMore, Search } from 'lucide';
import { useLaterWords } from '../../i18n/words.ts';
import { prefer, preferences } from '../../model/preferences.ts';
import { hasTouch, KEY } from '../../platform/keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import './tour.css';

/** What is worth knowing on the first day, all of it at once, and never again. */
export default function Tour() {
  const { tour } = useLaterWords();
  if (preferences.value.toured) return null;
  const steps: readonly [IconNode, string][] = [
    [Search, hasTouch() ? tour.find : tour.findByKey(`${KEY.command} K`)],
    [MessageSquareMore, hasTouch() ? tour.press : tour.point],
    [BellOff, tour.quiet],
  ];
  return (
    <section class="tour" aria-label={tour.title}>
      <h2>{tour.title}</h2>
      <ul>
        {steps.map(([icon, step]) => (
          <li key={step}>
            <Icon of={icon} small />
            <span>{step}</span>
          </li>
        ))}
      </ul>
      <Button kind="primary" onClick={() => prefer({ toured: true })}>
        {tour.done}
      </Button>
    </section>
  );
}
