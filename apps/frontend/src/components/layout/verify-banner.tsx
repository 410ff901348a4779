'use client';

import type { Me } from '@mini-compete/shared/auth';
import { Mail } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTexts } from '#texts';
import { verifyEmailPath } from '@/lib/paths';

/** Where the code is entered, and where a link leads to it that comes back to the invitation. */
const ASKS_ITSELF = ['/verify-email', '/staff-invitation', '/invitation'];

/** On every page of a person whose address is not verified yet, except those that ask for it themselves. */
export function VerifyBanner({ user }: { user: Pick<Me, 'role' | 'verification'> }) {
  const t = useTexts('layout');
  const pathname = usePathname();
  if (user.verification === 'none' || ASKS_ITSELF.includes(pathname)) return null;
  return (
    <aside aria-label={t('verify.label')} className="no-print border-b border-line bg-sunken">
      <div className="shell flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm">
        <p className="flex items-start gap-2">
          <Mail aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          {user.verification === 'required' ? t('verify.required', { role: user.role }) : t('verify.offered')}
        </p>
        <Link href={verifyEmailPath(pathname)} className="link font-semibold max-sm:ms-6">
          {t('verify.open')}
        </Link>
      </div>
    </aside>
  );
}
