import './keys.css';

/** Keys as they stand on a keyboard. */
export function Keys({ of }: { of: readonly string[] }) {
  return (
    <span class="keys">
      {of.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
