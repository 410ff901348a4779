import { translatorFor } from '@mini-compete/messages/translator';
import { LANGUAGES } from '@mini-compete/shared/languages';
import { expect, it } from 'vitest';
import { deviceName, storedDevice } from './device-name.js';

const TRANSLATORS = LANGUAGES.map((language) => translatorFor(language, 'mail'));

it.each([
  [
    ['Firefox', 'Windows'],
    ['Firefox on Windows', 'Firefox auf Windows', 'Firefox على Windows'],
  ],
  [
    ['curl', undefined],
    ['curl', 'curl', 'curl'],
  ],
  [
    [undefined, 'Android'],
    ['Android', 'Android', 'Android'],
  ],
  [
    [undefined, undefined],
    ['Unknown device', 'Unbekanntes Gerät', 'جهاز غير معروف'],
  ],
] as const)('the device %j of a session has a name in each language', ([browser, system], names) => {
  const stored = storedDevice(browser, system);
  expect(TRANSLATORS.map((t) => deviceName(t, stored))).toEqual(names);
});
