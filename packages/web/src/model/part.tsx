import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Loading } from '../ui/loading.tsx';

/** A part of the face that is loaded when it is needed first, and at once ever after. */
export function part<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let loaded: ComponentType<Props> | undefined;
  const fetchPart = async () => {
    loaded ??= (await load()).default;
    return loaded;
  };

  function Part(props: Props): JSX.Element | null {
    const words = useWords();
    const [state, setState] = useState<'loading' | 'failed' | 'ready'>(loaded === undefined ? 'loading' : 'ready');
    const [tries, setTries] = useState(0);
    useEffect(() => {
      if (loaded !== undefined) return;
      let over = false;
      fetchPart().then(
        () => over || setState('ready'),
        () => over || setState('failed'),
      );
      return () => {
        over = true;
      };
    }, [tries]);
    if (state === 'failed') {
      return (
        <Empty
          whole
          title={words.app.partMissing.title}
          actions={
            <Button
              kind="primary"
              onClick={() => {
                setState('loading');
                setTries(tries + 1);
              }}
            >
              {words.app.retry}
            </Button>
          }
        >
          <p>{words.app.partMissing.text}</p>
        </Empty>
      );
    }
    const Loaded = loaded;
    return Loaded === undefined ? <Loading label={words.app.loading} /> : <Loaded {...props} />;
  }
  return Object.assign(Part, { preload: () => void fetchPart().catch(() => {}) });
}
