import { useCallback, useEffect, useState } from 'preact/hooks';
import type { AuditEntry, UserId } from '@rill/protocol';
import { useTimes, useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { nameById } from '../../model/names.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Row, Rows } from '../../ui/rows.tsx';

const USER = /^[0-9a-z]{10}$/;

/** What administrators did. */
export function AuditLog() {
  const words = useWords();
  const later = useLaterWords();
  const times = useTimes();
  const client = useClient();
  useLiving(client.people);
  const [entries, setEntries] = useState<readonly AuditEntry[]>();
  const [next, setNext] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const said = later.administration.audit;

  const load = useCallback(
    async (before?: string) => {
      setWrong(
        await attempt(async () => {
          const page = await client.administration.audit(before);
          setEntries((shown) => (before === undefined ? page.entries : [...(shown ?? []), ...page.entries]));
          setNext(page.next);
        }),
      );
    },
    [client],
  );
  useEffect(() => void load(), [load]);
  const targetOf = (entry: AuditEntry) => {
    const target = USER.test(entry.target) ? nameById(client, entry.target as UserId, words) : entry.target;
    return [target, entry.detail].filter((part) => part !== '').join(' · ');
  };

  return (
    <div class="form">
      <p class="form-lead">{said.lead}</p>
      {wrong === undefined ? null : (
        <Banner tone="danger" role="alert" action={<Button onClick={() => void load()}>{words.app.retry}</Button>}>
          {wrong}
        </Banner>
      )}
      {entries === undefined && wrong === undefined ? <Loading label={words.app.loading} /> : null}
      {entries?.length === 0 ? <p class="field-hint">{said.none}</p> : null}
      <Rows label={later.administration.sections.audit}>
        {entries?.map((entry) => (
          <Row
            key={entry.id}
            title={
              <span>
                <strong>
                  <bdi>{nameById(client, entry.actor, words)}</bdi>
                </strong>{' '}
                {said.acts[entry.act]}
              </span>
            }
            detail={
              <>
                <time dateTime={entry.at}>{times.full(Date.parse(entry.at))}</time>
                {targetOf(entry) === '' ? null : <bdi> · {targetOf(entry)}</bdi>}
              </>
            }
          />
        ))}
      </Rows>
      {next === undefined ? null : <Button onClick={() => void load(next)}>{said.more}</Button>}
    </div>
  );
}
