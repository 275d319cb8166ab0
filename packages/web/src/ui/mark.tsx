import './mark.css';

/** The sign of the product: two lines of running water. */
export function Mark({ large }: { large?: boolean }) {
  return (
    <svg class={large ? 'mark mark-large' : 'mark'} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" class="mark-ground" />
      <path d="M6 13.2c3.3-3.9 6.7-3.9 10 0s6.7 3.9 10 0" class="mark-water" />
      <path d="M10.5 20.6c1.9-2.2 3.7-2.2 5.5 0s3.7 2.2 5.5 0" class="mark-water" />
    </svg>
  );
}
