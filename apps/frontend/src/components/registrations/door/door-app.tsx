'use client';

import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Spinner } from '@/components/ui/spinner';
import { registerForDoors } from '@/lib/offline/register';
import { useOffline } from '@/lib/offline/use-offline';
import { DoorHeader } from './door-header';
import { DoorSetup } from './door-setup';
import { NoList } from './no-list';
import { loadQrReader } from './qr-reader';
import { Scanning } from './scanning';
import { unlockSound } from './signals';
import { useDoor } from './use-door';

/** The page of a door. It loads without data, works from the database of the browser, and shows no header of the site. */
export function DoorApp({ id }: { id: string }) {
  const t = useTexts('door');
  const { door, state } = useDoor(id);
  const isOpen = state.settings !== null;
  const offline = useOffline(registerForDoors, useReader(isOpen));
  const { title } = state;
  const mayOpen = state.phase === 'READY' && state.sync !== 'SIGN_IN' && state.sync !== 'NO_ACCESS';

  useEffect(() => {
    if (title !== null) document.title = `${t('title')}: ${title}`;
  }, [title, t]);
  useEffect(() => {
    window.addEventListener('pointerdown', unlockSound);
    window.addEventListener('keydown', unlockSound);
    return () => {
      window.removeEventListener('pointerdown', unlockSound);
      window.removeEventListener('keydown', unlockSound);
    };
  }, []);

  if (door === null || state.phase === 'LOADING')
    return (
      <div className="grid grow place-items-center p-8">
        <p className="flex items-center gap-3 text-muted">
          <Spinner /> {t('notice.loading')}
        </p>
      </div>
    );
  return (
    <>
      <DoorHeader door={door} state={state} offline={offline} />
      {mayOpen && !isOpen ? (
        <DoorSetup door={door} />
      ) : state.list === null ? (
        <NoList door={door} state={state} competitionId={id} />
      ) : (
        <Scanning door={door} state={state} list={state.list} competitionId={id} />
      )}
    </>
  );
}

/** Loads the reader of QR codes once the door is open, so that the camera can be started without a network. */
function useReader(isOpen: boolean): boolean {
  const [isLoaded, setIsLoaded] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    // It fails without a network if it was not loaded before. The rest of the page is kept all the same.
    void loadQrReader()
      .catch(() => null)
      .finally(() => setIsLoaded(true));
  }, [isOpen]);
  return isLoaded;
}
