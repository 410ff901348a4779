import Link from 'next/link';
import { useTexts } from '#texts';
import { SeatGrid } from '@/components/seats/seat-grid';
import { publicApiOrigin } from '@/lib/config';
import type { Theme } from '@/lib/preferences';
import { version } from '@/lib/version';
import { LanguageSwitch } from './language-switch';
import { ThemeSwitch } from './theme-switch';

interface FooterProps {
  readonly theme: Theme;
  readonly signedIn: boolean;
  readonly isAdmin: boolean;
}

export function Footer({ theme, signedIn, isAdmin }: FooterProps) {
  const t = useTexts('layout');
  return (
    <footer className="no-print mt-auto border-t border-line">
      <div className="shell flex flex-wrap items-center gap-x-8 gap-y-4 py-6 text-sm text-muted">
        <SeatGrid capacity={40} seatsLeft={33} size="row" className="max-sm:hidden max-w-40!" />
        <p>{t('footer.motto')}</p>
        {isAdmin && <p>{t('footer.version', { version })}</p>}
        <nav aria-label={t('footer.navigation')} className="ms-auto flex flex-wrap items-center gap-x-6 gap-y-3">
          <Link href="/competitions" className="link inline-flex min-h-small-control items-center">
            {t('competitions')}
          </Link>
          <a href={`${publicApiOrigin}/api/docs`} className="link inline-flex min-h-small-control items-center">
            {t('footer.api')}
          </a>
          <LanguageSwitch signedIn={signedIn} />
          <ThemeSwitch initial={theme} name="theme-footer" />
        </nav>
      </div>
    </footer>
  );
}
