import { MonitorSmartphone } from 'lucide';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Session } from '@rill/protocol';
import { useTimes, useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { useNow } from '../../model/now.ts';
import { Tag } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { toast } from '../../ui/toast.ts';
import { deviceName } from './device.ts';

/** Where one is signed in. */
export function SessionsList() {
  const words = useWords();
  const later = useLaterWords();
  const times = useTimes();
  const now = useNow();
  const client = useClient();
  const [sessions, setSessions] = useState<readonly Session[]>();
  const [wrong, setWrong] = useState<string>();
  const said = later.settings.sessions;
  const load = useCallback(async () => {
    setWrong(await attempt(async () => setSessions(await client.session.sessions())));
  }, [client]);
  useEffect(() => void load(), [load]);

  const end = async (session: Session) => {
    const failure = await attempt(() => client.session.endSession(session.id));
    toast(failure ?? said.ended, { tone: failure === undefined ? 'plain' : 'danger' });
    await load();
  };

  return (
    <div class="form">
      <p class="form-lead">{said.lead}</p>
      {wrong === undefined ? null : (
        <Banner tone="danger" role="alert" action={<Button onClick={() => void load()}>{words.app.retry}</Button>}>
          {wrong}
        </Banner>
      )}
      {sessions === undefined && wrong === undefined ? <Loading label={words.app.loading} /> : null}
      <Rows>
        {sessions?.map((session) => {
          const device = session.device === '' ? said.unknownDevice : deviceName(session.device);
          return (
            <Row
              key={session.id}
              sign={<Icon of={MonitorSmartphone} />}
              title={
                <>
                  <bdi>{device}</bdi>
                  {session.current ? <Tag tone="accent">{said.current}</Tag> : null}
                </>
              }
              detail={
                <span title={times.full(Date.parse(session.usedAt))}>
                  <bdi>{session.address}</bdi> · {said.used(times.short(Date.parse(session.usedAt), now))} ·{' '}
                  {said.since(times.short(Date.parse(session.createdAt), now))}
                </span>
              }
              actions={
                session.current ? undefined : (
                  <Button aria-label={said.endLabel(device)} onClick={() => void end(session)}>
                    {said.end}
                  </Button>
                )
              }
            />
          );
        })}
      </Rows>
    </div>
  );
}
