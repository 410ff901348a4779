import type { Competition } from '@mini-compete/shared/competitions';
import { useFormats, useTexts } from '#texts';
import { CompetitionStatusLabel } from './competition-status';
import { WhenAndWhere } from './when-and-where';

/** On the way through sign-in: the competition that the visitor came to register for. */
export function CompetitionBrief({ competition }: { competition: Competition }) {
  const { title, status, seatsLeft, capacity, teamMin, teamMax } = competition;
  const t = useTexts('catalog');
  const formats = useFormats();
  return (
    <section aria-label={t('brief.label')} className="rounded-md border-s-4 border-accent bg-accent-soft px-4 py-3">
      <p className="text-sm text-muted">{t('brief.label')}</p>
      <p className="mt-0.5 font-heading text-lg leading-snug font-semibold">{title}</p>
      <p className="mt-1 text-sm">
        <WhenAndWhere competition={competition} noDate={t('card.noDate')} />
      </p>
      <p className="tabular mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
        <CompetitionStatusLabel status={status} competition={competition} />
        {(status === 'open' || status === 'full') && <span>{formats.seatsLeft(seatsLeft, capacity)}</span>}
        {typeof teamMax === 'number' && <span>{formats.teamSize(teamMin ?? 1, teamMax)}</span>}
      </p>
    </section>
  );
}
