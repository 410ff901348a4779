'use client';

import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { clsx } from 'clsx';
import { type CSSProperties, type PointerEvent, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { NativeInput } from '@/components/ui/native';
import { spread, valueTicks } from './timeline-scale';

type Props = Pick<CompetitionStats, 'timeline' | 'step'>;

/** Wider bars would look like areas. */
const MAX_BAR_PX = 48;

/** With forced colors, backgrounds are replaced unless they are system colors: filled against hollow. */
const REGISTERED = 'bg-seat-taken forced-colors:bg-[CanvasText]';
const ENDED = 'bg-error forced-colors:border-2 forced-colors:bg-[Canvas]';

/** Bar chart over the whole time: registrations above the axis, ended ones below it, to one scale. */
export function Timeline({ timeline, step }: Props) {
  const t = useTexts('statistics');
  const { instant, number } = useFormats();
  const [chosen, setChosen] = useState<number | null>(null);
  const max = (key: 'registered' | 'ended') => Math.max(0, ...timeline.map((item) => item[key]));
  const ticks = valueTicks(max('registered'), max('ended'));
  const [top = 1, bottom = 0] = [ticks[0], ticks.at(-1)];
  const range = top - bottom;
  const percent = (value: number) => ((top - value) / range) * 100;
  const textOf = (index: number) => {
    const item = timeline[index];
    if (!item) return '';
    const when = instant(item.at, step === 'hour' ? 'short' : 'date');
    return t('bar', { when, registered: item.registered, ended: item.ended });
  };
  const chooseAt = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width, right } = currentTarget.getBoundingClientRect();
    const isRightToLeft = getComputedStyle(currentTarget).direction === 'rtl';
    const share = (isRightToLeft ? right - clientX : clientX - left) / width;
    setChosen(Math.min(timeline.length - 1, Math.max(0, Math.floor(share * timeline.length))));
  };
  const shown = chosen ?? timeline.length - 1;
  return (
    <figure className="mt-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 text-sm">
        <span className="flex flex-wrap gap-x-5 gap-y-1">
          <Legend className={REGISTERED}>{t('registered')}</Legend>
          <Legend className={ENDED}>{t('ended')}</Legend>
        </span>
        {/* The slider says the same. */}
        <span aria-hidden="true" suppressHydrationWarning className="tabular font-semibold">
          {textOf(shown)}
        </span>
      </figcaption>
      <div className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        <div aria-hidden="true" className="tabular relative min-w-6 text-xs text-muted">
          {ticks.map((tick) => (
            <span key={tick} className="absolute end-0 -translate-y-1/2" style={{ top: `${percent(tick)}%` }}>
              {number(Math.abs(tick))}
            </span>
          ))}
          {/* As wide as the widest value: the others are positioned. */}
          <span className="invisible">{number(Math.max(top, -bottom))}</span>
        </div>
        <div
          className="relative h-56 rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-focus"
          onPointerMove={chooseAt}
          onPointerLeave={(event) => event.pointerType === 'mouse' && setChosen(null)}
        >
          {ticks.map((tick) => (
            <span
              key={tick}
              className={clsx('absolute inset-x-0 border-t', tick === 0 ? 'border-ink' : 'border-line')}
              style={{ top: `${percent(tick)}%` }}
            />
          ))}
          {chosen !== null && (
            <span
              className="absolute inset-y-0 bg-accent-soft forced-colors:border-x"
              style={{ insetInlineStart: `${(chosen / timeline.length) * 100}%`, width: `${100 / timeline.length}%` }}
            />
          )}
          <div className="absolute inset-0 flex">
            {timeline.map(({ at, registered, ended }) => (
              <span key={at} className="relative h-full min-w-0 grow basis-0">
                <Bar className={REGISTERED} from={percent(registered)} to={percent(0)} />
                <Bar className={ENDED} from={percent(0)} to={percent(-ended)} />
              </span>
            ))}
          </div>
          {/* A native slider: arrow keys, touch and screen readers reach every value, with one stop of the Tab key. */}
          <NativeInput
            type="range"
            min={0}
            max={Math.max(0, timeline.length - 1)}
            value={shown}
            aria-label={t('look')}
            aria-valuetext={textOf(shown)}
            onChange={(event) => setChosen(Number(event.target.value))}
            onFocus={() => setChosen(shown)}
            onBlur={() => setChosen(null)}
            className="absolute inset-0 size-full cursor-crosshair opacity-0"
          />
        </div>
        <div aria-hidden="true" className="tabular relative col-start-2 mt-2 h-10 text-xs text-muted">
          {spread(timeline.length, 6).map((index, n) => (
            <span
              key={index}
              suppressHydrationWarning
              className={clsx('absolute flex whitespace-nowrap', n % 2 === 1 && 'max-sm:hidden')}
              style={placeBelow(index, timeline.length)}
            >
              <span className="mx-auto text-center">
                <TimeTick iso={timeline[index]?.at ?? ''} step={step} />
              </span>
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

/**
 * The widest box around the middle of a bar that stays within the axis. A text that it is too narrow for grows towards the
 * other texts: beyond the end of the axis it would make a phone's page scroll sideways.
 */
function placeBelow(index: number, count: number): CSSProperties {
  const middle = (index + 0.5) / count;
  return {
    insetInlineStart: `${Math.max(0, 2 * middle - 1) * 100}%`,
    insetInlineEnd: `${Math.max(0, 1 - 2 * middle) * 100}%`,
    justifyContent: middle > 0.5 ? 'flex-end' : 'flex-start',
  };
}

function TimeTick({ iso, step }: { iso: string; step: Props['step'] }) {
  const { instant } = useFormats();
  if (step === 'day') return instant(iso, 'dayMonth');
  return (
    <>
      <span className="block">{instant(iso, 'clock')}</span>
      <span className="block">{instant(iso, 'dayMonth')}</span>
    </>
  );
}

function Bar({ from, to, className }: { from: number; to: number; className: string }) {
  if (from === to) return null;
  return (
    <span
      className={clsx('absolute inset-x-[12%] mx-auto min-h-0.5', className)}
      style={{ top: `${from}%`, height: `${to - from}%`, maxWidth: MAX_BAR_PX }}
    />
  );
}

function Legend({ className, children }: { className: string; children: string }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className={clsx('size-3 rounded-[3px]', className)} />
      {children}
    </span>
  );
}
