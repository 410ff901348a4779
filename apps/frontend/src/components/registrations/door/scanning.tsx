'use client';

import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { doorPath, signInPath } from '@/lib/paths';
import { CameraPanel } from './camera-panel';
import { Differences } from './differences';
import type { Door } from './door';
import type { DoorResult, DoorState, OpenList } from './door-state';
import { LatestScans } from './latest-scans';
import { ResultPanel, resultKey } from './result-panel';
import { SearchPanel } from './search-panel';
import { playSignal } from './signals';
import { useScannerKeys } from './use-scanner-keys';

/** After this a result is only in the list of the latest: the next person must not read it as theirs. */
const RESULT_SHOWN_MS = 20_000;

type Props = { door: Door; state: DoorState; list: OpenList; competitionId: string };

/** The open door: the result of the latest scan, camera, search, and what was scanned before. */
export function Scanning({ door, state, list, competitionId }: Props) {
  const t = useTexts('door');
  const [query, setQuery] = useState('');
  const { result, settings, differences } = state;
  const scan = (text: string) => void door.checkIns.scan(text).catch(console.error);
  useScannerKeys((ticket) => {
    // The scanner may have typed into the search field.
    setQuery('');
    scan(ticket);
  });
  useSignals(result, settings?.isMuted ?? false);
  const number = result === null || result.kind === 'CHECKING' ? null : result.number;
  useEffect(() => {
    if (number === null) return;
    const timer = setTimeout(() => door.dismiss(), RESULT_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [door, number]);

  return (
    <div className="shell grow py-4">
      {state.sync === 'SIGN_IN' && (
        <Notice tone="warning" title={t('notice.signedOutTitle')} live="polite" className="mb-4">
          <p className="mb-3">{t('notice.signedOutText')}</p>
          <a href={signInPath(doorPath(competitionId))} className={buttonClass({ size: 'sm' })}>
            {t('notice.signIn')}
          </a>
        </Notice>
      )}
      {!state.canVerify && (
        <Notice tone="warning" title={t('notice.cannotVerifyTitle')} live="polite" className="mb-4">
          {t('notice.cannotVerifyText')}
        </Notice>
      )}
      <div className="grid items-start gap-4 md:grid-cols-2 md:gap-6">
        <div className="md:order-2 md:h-full">
          <ResultPanel result={result} onUndo={(person) => void door.checkIns.undo(person).catch(console.error)} />
        </div>
        <CameraPanel
          isUsed={settings?.usesCamera ?? false}
          onUse={(usesCamera) => void door.changeSettings({ usesCamera })}
          onCode={scan}
        />
        <div className="md:order-3">
          <SearchPanel door={door} state={state} people={list.people} query={query} onQuery={setQuery} />
        </div>
        <div className="flex flex-col gap-6 md:order-4">
          {differences.length > 0 && <Differences scans={differences} people={list.people} />}
          <LatestScans results={state.latest} />
        </div>
      </div>
    </div>
  );
}

/** Once for each result: one that the server has only confirmed is the same. */
function useSignals(result: DoorResult | null, isMuted: boolean): void {
  const signaled = useRef('');
  useEffect(() => {
    if (result === null || result.kind === 'CHECKING' || signaled.current === resultKey(result)) return;
    signaled.current = resultKey(result);
    playSignal(result.kind, isMuted);
  }, [result, isMuted]);
}
