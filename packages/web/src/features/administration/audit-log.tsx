import { useCallback, useEffect, useState } from 'preact/hooks';
import type { AuditEntry, RoomId, UserId } from '@rill/protocol';
import { useTimes, useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { nameById, roomName } from '../../model/names.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Row, Rows } from '../../ui/rows.tsx';

const USER = /^[0-9a-z]{10}$/;
const OF_ROOMS: ReadonlySet<AuditEntry['act']> = new Set(['message.removed', 'room.imported']);

/** What administrators did. */
export function AuditLog() {
  const words = useWords();
  const later = useLaterWords();
  const times = useTimes();
  const client = useClient();
  const me = useMe();
  const people = useLiving(client.people);
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
  const targetName = ({ act, target }: AuditEntry) => {
    if (OF_ROOMS.has(act)) {
      // Empty: of a room one is not in.
      const state = target === '' ? undefined : client.room(target as RoomId).snapshot();
      return state?.name === 'present' ? roomName(state.room, me.id, words, people) : said.elsewhere;
    }
    return USER.test(target) ? nameById(client, target as UserId, words) : target;
  };
  const { invites, users, server } = later.administration;
  const of = <Word extends string>(said: Readonly<Record<string, Word>>, key: string) => said[key] ?? key;
  /** What of an entry its act does not say already; an id says nothing to anybody. */
  const aboutOf = (entry: AuditEntry): readonly string[] => {
    const { act, actor, target, detail } = entry;
    switch (act) {
      case 'invite.made':
        return [invites.people(Number(detail))];
      case 'invite.revoked':
        return [];
      case 'settings.changed':
        if (target !== 'registration') return [target === 'name' ? server.name : target, detail];
        return [server.registration, of(server, detail)];
      case 'user.role': {
        const roles = detail.split(' → ').map((role) => of(users.roles, role));
        return [targetName(entry), roles.join(' → ')];
      }
      case 'user.reset-link':
        return [targetName(entry), detail === '' ? '' : said.byOperator];
      case 'room.imported':
        return [targetName(entry), detail === '' ? '' : said.messages(Number.parseInt(detail, 10))];
      default:
        return [target === actor ? '' : targetName(entry), detail];
    }
  };
  const targetOf = (entry: AuditEntry) =>
    aboutOf(entry)
      .filter((part) => part !== '')
      .join(' · ');

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
