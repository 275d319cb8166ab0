import { LinkButton } from './button.tsx';
import { Empty } from './empty.tsx';

interface DeadEndProps {
  title: string;
  text: string;
  /** The way out. */
  act: string;
  href: string;
}

/** A place at which there is nothing for whoever came, and the way out of it. */
export function DeadEnd({ title, text, act, href }: DeadEndProps) {
  return (
    <Empty
      whole
      title={title}
      actions={
        <LinkButton kind="primary" href={href}>
          {act}
        </LinkButton>
      }
    >
      <p>{text}</p>
    </Empty>
  );
}
