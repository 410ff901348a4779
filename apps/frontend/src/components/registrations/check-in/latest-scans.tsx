'use client';

import type { ScanResultKind } from '@mini-compete/shared/check-in-rules';
import type { RecordedScan } from '@mini-compete/shared/check-ins';
import { useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';
import { ScanRow } from './scan-row';
import { Section } from './section';
import { UndoCheckInButton } from './undo-check-in-button';

const LOOKS: Readonly<Record<ScanResultKind, { tone: StatusTone; shape: StatusShape }>> = {
  WELCOME: { tone: 'success', shape: 'tick' },
  ALREADY_IN: { tone: 'warning', shape: 'half' },
  ENDED: { tone: 'error', shape: 'cross' },
  NOT_DECIDED: { tone: 'warning', shape: 'ring' },
  NOT_ON_LIST: { tone: 'error', shape: 'cross' },
  INVALID_TICKET: { tone: 'error', shape: 'cross' },
  UNDONE: { tone: 'neutral', shape: 'bar' },
};

/** As many as a look takes in. */
const FEW = 8;

type Props = { competitionId: string; scans: readonly RecordedScan[]; changed: () => void };

export function LatestScans({ competitionId, scans, changed }: Props) {
  const t = useTexts('checkInDay');
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? scans : scans.slice(0, FEW);
  return (
    <Section title={t('latest.title')}>
      {scans.length === 0 ? (
        <div className="mt-3">
          <p className="font-semibold">{t('noneYet')}</p>
          <p className="mt-1 text-sm text-muted">{t('noneYetText')}</p>
        </div>
      ) : (
        <ul>
          {shown.map((scan) => (
            <ScanRow
              key={scan.id}
              scan={scan}
              action={
                scan.result === 'WELCOME' &&
                scan.person !== null && (
                  <UndoCheckInButton competitionId={competitionId} person={scan.person} done={changed} />
                )
              }
            >
              <StatusLabel {...LOOKS[scan.result]}>{t(`latest.result.${scan.result}`)}</StatusLabel>
            </ScanRow>
          ))}
        </ul>
      )}
      {shown.length < scans.length && (
        <Button size="sm" className="no-print mt-4" onClick={() => setShowsAll(true)}>
          {t('latest.more')}
        </Button>
      )}
    </Section>
  );
}
