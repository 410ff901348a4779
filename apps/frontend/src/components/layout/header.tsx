import type { Me, Role } from '@mini-compete/shared/auth';
import { Menu as MenuIcon } from 'lucide-react';
import Link from 'next/link';
import { useFormats, useTexts } from '#texts';
import { Logo } from '@/components/seats/logo';
import { ButtonLink } from '@/components/ui/button';
import type { Theme } from '@/lib/preferences';
import { AccountMenu } from './account-menu';
import { Menu } from './menu';
import { NavLink } from './nav-link';
import { HeaderSearch, SearchBox } from './search-box';
import { ThemeSwitch } from './theme-switch';

const LINKS_BY_ROLE = {
  PARTICIPANT: [
    { href: '/registrations', label: 'myRegistrations' },
    { href: '/mailbox', label: 'mailbox' },
  ],
  ORGANIZER: [
    { href: '/organize', label: 'myCompetitions' },
    { href: '/mailbox', label: 'mailbox' },
  ],
  ADMIN: [
    { href: '/organize', label: 'organize' },
    { href: '/admin', label: 'admin' },
    { href: '/mailbox', label: 'mailbox' },
  ],
} as const satisfies Record<Role, unknown>;

/** Any account can be on the staff of a competition. */
const HELPS = { href: '/organize', label: 'myCompetitions' } as const;

export function Header({ user, theme }: { user: Me | null; theme: Theme }) {
  const t = useTexts('layout');
  const unread = user?.unread ?? 0;
  const links = [
    { href: '/competitions', label: 'competitions' } as const,
    ...(user?.isStaff && user.role === 'PARTICIPANT' ? [HELPS] : []),
    ...(user ? LINKS_BY_ROLE[user.role] : []),
  ].map(({ href, label }) => ({
    href,
    label: t(label),
    ...(label === 'mailbox' && unread > 0 && { badge: <UnreadBadge unread={unread} /> }),
  }));
  return (
    <header className="border-b border-line">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-ink focus:px-4 focus:py-2 focus:text-surface"
      >
        {t('skipToContent')}
      </a>
      <div className="shell flex min-h-16 items-center gap-x-8 gap-y-2 py-1.5">
        <Link href="/" aria-label={t('home')} className="inline-flex min-h-small-control shrink-0 items-center">
          <Logo />
        </Link>
        <HeaderSearch />
        <nav aria-label={t('mainNavigation')} className="no-print ms-auto hidden items-center gap-6 lg:flex">
          {links.map((link) => (
            <NavLink key={link.href} {...link} />
          ))}
        </nav>
        <div className="no-print flex items-center gap-3 max-lg:ms-auto">
          {user ? (
            <AccountMenu user={user} theme={theme} />
          ) : (
            <>
              <NavLink href="/sign-in" label={t('signIn')} />
              <ButtonLink href="/sign-up" size="sm" className="max-sm:hidden">
                {t('signUp')}
              </ButtonLink>
            </>
          )}
          <div className="lg:hidden">
            <Menu
              id="site-menu"
              label={t('menu')}
              button={
                <span className="relative">
                  <MenuIcon aria-hidden="true" className="size-5" />
                  {unread > 0 && (
                    <span className="absolute -end-1 -top-1 size-2.5 rounded-full bg-accent forced-colors:bg-[Highlight]" />
                  )}
                </span>
              }
              className="grid size-11 place-items-center rounded-md hover:bg-sunken"
            >
              <SearchBox id="menu-search" className="mb-2 md:hidden" />
              <nav aria-label={t('mainNavigation')} className="flex flex-col">
                {[...links, ...(user ? [] : [{ href: '/sign-up', label: t('signUp') }])].map((link) => (
                  <Link
                    key={link.href}
                    href={link.href}
                    className="rounded-md px-3 py-2.5 font-semibold hover:bg-sunken"
                  >
                    {link.label}
                    {'badge' in link && link.badge}
                  </Link>
                ))}
              </nav>
              {!user && (
                <div className="mt-2 flex items-center justify-between border-t border-line px-3 pt-3 pb-1 text-sm text-muted">
                  {t('theme.label')} <ThemeSwitch initial={theme} name="theme-menu" />
                </div>
              )}
            </Menu>
          </div>
        </div>
      </div>
    </header>
  );
}

/** The API counts up to 100. */
const MAX_SHOWN = 99;

function UnreadBadge({ unread }: { unread: number }) {
  const t = useTexts('layout');
  const { number } = useFormats();
  return (
    <span className="tabular ms-1.5 inline-grid min-w-5 place-items-center rounded-full bg-accent px-1.5 text-xs leading-5 font-semibold text-accent-ink">
      <span aria-hidden="true">{unread > MAX_SHOWN ? `${number(MAX_SHOWN)}+` : number(unread)}</span>
      <span className="sr-only">{t('unread', { count: unread })}</span>
    </span>
  );
}
