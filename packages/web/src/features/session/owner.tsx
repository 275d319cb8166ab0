import type { RoomId } from '@rill/protocol';
import { currentLocale, useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { AccountForm, type Written } from './account-form.tsx';
import { Gate } from './gate.tsx';

interface OwnerProps {
  /** From the link that the server printed. */
  code?: string | undefined;
  /** The owner is in, and so is a first room, where it could be made. */
  onIn: (room: RoomId | undefined) => void;
}

/** The first screen of a new server: the owner's account, and a room to begin in. */
export default function Owner({ code, onIn }: OwnerProps) {
  const client = useClient();
  const said = useLaterWords().session.owner;
  const claim = async ({ displayName, ...written }: Written) => {
    await client.session.register({
      ...written,
      locale: currentLocale(),
      ...(displayName === '' ? {} : { displayName }),
    });
    // Without a first room the owner still stands in a working house: it can be made later.
    const room = await client.rooms
      .create({ kind: 'open', name: said.firstRoom, topic: said.firstTopic })
      .catch(() => undefined);
    onIn(room?.id);
  };
  return (
    <Gate title={said.title} lead={said.lead}>
      <AccountForm
        asks={['code', 'username', 'displayName']}
        password="first"
        code={code}
        act={said.act}
        send={claim}
      />
    </Gate>
  );
}
