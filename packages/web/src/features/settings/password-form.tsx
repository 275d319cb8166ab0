import { RillError } from '@rill/client';
import { useState } from 'preact/hooks';
import { useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { wordsOf } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.ts';

/** Another password; every other session ends. */
export function PasswordForm() {
  const later = useLaterWords();
  const client = useClient();
  const me = useMe();
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field: 'current' | 'next'; words: string }>();
  const said = later.settings.password;
  const eye = { show: later.session.account.showPassword, hide: later.session.account.hidePassword };

  const change = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await client.session.changePassword({ password, newPassword: next });
      setPassword('');
      setNext('');
      toast(said.done);
    } catch (error) {
      const current = error instanceof RillError && error.code === 'wrong_credentials';
      setWrong({ field: current ? 'current' : 'next', words: current ? said.wrong : wordsOf(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="form" onSubmit={(event) => void change(event)} noValidate>
      {/* So that a password manager knows whose password changes. */}
      <input
        class="unseen"
        type="text"
        name="username"
        autocomplete="username"
        value={me.username}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <PasswordField
        label={said.current}
        autocomplete="current-password"
        name="current"
        value={password}
        onValue={setPassword}
        words={eye}
        error={wrong?.field === 'current' ? wrong.words : undefined}
      />
      <PasswordField
        label={said.next}
        hint={said.hint}
        autocomplete="new-password"
        value={next}
        onValue={setNext}
        words={eye}
        error={wrong?.field === 'next' ? wrong.words : undefined}
      />
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={busy} disabled={password === '' || next === ''}>
          {said.act}
        </Button>
      </div>
    </form>
  );
}
