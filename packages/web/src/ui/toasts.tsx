import { X } from 'lucide';
import { IconButton } from './button.tsx';
import { dismiss, toasts } from './toast.ts';
import './toasts.css';

/** Where the short words appear: one region that is always there, or screen readers miss the first. */
export function Toasts({ closeLabel }: { closeLabel: string }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((each) => (
        <div key={each.id} class={`toast toast-${each.tone}`}>
          <span>{each.text}</span>
          {each.action === undefined ? null : (
            <button
              type="button"
              class="toast-action"
              onClick={() => {
                each.action?.act();
                dismiss(each.id);
              }}
            >
              {each.action.label}
            </button>
          )}
          <IconButton icon={X} label={closeLabel} onClick={() => dismiss(each.id)} />
        </div>
      ))}
    </div>
  );
}
