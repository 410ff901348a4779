import { type DecisionEffect, notifiedBy } from '@mini-compete/shared/application-rules';
import { useTexts } from '#texts';
import type { InboxCompetition } from './inbox-competition';

type Props = {
  effect: DecisionEffect;
  hours: number | null;
  who: InboxCompetition['who'];
  /** How many people get a message; of teams, every member does. */
  people?: number;
};

/** What accepting does, in sentences: who gets what, how many get a message, and that it is final. */
export function AcceptEffect({ effect, hours, who, people }: Props) {
  const t = useTexts('applications');
  const { seats, holds, places, undecided } = effect;
  const decided = notifiedBy(effect);
  // How many members the teams have is not always known.
  const messages = people ?? (who === 'PEOPLE' ? decided : null);
  return (
    <>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {seats > 0 && <li>{t('dialog.seats', { count: seats, who })}</li>}
        {holds > 0 && <li>{t('dialog.holds', { count: holds, hours: hours ?? 0, who })}</li>}
        {places > 0 && <li>{t('dialog.places', { count: places, who })}</li>}
        {undecided > 0 && <li>{t('dialog.undecided', { count: undecided })}</li>}
      </ul>
      <p className="text-muted">
        {messages !== null && t('dialog.messages', { count: messages })} {decided > 0 && t('dialog.final')}
      </p>
    </>
  );
}
