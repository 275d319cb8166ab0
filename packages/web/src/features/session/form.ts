import { RillError } from '@rill/client';
import { useLayoutEffect, useState } from 'preact/hooks';
import { wordsOf } from '../../model/failure.ts';

type FormField = 'username' | 'displayName' | 'password' | 'code';

const FIELD_OF: Record<string, FormField> = {
  name_taken: 'username',
  name_invalid: 'username',
  display_name_invalid: 'displayName',
  password_too_short: 'password',
  password_too_long: 'password',
  password_too_common: 'password',
  owner_code_required: 'code',
};

interface Wrong {
  readonly form: EventTarget | null;
  readonly field: FormField | undefined;
  readonly words: string;
}

/** A form that is sent: busy while it is on its way, and what is wrong stands at the field it is about. */
export function useForm(act: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  // Once it is drawn: the field that is wrong may not have been asked for before.
  useLayoutEffect(() => {
    if (wrong?.field === undefined || !(wrong.form instanceof HTMLFormElement)) return;
    const element = wrong.form.elements.namedItem(wrong.field);
    if (element instanceof HTMLElement) element.focus();
  }, [wrong]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await act();
    } catch (error) {
      const field = error instanceof RillError ? FIELD_OF[error.code] : undefined;
      setWrong({ form: event.target, field, words: wordsOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    onSubmit: (event: Event) => void submit(event),
    wrongOf: (field: FormField): string | undefined => (wrong?.field === field ? wrong.words : undefined),
    /** What is wrong with the whole. */
    wrong: wrong !== undefined && wrong.field === undefined ? wrong.words : undefined,
  };
}
