import { type DecisionEffect, notifiedBy } from '@mini-compete/shared/application-rules';
import { useTexts } from '#texts';

/** What accepting does, in sentences: who gets what, how many get a message, and that it is final. */
export function AcceptEffect({ effect, hours }: { effect: DecisionEffect; hours: number | null }) {
  const t = useTexts('applications');
  const { seats, holds, places, undecided } = effect;
  const messages = notifiedBy(effect);
  return (
    <>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {seats > 0 && <li>{t('dialog.seats', { count: seats })}</li>}
        {holds > 0 && <li>{t('dialog.holds', { count: holds, hours: hours ?? 0 })}</li>}
        {places > 0 && <li>{t('dialog.places', { count: places })}</li>}
        {undecided > 0 && <li>{t('dialog.undecided', { count: undecided })}</li>}
      </ul>
      <p className="text-muted">
        {t('dialog.messages', { count: messages })} {messages > 0 && t('dialog.final')}
      </p>
    </>
  );
}
