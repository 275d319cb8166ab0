import { Ticket } from 'lucide';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Invite, NewInvite } from '@rill/protocol';
import { useTimes, useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { nameById } from '../../model/names.ts';
import { useNow } from '../../model/now.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { toast } from '../../ui/toast.ts';
import { SecretLink } from './secret-link.tsx';

const USES = ['1', '5', '20', '100'] as const;

/** Links that let people make an account. */
export function InvitesList() {
  const words = useWords();
  const later = useLaterWords();
  const times = useTimes();
  const now = useNow();
  const client = useClient();
  useLiving(client.people);
  const [invites, setInvites] = useState<readonly Invite[]>();
  const [made, setMade] = useState<NewInvite>();
  const [uses, setUses] = useState<(typeof USES)[number]>('5');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = later.administration.invites;
  const load = useCallback(async () => {
    setWrong(await attempt(async () => setInvites(await client.administration.invites.list())));
  }, [client]);
  useEffect(() => void load(), [load]);

  const make = async () => {
    setBusy(true);
    const failure = await attempt(async () => setMade(await client.administration.invites.make(Number(uses))));
    setBusy(false);
    if (failure !== undefined) toast(failure, { tone: 'danger' });
    await load();
  };
  const revoke = async (invite: Invite) => {
    const failure = await attempt(() => client.administration.invites.revoke(invite.id));
    if (failure !== undefined) toast(failure, { tone: 'danger' });
    if (made?.invite.id === invite.id) setMade(undefined);
    await load();
  };
  const stateOf = (invite: Invite): string | undefined => {
    if (invite.revoked) return said.revoked;
    if (invite.used >= invite.uses) return said.spent;
    return Date.parse(invite.expiresAt) <= now ? said.expired : undefined;
  };

  return (
    <div class="form">
      <p class="form-lead">{said.lead}</p>
      <div class="invite-form">
        <Select
          label={said.uses}
          value={uses}
          onValue={setUses}
          options={USES.map((value) => ({ value, label: said.people(Number(value)) }))}
        />
        <Button kind={made === undefined ? 'primary' : 'plain'} busy={busy} onClick={() => void make()}>
          {said.make}
        </Button>
      </div>
      {made === undefined ? null : <SecretLink label={said.link} url={made.url} />}
      {wrong === undefined ? null : (
        <Banner tone="danger" role="alert" action={<Button onClick={() => void load()}>{words.app.retry}</Button>}>
          {wrong}
        </Banner>
      )}
      {invites === undefined && wrong === undefined ? <Loading label={words.app.loading} /> : null}
      {invites?.length === 0 ? <p class="field-hint">{said.none}</p> : null}
      <Rows label={later.administration.sections.invites}>
        {invites?.map((invite) => {
          const over = stateOf(invite);
          return (
            <Row
              key={invite.id}
              sign={<Icon of={Ticket} />}
              title={said.used(invite.used, invite.uses)}
              detail={
                <>
                  <bdi>{said.by(nameById(client, invite.by, words))}</bdi> ·{' '}
                  {over ?? said.expires(times.date(Date.parse(invite.expiresAt)))}
                </>
              }
              actions={
                over === undefined ? <Button onClick={() => void revoke(invite)}>{said.revoke}</Button> : undefined
              }
            />
          );
        })}
      </Rows>
    </div>
  );
}
