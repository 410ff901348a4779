'use client';

import { Camera, CameraOff, SwitchCamera } from 'lucide-react';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useCamera } from './use-camera';

type Props = { isUsed: boolean; onUse: (isUsed: boolean) => void; onCode: (text: string) => void };

export function CameraPanel({ isUsed, onUse, onCode }: Props) {
  const t = useTexts('door');
  return (
    <section aria-label={t('camera.title')} className="md:order-1 md:h-full">
      {isUsed ? (
        <RunningCamera onStop={() => onUse(false)} onCode={onCode} />
      ) : (
        <div className="flex h-full flex-col items-start justify-center gap-3 rounded-lg border border-line p-5 sm:p-8">
          <Button
            tone="primary"
            size="lg"
            icon={<Camera aria-hidden="true" className="size-6" />}
            className="w-full"
            onClick={() => onUse(true)}
          >
            {t('camera.start')}
          </Button>
          <p className="text-sm text-muted">{t('camera.scanner')}</p>
        </div>
      )}
    </section>
  );
}

const PROBLEMS = { BLOCKED: 'blocked', MISSING: 'missing', FAILED: 'failed', NO_READER: 'noReader' } as const;

function RunningCamera({ onStop, onCode }: { onStop: () => void; onCode: (text: string) => void }) {
  const t = useTexts('door');
  const video = useRef<HTMLVideoElement>(null);
  const { state, cameras, useOther, retry } = useCamera(video, onCode);
  const problem = state === 'STARTING' || state === 'ON' ? null : PROBLEMS[state];
  return (
    <div className="flex flex-col gap-3">
      <div hidden={problem !== null} className="relative overflow-hidden rounded-lg bg-sunken">
        <video
          ref={video}
          muted
          playsInline
          aria-label={t('camera.view')}
          data-camera={state}
          className="aspect-4/3 w-full object-cover md:aspect-square lg:aspect-4/3"
        />
        <Viewfinder />
      </div>
      {problem !== null && (
        <Notice tone="error" live="polite">
          <p className="mb-3">{t(`camera.${problem}`)}</p>
          <Button size="sm" onClick={retry}>
            {t('notice.retry')}
          </Button>
        </Notice>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" className="text-sm text-muted">
          {state === 'STARTING' ? t('camera.starting') : state === 'ON' ? t('camera.aim') : ''}
        </p>
        <div className="flex gap-2">
          {cameras > 1 && (
            <Button
              size="sm"
              aria-label={t('camera.other')}
              title={t('camera.other')}
              icon={<SwitchCamera aria-hidden="true" className="size-5" />}
              onClick={useOther}
            />
          )}
          <Button size="sm" icon={<CameraOff aria-hidden="true" className="size-5" />} onClick={onStop}>
            {t('camera.stop')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Four corners around the middle of the picture. */
function Viewfinder() {
  return (
    <svg
      viewBox="0 0 100 100"
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 m-auto h-3/4 fill-none stroke-white stroke-[3] drop-shadow"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M8 28V14a6 6 0 0 1 6-6h14M72 8h14a6 6 0 0 1 6 6v14M92 72v14a6 6 0 0 1-6 6H72M28 92H14a6 6 0 0 1-6-6V72" />
    </svg>
  );
}
