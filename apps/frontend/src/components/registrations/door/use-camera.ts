'use client';

import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { CodeFilter } from './code-filter';
import { loadQrReader } from './qr-reader';
import type { QrReader } from './wasm-reader';

export type CameraState = 'STARTING' | 'ON' | 'BLOCKED' | 'MISSING' | 'FAILED' | 'NO_READER';

/** Between two pictures. A person holds a ticket in front of the camera for longer. */
const READ_INTERVAL_MS = 120;

/** Shows the camera in the video and reads QR codes, as long as the component is there and the page is in sight. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  onCode: (text: string) => void,
): { state: CameraState; cameras: number; useOther: () => void; retry: () => void } {
  const [state, setState] = useState<CameraState>('STARTING');
  const [devices, setDevices] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [isVisible, setIsVisible] = useState(true);
  const report = useEffectEvent(onCode);

  useEffect(() => {
    const update = () => setIsVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);

  const deviceId = chosen === null ? null : (devices[chosen % devices.length] ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts the camera again
  useEffect(() => {
    if (!isVisible) return;
    const leaving = new AbortController();
    setState('STARTING');
    run(video.current, deviceId, leaving.signal, {
      onStart: (found) => {
        setDevices(found);
        setState('ON');
      },
      onCode: (text) => report(text),
    }).catch((error) => {
      if (leaving.signal.aborted) return;
      console.warn(error);
      setState(stateOf(error));
    });
    return () => leaving.abort();
  }, [video, deviceId, isVisible, attempt]);

  return {
    state,
    cameras: devices.length,
    useOther: () => setChosen((index) => (index ?? 0) + 1),
    retry: () => setAttempt((count) => count + 1),
  };
}

class NoReader extends Error {}

function stateOf(error: unknown): CameraState {
  if (error instanceof NoReader) return 'NO_READER';
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'BLOCKED';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'MISSING' : 'FAILED';
}

async function run(
  video: HTMLVideoElement | null,
  deviceId: string | null,
  leaving: AbortSignal,
  { onStart, onCode }: { onStart: (devices: readonly string[]) => void; onCode: (text: string) => void },
): Promise<void> {
  // Absent on pages without HTTPS.
  if (video === null || !navigator.mediaDevices) throw new DOMException('', 'NotFoundError');
  const which = deviceId === null ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: deviceId } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...which, width: { ideal: 1280 } } });
  // Otherwise the screen turns off while nobody touches it. Refused with a low battery, for example.
  const wakeLock = await navigator.wakeLock?.request('screen').catch(() => null);
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    void wakeLock?.release();
  };
  if (leaving.aborted) return stop();
  leaving.addEventListener('abort', stop);
  video.srcObject = stream;
  await video.play();
  const read = await loadQrReader().catch((error) => {
    throw new NoReader(String(error));
  });
  const devices = await navigator.mediaDevices.enumerateDevices();
  onStart(devices.filter(({ kind }) => kind === 'videoinput').map((device) => device.deviceId));
  await readUntil(leaving, video, read, onCode);
}

async function readUntil(
  leaving: AbortSignal,
  video: HTMLVideoElement,
  read: QrReader,
  onCode: (text: string) => void,
): Promise<void> {
  const filter = new CodeFilter();
  while (!leaving.aborted) {
    // The native reader throws while the video has no picture yet.
    const codes = await read(video).catch(() => []);
    if (leaving.aborted) return;
    for (const code of codes) if (filter.isNew(code, performance.now())) onCode(code);
    await new Promise((resolve) => setTimeout(resolve, READ_INTERVAL_MS));
  }
}
