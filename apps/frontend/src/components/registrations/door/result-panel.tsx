'use client';

import type { DoorPerson } from '@mini-compete/shared/door-list';
import { ticketNumber } from '@mini-compete/shared/tickets';
import { clsx } from 'clsx';
import {
  CircleCheckBig,
  CircleX,
  Hourglass,
  type LucideIcon,
  RotateCcw,
  ScanLine,
  TriangleAlert,
  Undo2,
  UserX,
  WifiOff,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useFormats, useTexts } from '#texts';
import { NativeButton } from '@/components/ui/native';
import { Spinner } from '@/components/ui/spinner';
import type { DoorResult } from './door-state';

const LOOKS: Readonly<Record<Exclude<DoorResult['kind'], 'CHECKING'>, { icon: LucideIcon; tone: string }>> = {
  WELCOME: { icon: CircleCheckBig, tone: 'bg-success text-surface' },
  ALREADY_IN: { icon: RotateCcw, tone: 'bg-warning text-surface' },
  NOT_DECIDED: { icon: Hourglass, tone: 'bg-error text-surface' },
  ENDED: { icon: UserX, tone: 'bg-error text-surface' },
  NOT_ON_LIST: { icon: CircleX, tone: 'bg-error text-surface' },
  CANNOT_VERIFY: { icon: TriangleAlert, tone: 'bg-warning text-surface' },
  FAILED: { icon: CircleX, tone: 'bg-error text-surface' },
  UNDONE: { icon: Undo2, tone: 'bg-sunken text-ink' },
};

/** Results with the same key are one: the server has only confirmed it. */
export const resultKey = (result: DoorResult): string =>
  'scanId' in result && result.scanId !== null ? `${result.scanId} ${result.kind}` : String(result.number);

type Props = { result: DoorResult | null; onUndo: (person: DoorPerson) => void };

/** To be read from an arm's length, in the sun, by somebody who looks at people: one word, one color, one shape. */
export function ResultPanel({ result, onUndo }: Props) {
  const t = useTexts('door');
  const texts = useResultTexts(result);
  const isChecking = result?.kind === 'CHECKING';
  const look = result === null || result.kind === 'CHECKING' ? null : LOOKS[result.kind];
  const Icon = look?.icon ?? ScanLine;
  const panel = useRef<HTMLElement>(null);
  const number = result?.number;
  useEffect(() => {
    // Somebody may have scrolled to the search.
    if (number !== undefined) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [number]);
  return (
    <section ref={panel} aria-label={t('result.label')} className="h-full scroll-mt-20">
      <div
        key={result === null || isChecking ? 'ready' : resultKey(result)}
        data-result={result?.kind ?? 'READY'}
        className={clsx(
          'flex h-full min-h-56 animate-fade flex-col justify-center gap-4 rounded-lg border-2 p-5 sm:p-8',
          look ? `${look.tone} border-transparent` : 'border-dashed border-line-strong bg-sunken text-muted',
        )}
      >
        <div className="flex items-start gap-4 max-[22.5rem]:flex-col max-[22.5rem]:gap-2">
          <Icon aria-hidden="true" className="mt-1 size-10 shrink-0 sm:size-14" strokeWidth={2.25} />
          <div className="flex min-w-0 flex-col gap-2">
            <p className="font-heading text-3xl leading-none font-bold rtl:leading-tight">{texts.title}</p>
            {texts.name !== null && (
              <p className="text-xl leading-tight font-semibold">
                <bdi>{texts.name}</bdi>
              </p>
            )}
            {texts.lines.map((line) => (
              <p key={line} className="text-base">
                {line}
              </p>
            ))}
            {texts.isUnchecked && (
              <p className="flex items-center gap-2 text-base font-semibold">
                <WifiOff aria-hidden="true" className="size-5 shrink-0" />
                {t('result.unchecked')}
              </p>
            )}
          </div>
          {isChecking && <Spinner className="mt-3 h-4" />}
        </div>
        {result?.kind === 'WELCOME' && (
          <NativeButton
            onClick={() => onUndo(result.person)}
            aria-label={t('result.undoPerson', { name: result.person.name })}
            className="min-h-11 self-end rounded-md border-2 border-current px-5 font-semibold focus-visible:outline-current"
          >
            {t('result.undo')}
          </NativeButton>
        )}
      </div>
      {/* Beside the panel: a live region has to be there before its text. */}
      <div aria-live="assertive" aria-atomic="true" className="sr-only">
        {result !== null && !isChecking && (
          <p key={resultKey(result)}>
            {[texts.title, texts.name, ...texts.lines, texts.isUnchecked ? t('result.unchecked') : null]
              .filter((text) => text !== null)
              .join('. ')}
          </p>
        )}
      </div>
    </section>
  );
}

type ResultTexts = { title: string; name: string | null; lines: readonly string[]; isUnchecked: boolean };

export function useResultTexts(result: DoorResult | null): ResultTexts {
  const t = useTexts('door');
  const { instant } = useFormats();
  if (result === null)
    return { title: t('result.ready'), name: null, lines: [t('result.readyText')], isUnchecked: false };
  if (result.kind === 'FAILED') return { title: t('result.failed'), name: null, lines: [], isUnchecked: false };
  if (result.kind === 'CANNOT_VERIFY')
    return { title: t('result.CANNOT_VERIFY'), name: null, lines: [t('result.UNSUPPORTED')], isUnchecked: false };
  if (result.kind === 'NOT_ON_LIST')
    return {
      title: t('result.NOT_ON_LIST'),
      name: null,
      lines: [t(`result.${result.reason}`)],
      isUnchecked: !result.isChecked,
    };
  const { kind, person, entry } = result;
  const lines = [
    [person.team, t('search.number', { number: ticketNumber(person) })].filter((part) => part !== null).join(' · '),
  ];
  if (kind === 'ALREADY_IN' && entry !== null)
    lines.unshift(t('result.since', { when: instant(entry.at, 'clock'), door: entry.door || t('unnamed') }));
  if (kind === 'NOT_DECIDED') lines.unshift(t(`status.${person.status}`));
  if (kind === 'ENDED') lines.unshift(t('result.endedText'));
  if (kind === 'UNDONE') lines.unshift(t('result.undoneText'));
  const isUnchecked = !result.isChecked && kind !== 'CHECKING' && kind !== 'UNDONE';
  return { title: t(`result.${kind}`), name: person.name, lines, isUnchecked };
}
