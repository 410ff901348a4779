import type { User } from '@mini-compete/shared/auth';
import Link from 'next/link';
import type { Theme } from '@/lib/preferences';
import { Menu } from './menu';
import { SignOut } from './sign-out';
import { ThemeSwitch } from './theme-switch';

const ROLE_LABELS = { PARTICIPANT: 'Participant', ORGANIZER: 'Organizer', ADMIN: 'Admin' };

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-9 place-items-center rounded-t-full rounded-b-sm bg-ink font-heading font-semibold text-surface"
    >
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  );
}

export function AccountMenu({ user, theme }: { user: User; theme: Theme }) {
  const item = 'w-full rounded-md px-3 py-2.5 text-start font-semibold hover:bg-sunken';
  return (
    <Menu
      id="account-menu"
      label={`Account of ${user.name}`}
      button={<Initial name={user.name} />}
      className="grid size-11 place-items-center rounded-md hover:bg-sunken"
    >
      <div className="border-b border-line px-3 pt-1 pb-3 mb-2">
        <p className="font-semibold">{user.name}</p>
        <p className="truncate text-sm text-muted">{user.email}</p>
        <p className="text-sm text-muted">{ROLE_LABELS[user.role]}</p>
      </div>
      <nav aria-label="Account" className="flex flex-col">
        <Link href="/profile" className={item}>
          Profile and sessions
        </Link>
        <SignOut className={item} />
      </nav>
      <div className="mt-2 flex items-center justify-between border-t border-line px-3 pt-3 pb-1 text-sm text-muted">
        Colours <ThemeSwitch initial={theme} name="theme-account" />
      </div>
    </Menu>
  );
}
