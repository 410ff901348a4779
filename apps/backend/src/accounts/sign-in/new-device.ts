import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/prisma.service.js';
import { storedDevice } from '../../platform/i18n/device-name.js';
import { Outbox } from '../../platform/queue/outbox.js';

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*Safari\//, 'Safari'],
  [/\bcurl\//, 'curl'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Without versions, since an update makes no new device. */
export function deviceOf(userAgent: string | undefined): string {
  const find = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return storedDevice(find(BROWSERS), find(SYSTEMS));
}

@Injectable()
export class NewDeviceNotifier {
  constructor(private readonly outbox: Outbox) {}

  /** Notifies the owner of a sign-in from a new pair of device and IP address, except for the first sign-in. */
  async notify(tx: Tx, sessionId: string): Promise<void> {
    const [{ isNew }] = await tx.$queryRaw<[{ isNew: boolean }]>`
      SELECT count(*) > 0 AND NOT coalesce(bool_or(o.device = s.device AND o.address = s.address), false) AS "isNew"
      FROM sessions s JOIN sessions o ON o.user_id = s.user_id AND o.id <> s.id
      WHERE s.id = ${sessionId}::uuid`;
    if (isNew) await this.outbox.add(tx, 'new-sign-in', { sessionId });
  }
}
