'use client';

import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { Button, buttonClass } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { competitionPath, doorPath, signInPath } from '@/lib/paths';
import type { Door } from './door';
import type { DoorState } from './door-state';

/** The door has no list of people: what is the matter, and what to do. */
export function NoList({ door, state, competitionId }: { door: Door; state: DoorState; competitionId: string }) {
  const t = useTexts('door');
  const { phase, sync, unsent } = state;
  if (phase === 'UNUSABLE') return <Explained title={t('notice.browserTitle')} text={t('notice.browserText')} />;
  if (phase === 'INSECURE') return <Explained title={t('notice.insecureTitle')} text={t('notice.insecureText')} />;
  if (sync === 'SIGN_IN')
    return (
      <Explained
        title={t('notice.signedOutTitle')}
        text={unsent > 0 ? t('notice.signedOutText') : t('notice.firstSignIn')}
      >
        <a href={signInPath(doorPath(competitionId))} className={buttonClass({ tone: 'primary' })}>
          {t('notice.signIn')}
        </a>
      </Explained>
    );
  if (sync === 'ROLE_ENDED' || sync === 'NO_ACCESS') {
    const reason = sync === 'ROLE_ENDED' ? 'roleEnded' : 'noAccess';
    return (
      <Explained title={t(`notice.${reason}Title`)} text={t(`notice.${reason}Text`)}>
        <a href={competitionPath(competitionId)} className={buttonClass()}>
          {t('notice.back')}
        </a>
        {state.settings !== null && (
          <Button tone="ghost" busy={state.isLoadingList} onClick={() => void door.refresh()}>
            {t('notice.retry')}
          </Button>
        )}
      </Explained>
    );
  }
  if (state.isLoadingList)
    return (
      <div className="grid grow place-items-center p-8">
        <p className="flex items-center gap-3 text-muted">
          <Spinner /> {t('notice.loading')}
        </p>
      </div>
    );
  return (
    <Explained title={t('notice.offlineTitle')} text={t('notice.offlineText')}>
      <Button tone="primary" onClick={() => void door.refresh()}>
        {t('notice.retry')}
      </Button>
    </Explained>
  );
}

function Explained({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div role="alert" className="shell max-w-xl grow py-8">
      <h2 className="text-2xl">{title}</h2>
      <p className="mt-3 text-muted">{text}</p>
      {children && <div className="mt-6 flex flex-wrap gap-x-5 gap-y-3">{children}</div>}
    </div>
  );
}
