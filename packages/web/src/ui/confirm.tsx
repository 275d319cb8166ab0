import type { ComponentChildren, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  title: string;
  children?: ComponentChildren;
  yes: string;
  no: string;
  danger?: boolean;
  /** The dialog closes when it is done; a failure's sentence stays in it. */
  onYes: () => Promise<string | undefined>;
  onClose: () => void;
  /** Where the focus goes at the end, if what had it goes with what was asked. */
  next?: RefObject<HTMLElement | null> | undefined;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, children, yes, no, danger, onYes, onClose, next }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const act = async () => {
    setBusy(true);
    const failure = await onYes();
    setBusy(false);
    setWrong(failure);
    if (failure === undefined) onClose();
  };
  return (
    <Dialog
      title={title}
      closeLabel={no}
      onClose={onClose}
      next={next}
      actions={
        <>
          <Button onClick={onClose}>{no}</Button>
          <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void act()}>
            {yes}
          </Button>
        </>
      }
    >
      {children}
      {wrong === undefined ? null : (
        <p class="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}
