'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { Door } from './door';
import { type DoorState, INITIAL_STATE } from './door-state';

const subscribeToNothing = () => () => undefined;
const initialState = () => INITIAL_STATE;

/** The door of this tab. Null on the server, and until the page has been taken over by its scripts. */
export function useDoor(competitionId: string): { door: Door | null; state: DoorState } {
  const [door, setDoor] = useState<Door | null>(null);
  useEffect(() => {
    const opened = new Door(competitionId);
    setDoor(opened);
    void opened.start(); // never rejects
    return () => opened.stop();
  }, [competitionId]);
  const state = useSyncExternalStore(
    door?.subscribe ?? subscribeToNothing,
    door?.getState ?? initialState,
    initialState,
  );
  return { door, state };
}
