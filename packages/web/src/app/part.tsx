import { type ComponentType, type JSX, Component, type ComponentChildren } from 'preact';
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

interface GuardProps {
  children: ComponentChildren;
  /** Changes when something else is shown: then it is tried again. */
  of: string;
}

/** Keeps what breaks in one part from taking the page with it. */
export class Guard extends Component<GuardProps, { broken: string | undefined }> {
  override state: { broken: string | undefined } = { broken: undefined };

  override componentDidCatch(): void {
    this.setState({ broken: this.props.of });
  }

  override render() {
    return this.state.broken === this.props.of ? (
      <Broken onRetry={() => this.setState({ broken: undefined })} />
    ) : (
      this.props.children
    );
  }
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const words = useWords();
  return (
    <Empty
      whole
      title={words.app.broken.title}
      actions={
        <>
          <Button onClick={onRetry}>{words.app.retry}</Button>
          <Button kind="primary" onClick={() => location.reload()}>
            {words.app.line.reload}
          </Button>
        </>
      }
    >
      <p>{words.app.broken.text}</p>
    </Empty>
  );
}
