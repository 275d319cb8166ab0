import { useEffect, useState } from 'preact/hooks';
import './loading.css';

/** Nothing turns and nothing flashes: what comes within this time comes without a sign. */
const QUIET_MS = 300;

interface LoadingProps {
  /** What is being waited for, read out when it takes long. */
  label: string;
  lines?: number;
}

/** The shape of what will stand here, and only when it takes long. */
export function Loading({ label, lines = 3 }: LoadingProps) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div class="loading" role="status">
      <span class="unseen">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} class="loading-line" aria-hidden="true">
          <span class="loading-sign" />
          <span class="loading-text" />
        </div>
      ))}
    </div>
  );
}
