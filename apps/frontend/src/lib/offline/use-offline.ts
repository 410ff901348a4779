'use client';

import { useEffect, useState } from 'react';

export type OfflineState = 'PREPARING' | 'READY' | 'UNAVAILABLE';

/** The page may load files until then, such as fonts. */
const SETTLE_MS = 1_500;

/**
 * Makes this page load without a network. Begins when `isComplete` is true: what the page loads later is not kept.
 */
export function useOffline(register: () => Promise<ServiceWorkerRegistration>, isComplete: boolean): OfflineState {
  const [state, setState] = useState<OfflineState>('PREPARING');
  useEffect(() => {
    if (!isComplete) return;
    let isLeft = false;
    // Never rejects.
    void prepare(register)
      .catch((error) => {
        console.warn(error);
        return false;
      })
      .then((isReady) => {
        if (!isLeft) setState(isReady ? 'READY' : 'UNAVAILABLE');
      });
    return () => {
      isLeft = true;
    };
  }, [register, isComplete]);
  return state;
}

async function prepare(register: () => Promise<ServiceWorkerRegistration>): Promise<boolean> {
  // Only on HTTPS and localhost.
  if (!('serviceWorker' in navigator)) return false;
  const registration = await register();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const worker = await activeWorker(registration);
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  worker.postMessage({ page: location.pathname, files: loadedFiles() }, [port2]);
  return answer;
}

/** The static files that this page has loaded so far. */
const loadedFiles = (): string[] => [
  ...new Set(
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.startsWith(`${location.origin}/_next/static/`) && !name.includes('/service-worker/')),
  ),
];

async function activeWorker(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  if (registration.active) return registration.active;
  const worker = registration.installing ?? registration.waiting;
  if (worker === null) throw new Error('The service worker is gone.');
  await new Promise<void>((resolve, reject) => {
    const onChange = () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(new Error('The service worker could not be installed.'));
    };
    worker.addEventListener('statechange', onChange);
    onChange();
  });
  return worker;
}
