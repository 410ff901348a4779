import { DECISIONS_MAX } from '@mini-compete/shared/application-rules';
import type { Application, Decision } from '@mini-compete/shared/applications';
import { Sparkles } from 'lucide-react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';

type Props = {
  selected: readonly Application[];
  clear: () => void;
  decide: (decision: Decision, applications: readonly Application[]) => void;
  chooseBest: () => void;
  hasUndecided: boolean;
};

/** What can be done with several at once. */
export function SelectionActions({ selected, clear, decide, chooseBest, hasUndecided }: Props) {
  const t = useTexts('applications');
  const count = selected.length;
  if (count === 0 && !hasUndecided) return null;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
      {count === 0 ? (
        <Button size="sm" icon={<Sparkles aria-hidden="true" className="size-4" />} onClick={chooseBest}>
          {t('best.open')}
        </Button>
      ) : (
        <>
          <p role="status" className="tabular text-sm font-semibold">
            {t('decide.selected', { count })}
          </p>
          <Button size="sm" tone="primary" onClick={() => decide('ACCEPT', selected)}>
            {t('decide.accept')}
          </Button>
          <Button size="sm" onClick={() => decide('WAITLIST', selected)}>
            {t('decide.waitlist')}
          </Button>
          <Button size="sm" tone="caution" onClick={() => decide('REJECT', selected)}>
            {t('decide.reject')}
          </Button>
          <Button size="sm" tone="ghost" onClick={clear}>
            {t('decide.clear')}
          </Button>
          {count >= DECISIONS_MAX && (
            <p className="text-sm text-muted">{t('decide.tooMany', { max: DECISIONS_MAX })}</p>
          )}
        </>
      )}
    </div>
  );
}
