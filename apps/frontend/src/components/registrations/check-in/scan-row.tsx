import type { RecordedScan } from '@mini-compete/shared/check-ins';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';

type Props = { scan: RecordedScan; children: ReactNode; action?: ReactNode };

/** When, who, what, and at which door. */
export function ScanRow({ scan: { at, person, door, scanner }, children, action }: Props) {
  const t = useTexts('checkInDay');
  const common = useTexts('common');
  const { instant } = useFormats();
  const name = scanner.name ?? common('deletedAccount');
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-4 border-b border-line py-3">
      <time dateTime={at} className="tabular text-muted" suppressHydrationWarning>
        {instant(at, 'clock')}
      </time>
      <div className="min-w-0">
        <p className="font-semibold wrap-break-word">
          {person === null ? t('problems.INVALID_TICKET') : <bdi>{person.name}</bdi>}
          {person?.team && (
            <span className="font-normal text-muted">
              {' · '}
              <bdi>{person.team}</bdi>
            </span>
          )}
        </p>
        <div className="mt-0.5 text-sm">{children}</div>
        <p className="mt-0.5 text-sm text-muted wrap-break-word">
          {door === '' ? t('latest.alone', { name }) : t('latest.by', { door, name })}
        </p>
      </div>
      {/* Higher than the line that it stands in. */}
      {action && <div className="no-print flex h-[1lh] items-center">{action}</div>}
    </li>
  );
}
