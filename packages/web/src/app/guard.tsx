import { Component, type ComponentChildren } from 'preact';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

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
            {words.app.reload}
          </Button>
        </>
      }
    >
      <p>{words.app.broken.text}</p>
    </Empty>
  );
}
