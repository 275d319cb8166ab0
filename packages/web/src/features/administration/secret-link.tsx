import { useLaterWords } from '../../i18n/words.ts';
import { copyText } from '../../platform/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.ts';

/** A link that is shown only now: all of it in sight, and one press to copy. */
export function SecretLink({ label, url }: { label: string; url: string }) {
  const later = useLaterWords();
  const said = later.administration.invites;
  return (
    <div class="secret-link">
      <Field
        label={label}
        value={url}
        onValue={() => {}}
        readOnly
        dir="ltr"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button kind="primary" onClick={() => void copyText(url).then((copied) => toast(copied ? said.copied : url))}>
        {said.copyLink}
      </Button>
    </div>
  );
}
