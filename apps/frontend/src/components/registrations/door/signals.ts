import type { DoorResult } from './door-state';

/** A tone of `hertz` for `seconds`. */
type Tone = readonly [hertz: number, seconds: number];
type Signal = { readonly tones: readonly Tone[]; readonly vibration: readonly number[] };

const REFUSAL: Signal = {
  tones: [
    [300, 0.16],
    [180, 0.34],
  ],
  vibration: [350],
};
const PAUSE = 0;
/** To be told apart without looking: up for come in, the same twice for a duplicate, down for no. */
const SIGNALS: Readonly<Partial<Record<DoorResult['kind'], Signal>>> = {
  WELCOME: {
    tones: [
      [660, 0.09],
      [990, 0.16],
    ],
    vibration: [90],
  },
  ALREADY_IN: {
    tones: [
      [440, 0.12],
      [PAUSE, 0.06],
      [440, 0.12],
    ],
    vibration: [90, 70, 90],
  },
  NOT_ON_LIST: REFUSAL,
  ENDED: REFUSAL,
  NOT_DECIDED: REFUSAL,
  CANNOT_VERIFY: REFUSAL,
  FAILED: REFUSAL,
};

const VOLUME = 0.25;
/** Without it a tone begins and ends with a click. */
const RAMP_SECONDS = 0.012;

let audio: AudioContext | null = null;

/** Browsers play nothing before somebody has touched the page. */
export function unlockSound(): void {
  if (!('AudioContext' in globalThis)) return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
}

export function playSignal(kind: DoorResult['kind'], isMuted: boolean): void {
  const signal = SIGNALS[kind];
  if (signal === undefined) return;
  navigator.vibrate?.([...signal.vibration]);
  if (isMuted || audio === null || audio.state !== 'running') return;
  let at = audio.currentTime;
  for (const [hertz, seconds] of signal.tones) {
    if (hertz !== PAUSE) playTone(audio, hertz, at, at + seconds);
    at += seconds;
  }
}

function playTone(context: AudioContext, hertz: number, from: number, until: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(VOLUME, from + RAMP_SECONDS);
  gain.gain.setValueAtTime(VOLUME, until - RAMP_SECONDS);
  gain.gain.linearRampToValueAtTime(0, until);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(until);
}
