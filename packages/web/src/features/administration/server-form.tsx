import { useEffect, useState } from 'preact/hooks';
import type { Settings } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading } from '../../ui/loading.tsx';
import { toast } from '../../ui/toast.ts';

/** What the server is called, and who may come in. */
export function ServerForm() {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const [kept, setKept] = useState<Settings>();
  const [name, setName] = useState('');
  const [registration, setRegistration] = useState<Settings['registration']>('invite');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = later.administration.server;

  const take = (settings: Settings) => {
    setKept(settings);
    setName(settings.name);
    setRegistration(settings.registration);
  };
  useEffect(() => {
    void attempt(async () => take(await client.administration.settings.read())).then(setWrong);
  }, [client]);

  const save = async (event: Event) => {
    event.preventDefault();
    if (kept === undefined || busy) return;
    setBusy(true);
    const failure = await attempt(async () => {
      take(
        await client.administration.settings.change({
          ...(name.trim() === kept.name ? {} : { name: name.trim() }),
          ...(registration === kept.registration ? {} : { registration }),
        }),
      );
      await client.server.load();
    });
    setBusy(false);
    setWrong(failure);
    if (failure === undefined) toast(said.saved);
  };

  if (kept === undefined) {
    return wrong === undefined ? (
      <Loading label={words.app.loading} />
    ) : (
      <Banner tone="danger" role="alert">
        {wrong}
      </Banner>
    );
  }
  const fixed = (what: 'name' | 'registration') => kept.fixed.includes(what);
  const changed = (name.trim() !== kept.name && name.trim() !== '') || registration !== kept.registration;
  return (
    <form class="form" onSubmit={(event) => void save(event)} noValidate>
      <Field
        label={said.name}
        value={name}
        onValue={setName}
        error={wrong}
        disabled={fixed('name')}
        hint={fixed('name') ? said.fixed : undefined}
      />
      <div>
        <Choice
          label={said.registration}
          value={registration}
          onValue={setRegistration}
          disabled={fixed('registration')}
          options={(['open', 'invite', 'closed'] as const).map((value) => ({
            value,
            label: said[value],
            hint: said[`${value}Hint`],
          }))}
        />
        {fixed('registration') ? <p class="field-hint">{said.fixed}</p> : null}
      </div>
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={busy} disabled={!changed}>
          {said.save}
        </Button>
      </div>
    </form>
  );
}
