import { CloudOff } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useLaterWords, useWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

/** A line that comes back within this time was never away. */
const QUIET_MS = 1_500;

/** How things stand with the server: one quiet line, and only when they do not stand well. */
export function LineBanner() {
  const words = useWords();
  const client = useClient();
  const connection = useLiving(client.connection);
  const [late, setLate] = useState(false);
  const [now, setNow] = useState(Date.now());
  const well = connection.name === 'live' || connection.name === 'catching-up';
  useEffect(() => {
    if (well) return setLate(false);
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [well]);
  const counting = connection.name === 'waiting' && connection.until !== undefined;
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [counting]);

  const said = useLaterWords().line;
  if (connection.name === 'refused') {
    return (
      <Banner tone="danger" action={<Button onClick={() => location.reload()}>{words.app.reload}</Button>}>
        {said.refused}
      </Banner>
    );
  }
  if (well || !late) return null;
  const offline = !navigator.onLine || connection.name === 'idle' || (connection.name === 'waiting' && !counting);
  if (offline) {
    return (
      <Banner tone="caution" icon={CloudOff}>
        {said.offline}
      </Banner>
    );
  }
  const seconds =
    connection.name === 'waiting' && connection.until !== undefined ? Math.ceil((connection.until - now) / 1_000) : 0;
  return (
    <Banner
      tone="caution"
      icon={CloudOff}
      action={seconds > 0 ? <Button onClick={() => client.connection.wake()}>{words.app.tryNow}</Button> : undefined}
    >
      {seconds > 0 ? <span aria-hidden="true">{said.waiting(seconds)}</span> : said.connecting}
      {seconds > 0 ? <span class="unseen">{said.connecting}</span> : null}
    </Banner>
  );
}
