import { useState } from 'preact/hooks';
import { useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { useForm } from './form.ts';

/** What was written into the form of an account, without spaces around it; empty where it was not asked for. */
export interface Written {
  readonly code: string;
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

interface AccountFormProps {
  /** What is asked for besides the password. */
  asks: readonly ('code' | 'username' | 'displayName')[];
  /** The password there is, the first one, or another in its place. */
  password: 'current' | 'first' | 'another';
  /** Known already: asked for only where it turns out to be wrong. */
  code?: string | undefined;
  /** The words of its button. */
  act: string;
  send: (written: Written) => Promise<unknown>;
}

/** The one form of an account: whoever makes one, signs in to it, or sets its password writes into this. */
export function AccountForm({ asks, password, code, act, send }: AccountFormProps) {
  const said = useLaterWords().session.account;
  const least = useClient().server.limits().passwordMin;
  const [written, setWritten] = useState<Written>({ code: code ?? '', username: '', displayName: '', password: '' });
  const form = useForm(() =>
    send({
      code: written.code.trim(),
      username: written.username.trim(),
      displayName: written.displayName.trim(),
      password: written.password,
    }),
  );
  const field = (name: keyof Written) => ({
    name,
    value: written[name],
    error: form.wrongOf(name),
    onValue: (value: string) => setWritten((before) => ({ ...before, [name]: value })),
  });
  const isNew = password !== 'current';
  return (
    <form onSubmit={form.onSubmit} noValidate>
      {form.wrong === undefined ? null : (
        <Banner tone="danger" role="alert">
          {form.wrong}
        </Banner>
      )}
      {asks.includes('code') && (code === undefined || form.wrongOf('code') !== undefined) ? (
        <Field
          {...field('code')}
          label={said.code}
          hint={said.codeHint}
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
          required
        />
      ) : null}
      {asks.includes('username') ? (
        <Field
          {...field('username')}
          label={said.username}
          hint={isNew ? said.usernameHint : undefined}
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
        />
      ) : null}
      {asks.includes('displayName') ? (
        <Field {...field('displayName')} label={said.displayName} hint={said.displayNameHint} autocomplete="name" />
      ) : null}
      <PasswordField
        {...field('password')}
        label={password === 'another' ? said.newPassword : said.password}
        hint={isNew ? said.passwordHint(least) : undefined}
        autocomplete={isNew ? 'new-password' : 'current-password'}
        words={{ show: said.showPassword, hide: said.hidePassword }}
      />
      <Button kind="primary" type="submit" wide busy={form.busy}>
        {act}
      </Button>
    </form>
  );
}
