import { useTexts } from '#texts';
import { TabNav } from '@/components/ui/tab-nav';
import { withParams } from '@/lib/search-params';

export const JOB_TABS = ['overview', 'failed', 'unknown', 'audit'] as const;
export type ConsoleTab = 'integrity' | (typeof JOB_TABS)[number];

/** The pages for admins. Numbers of what waits for a decision are there where the page knows them. */
export function ConsoleTabs({
  current,
  counts = {},
}: {
  current: ConsoleTab;
  counts?: Partial<Record<ConsoleTab, number>>;
}) {
  const t = useTexts('console');
  const tab = (name: ConsoleTab, href: string) => ({
    href,
    label: t(`tab.${name}`),
    count: counts[name] ?? null,
    current: name === current,
  });
  return (
    <TabNav
      label={t('navigation')}
      tabs={[
        tab('integrity', '/admin'),
        ...JOB_TABS.map((name) => tab(name, withParams('/admin/jobs', { tab: name === 'overview' ? null : name }))),
      ]}
    />
  );
}
