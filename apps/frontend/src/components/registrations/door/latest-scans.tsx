'use client';

import { useFormats, useTexts } from '#texts';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';
import type { DoorResult } from './door-state';
import { useResultTexts } from './result-panel';

const LABELS: Readonly<Record<DoorResult['kind'], { tone: StatusTone; shape: StatusShape }>> = {
  CHECKING: { tone: 'neutral', shape: 'ring' },
  WELCOME: { tone: 'success', shape: 'tick' },
  ALREADY_IN: { tone: 'warning', shape: 'half' },
  NOT_DECIDED: { tone: 'error', shape: 'ring' },
  ENDED: { tone: 'error', shape: 'bar' },
  NOT_ON_LIST: { tone: 'error', shape: 'cross' },
  CANNOT_VERIFY: { tone: 'warning', shape: 'half' },
  FAILED: { tone: 'error', shape: 'cross' },
  UNDONE: { tone: 'neutral', shape: 'bar' },
};

/** Of this tab, since it was opened. */
export function LatestScans({ results }: { results: readonly DoorResult[] }) {
  const t = useTexts('door');
  return (
    <section>
      <h2 className="text-base">{t('latest.title')}</h2>
      {results.length === 0 ? (
        <p className="mt-2 text-sm text-muted">{t('latest.empty')}</p>
      ) : (
        <ol className="mt-2 divide-y divide-line border-y border-line">
          {results.map((result) => (
            <LatestScan key={result.number} result={result} />
          ))}
        </ol>
      )}
    </section>
  );
}

function LatestScan({ result }: { result: DoorResult }) {
  const { title, name } = useResultTexts(result);
  const { instant } = useFormats();
  return (
    <li className="flex items-baseline justify-between gap-x-4 py-2">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <StatusLabel {...LABELS[result.kind]} className="whitespace-normal!">
          {title}
        </StatusLabel>
        {name !== null && (
          <span className="min-w-0">
            <bdi>{name}</bdi>
          </span>
        )}
      </span>
      <time dateTime={result.at} className="tabular shrink-0 text-sm text-muted">
        {instant(result.at, 'clock')}
      </time>
    </li>
  );
}
