import { useWords } from '../../i18n/words.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { Candidate } from './completion.ts';

interface CompletionListProps {
  id: string;
  candidates: readonly Candidate[];
  at: number;
  square: boolean;
  onChoose: (candidate: Candidate) => void;
}

/** What the name that is being typed could become. The focus stays where one writes. */
export default function CompletionList({ id, candidates, at, square, onChoose }: CompletionListProps) {
  const words = useWords();
  return (
    <div id={id} class="completion" role="listbox" aria-label={words.composer.complete.label}>
      {candidates.map((candidate, index) => (
        <div
          key={candidate.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          class="completion-option"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(candidate)}
        >
          <Avatar name={candidate.name} seed={candidate.id} size="small" square={square} />
          <bdi>{candidate.name}</bdi>
          <bdi class="completion-detail">{candidate.detail}</bdi>
        </div>
      ))}
    </div>
  );
}
