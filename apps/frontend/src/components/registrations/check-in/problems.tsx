'use client';

import type { RecordedScan, ScansToDecide } from '@mini-compete/shared/check-ins';
import { useFormats, useTexts } from '#texts';
import { DecideScans } from './decide-scans';
import { ScanRow } from './scan-row';
import { Section } from './section';

type Props = {
  competitionId: string;
  problems: readonly RecordedScan[];
  toDecide: readonly ScansToDecide[];
  total: number;
  changed: () => void;
};

/** What managers are told: duplicates, tickets that were not welcome, and uploads that they decide on. */
export function Problems({ competitionId, problems, toDecide, total, changed }: Props) {
  const t = useTexts('checkInDay');
  const { number } = useFormats();
  const problemText = useProblemText();
  return (
    <Section title={t('problems.title')} {...(total > 0 && { count: number(total) })}>
      {total === 0 && <p className="mt-3 text-sm text-muted">{t('problems.empty')}</p>}
      {toDecide.map((scans) => (
        <DecideScans
          key={`${scans.scanner.id} ${scans.doorId}`}
          competitionId={competitionId}
          scans={scans}
          done={changed}
        />
      ))}
      <ul>
        {problems.map((scan) => (
          <ScanRow key={scan.id} scan={scan}>
            <span suppressHydrationWarning>{problemText(scan)}</span>
          </ScanRow>
        ))}
      </ul>
      {total > problems.length + toDecide.length && (
        <p className="mt-3 text-sm text-muted">{t('problems.more', { count: problems.length })}</p>
      )}
    </Section>
  );
}

function useProblemText(): (scan: RecordedScan) => string {
  const t = useTexts('checkInDay');
  const { instant } = useFormats();
  return ({ result, note, entry }) => {
    if (note !== null) return t(`problems.${note}`);
    if (result === 'ALREADY_IN')
      return t('problems.ALREADY_IN', {
        when: entry === null ? '–' : instant(entry.at, 'clock'),
        door: entry?.door || t('doors.unnamed'),
      });
    return result === 'ENDED' || result === 'NOT_DECIDED' ? t(`problems.${result}`) : '';
  };
}
