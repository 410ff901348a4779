import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Outcome } from './use-decide';

const TEXTS = {
  ALREADY_DECIDED: 'problem.ALREADY_DECIDED',
  NOT_REGISTERED: 'problem.NOT_REGISTERED',
  COMPETITION_CANCELLED: 'problem.COMPETITION_CANCELLED',
  COMPETITION_FULL: 'problem.COMPETITION_FULL',
  SEATS_AVAILABLE: 'problem.SEATS_AVAILABLE',
} as const;

const textOf = (code: string) => (code in TEXTS ? TEXTS[code as keyof typeof TEXTS] : 'problem.other');

/** Which decisions were not made, person by person. */
export function OutcomeProblems({ outcome, close }: { outcome: Outcome; close: () => void }) {
  const t = useTexts('applications');
  const common = useTexts('common');
  const refused = outcome.items.filter(({ code }) => code !== undefined);
  if (refused.length === 0) return null;
  return (
    <Notice tone="warning" live="polite" title={t('problem.title', { count: refused.length })} className="mb-4">
      <ul className="mt-1 max-h-64 overflow-y-auto">
        {refused.map(({ id, name, code }) => (
          <li key={id} className="py-0.5">
            <bdi className="font-semibold">{name || common('deletedAccount')}</bdi>: {t(textOf(code ?? ''))}
          </li>
        ))}
      </ul>
      <Button size="sm" className="mt-2" onClick={close}>
        {t('problem.close')}
      </Button>
    </Notice>
  );
}
