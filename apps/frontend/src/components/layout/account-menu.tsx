import type { User } from '@mini-compete/shared/auth';
import Link from 'next/link';
import { useTexts } from '#texts';
import type { Theme } from '@/lib/preferences';
import { Menu } from './menu';
import { SignOut } from './sign-out';
import { ThemeSwitch } from './theme-switch';

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
  const t = useTexts('layout');
  const item = 'w-full rounded-md px-3 py-2.5 text-start font-semibold hover:bg-sunken';
  return (
    <Menu
      id="account-menu"
      label={t('account.label', { name: user.name })}
      button={<Initial name={user.name} />}
      className="grid size-11 place-items-center rounded-md hover:bg-sunken"
    >
      <div className="border-b border-line px-3 pt-1 pb-3 mb-2">
        <p className="font-semibold">{user.name}</p>
        <p className="truncate text-sm text-muted">{user.email}</p>
        <p className="text-sm text-muted">{t(`account.role.${user.role}`)}</p>
      </div>
      <nav aria-label={t('account.navigation')} className="flex flex-col">
        <Link href="/profile" className={item}>
          {t('account.profile')}
        </Link>
        <SignOut className={item} />
      </nav>
      <div className="mt-2 flex items-center justify-between border-t border-line px-3 pt-3 pb-1 text-sm text-muted">
        {t('theme.label')} <ThemeSwitch initial={theme} name="theme-account" />
      </div>
    </Menu>
  );
}
