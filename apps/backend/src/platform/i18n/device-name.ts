import type { Translator } from '@mini-compete/messages/translator';

const ON = ' on ';
const UNKNOWN = 'Unknown device';

/** As a session keeps it: "Firefox on Windows", one of both, or that neither is known. */
export const storedDevice = (browser: string | undefined, system: string | undefined): string =>
  [browser, system].filter(Boolean).join(ON) || UNKNOWN;

/** The same in the reader's language. */
export function deviceName(t: Translator<'mail'>, stored: string): string {
  if (stored === UNKNOWN) return t('device.unknown');
  const [browser = stored, system] = stored.split(ON);
  return system === undefined ? stored : t('device.onSystem', { browser, system });
}
