import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { speakLater, useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Loading } from '../ui/loading.tsx';

/**
 * A part of the face that is loaded when it is needed first, and at once ever after. `words`: it says later words, which
 * are loaded with it. `meanwhile`: what stands there until it is, or where it does not come.
 */
export function part<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  words: 'first' | 'later' = 'first',
  meanwhile: 'its place' | 'nothing' = 'its place',
) {
  let loaded: ComponentType<Props> | undefined;
  const fetchPart = async () => {
    const [module] = await Promise.all([load(), words === 'later' ? speakLater() : undefined]);
    loaded = module.default;
    return loaded;
  };

  function Part(props: Props): JSX.Element | null {
    const { app } = useWords();
    const [state, setState] = useState<'loading' | 'failed' | 'ready'>(loaded === undefined ? 'loading' : 'ready');
    const [tries, setTries] = useState(0);
    useEffect(() => {
      // It may have come between the first drawing and now.
      if (loaded !== undefined) return setState('ready');
      let over = false;
      fetchPart().then(
        () => over || setState('ready'),
        () => over || setState('failed'),
      );
      return () => {
        over = true;
      };
    }, [tries]);
    if (loaded === undefined && meanwhile === 'nothing') return null;
    if (state === 'failed') {
      return (
        <Empty
          whole
          title={app.partMissing.title}
          actions={
            <Button
              kind="primary"
              onClick={() => {
                setState('loading');
                setTries(tries + 1);
              }}
            >
              {app.retry}
            </Button>
          }
        >
          <p>{app.partMissing.text}</p>
        </Empty>
      );
    }
    const Loaded = loaded;
    return Loaded === undefined ? <Loading label={app.loading} /> : <Loaded {...props} />;
  }
  return Object.assign(Part, { preload: () => void fetchPart().catch(() => {}) });
}
