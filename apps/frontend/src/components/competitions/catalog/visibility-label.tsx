import type { Visibility } from '@mini-compete/shared/visibility';
import { clsx } from 'clsx';
import { Globe, Link2, PencilLine } from 'lucide-react';
import { useTexts } from '#texts';

const ICONS = { DRAFT: PencilLine, UNLISTED: Link2, PUBLIC: Globe } as const satisfies Record<Visibility, unknown>;

export function VisibilityIcon({ visibility }: { visibility: Visibility }) {
  const Icon = ICONS[visibility];
  return <Icon aria-hidden="true" className="size-4 shrink-0" />;
}

/** Nothing for a public competition: that is what people expect. */
export function VisibilityLabel({ visibility }: { visibility: Visibility }) {
  const t = useTexts('common');
  if (visibility === 'PUBLIC') return null;
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 rounded-sm border px-2 py-0.5 text-sm font-semibold whitespace-nowrap',
        visibility === 'DRAFT' ? 'border-dashed border-warning text-warning' : 'border-line-strong text-ink',
      )}
    >
      <VisibilityIcon visibility={visibility} />
      {t(`visibility.${visibility}`)}
    </span>
  );
}
