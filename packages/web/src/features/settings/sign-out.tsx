import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { forgetDrafts } from '../../model/drafts.ts';
import { forgetLastRoom } from '../../model/last-room.ts';
import { attempt } from '../../model/failure.ts';
import { Confirm } from '../../ui/confirm.tsx';

/** Signs out, after saying what that takes away. */
export default function SignOut({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const unsent = useLiving(client.outbox, (outbox) => outbox.items.filter((item) => item.kind === 'send').length);
  const said = later.settings.signOut;
  return (
    <Confirm
      title={said.title}
      yes={said.act}
      no={words.app.cancel}
      danger={unsent > 0}
      onClose={onClose}
      onYes={() =>
        attempt(async () => {
          await client.session.logout();
          forgetDrafts();
          forgetLastRoom();
        })
      }
    >
      <p>{said.text}</p>
      {unsent === 0 ? null : <p>{said.unsent(unsent)}</p>}
    </Confirm>
  );
}
