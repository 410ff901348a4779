'use client';

import { useFormats, useTexts } from '#texts';
import { Notice } from '@/components/ui/notice';
import type { DoorPeople } from './door-people';
import type { StoredScan } from './stored-scan';

/** Scans that the server has refused, or about which it knows more than the door did. They stay until they expire. */
export function Differences({ scans, people }: { scans: readonly StoredScan[]; people: DoorPeople }) {
  const t = useTexts('door');
  return (
    <Notice tone="warning" title={t('differences.title', { count: scans.length })} live="polite">
      <p>{t('differences.text')}</p>
      <ul className="mt-3 flex flex-col gap-2">
        {scans.map((scan) => (
          <li key={scan.id}>
            <p className="font-semibold">
              <bdi>{people.find(scan)?.name ?? t('differences.unknown')}</bdi>
            </p>
            <p>
              <Reason scan={scan} />
            </p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Reason({ scan: { answer, refusal } }: { scan: StoredScan }) {
  const t = useTexts('door');
  const { instant } = useFormats();
  if (answer === null) return t('differences.REFUSED', { reason: refusal ?? '' });
  const { result, entry } = answer;
  if (result === 'ALREADY_IN')
    return t('differences.ALREADY_IN', {
      when: entry ? instant(entry.at, 'clock') : '',
      door: entry?.door || t('unnamed'),
    });
  return result === 'WELCOME' || result === 'UNDONE' ? null : t(`differences.${result}`);
}
