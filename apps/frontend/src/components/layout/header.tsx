import type { Role, User } from '@mini-compete/shared/auth';
import { Menu as MenuIcon } from 'lucide-react';
import Link from 'next/link';
import { Logo } from '@/components/seats/logo';
import { ButtonLink } from '@/components/ui/button';
import type { Theme } from '@/lib/preferences';
import { AccountMenu } from './account-menu';
import { Menu } from './menu';
import { NavLink } from './nav-link';
import { HeaderSearch, SearchBox } from './search-box';
import { ThemeSwitch } from './theme-switch';

const LINKS_BY_ROLE: Record<Role, { href: string; label: string }[]> = {
  PARTICIPANT: [
    { href: '/registrations', label: 'My registrations' },
    { href: '/mailbox', label: 'Mailbox' },
  ],
  ORGANIZER: [
    { href: '/organize', label: 'My competitions' },
    { href: '/mailbox', label: 'Mailbox' },
  ],
  ADMIN: [
    { href: '/organize', label: 'Organize' },
    { href: '/admin/jobs', label: 'Jobs' },
    { href: '/mailbox', label: 'Mailbox' },
  ],
};

export function Header({ user, theme }: { user: User | null; theme: Theme }) {
  const links = [{ href: '/competitions', label: 'Competitions' }, ...(user ? LINKS_BY_ROLE[user.role] : [])];
  return (
    <header className="border-b border-line">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-ink focus:px-4 focus:py-2 focus:text-surface"
      >
        Skip to the content
      </a>
      <div className="shell flex min-h-16 items-center gap-x-8 gap-y-2 py-1.5">
        <Link href="/" aria-label="Mini Compete, home" className="shrink-0">
          <Logo />
        </Link>
        <HeaderSearch />
        <nav aria-label="Main" className="no-print ms-auto hidden items-center gap-6 lg:flex">
          {links.map((link) => (
            <NavLink key={link.href} {...link} />
          ))}
        </nav>
        <div className="no-print flex items-center gap-3 max-lg:ms-auto">
          {user ? (
            <AccountMenu user={user} theme={theme} />
          ) : (
            <>
              <NavLink href="/sign-in" label="Sign in" />
              <ButtonLink href="/sign-up" size="sm" className="max-sm:hidden">
                Sign up
              </ButtonLink>
            </>
          )}
          <div className="lg:hidden">
            <Menu
              id="site-menu"
              label="Menu"
              button={<MenuIcon aria-hidden="true" className="size-5" />}
              className="grid size-11 place-items-center rounded-md hover:bg-sunken"
            >
              <SearchBox id="menu-search" className="mb-2 md:hidden" />
              <nav aria-label="Main" className="flex flex-col">
                {[...links, ...(user ? [] : [{ href: '/sign-up', label: 'Sign up' }])].map((link) => (
                  <Link
                    key={link.href}
                    href={link.href}
                    className="rounded-md px-3 py-2.5 font-semibold hover:bg-sunken"
                  >
                    {link.label}
                  </Link>
                ))}
              </nav>
              {!user && (
                <div className="mt-2 flex items-center justify-between border-t border-line px-3 pt-3 pb-1 text-sm text-muted">
                  Colours <ThemeSwitch initial={theme} name="theme-menu" />
                </div>
              )}
            </Menu>
          </div>
        </div>
      </div>
    </header>
  );
}
