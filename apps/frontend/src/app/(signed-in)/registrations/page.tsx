import type { MyRegistration } from '@mini-compete/shared/registrations';
import type { Metadata } from 'next';
import { EndedList } from '@/components/registrations/mine/past-registrations';
import { MyPlace } from '@/components/registrations/mine/registration-card';
import { Empty } from '@/components/seats/empty-state';
import { KeepFresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { More } from '@/components/ui/more';
import { TabNav } from '@/components/ui/tab-nav';
import { listMyRegistrations } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { address, choice, type RawSearch, said } from '@/lib/page-address';
import { requireReader } from '@/lib/session';

export const metadata: Metadata = { title: 'My registrations' };

const PATH = '/registrations';

export default async function MyRegistrations({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const raw = await searchParams;
  const show = choice(raw, 'show', ['active', 'ended']);
  await requireReader(address(PATH, { show: show === 'ended' ? show : null }), 'PARTICIPANT');
  const [page, other] = await Promise.all([
    listMyRegistrations(serverCall, { status: show, limit: 50, cursor: said(raw, 'after') }),
    listMyRegistrations(serverCall, { status: show === 'active' ? 'ended' : 'active', limit: 1 }),
  ]);
  const [active, ended] = show === 'active' ? [page, other] : [other, page];
  return (
    <>
      <KeepFresh seconds={15} />
      <h1 className="text-2xl">My registrations</h1>
      <div className="mt-6">
        <TabNav
          label="Registrations"
          tabs={[
            { href: PATH, label: 'In and in line', count: active.total, current: show === 'active' },
            { href: address(PATH, { show: 'ended' }), label: 'Ended', count: ended.total, current: show === 'ended' },
          ]}
        />
      </div>
      <div className="mt-8">
        {show === 'active' ? <Active registrations={page.items} /> : <EndedList registrations={page.items} />}
        {page.nextCursor && (
          <More href={address(PATH, { show, after: page.nextCursor })} shown={page.items.length} total={page.total}>
            Older ones
          </More>
        )}
      </div>
    </>
  );
}

function Active({ registrations }: { registrations: readonly MyRegistration[] }) {
  if (registrations.length === 0)
    return (
      <Empty title="You are in nothing yet" action={<ButtonLink href="/competitions">Find a competition</ButtonLink>}>
        What you register for stands here, with your place in line where you wait for one.
      </Empty>
    );
  const now = Date.now();
  const over = registrations.filter((registration) => isOver(registration, now));
  const ahead = registrations.filter((registration) => !isOver(registration, now));
  const waiting = ahead.filter(({ status }) => status === 'WAITLISTED');
  const seated = ahead.filter(({ status }) => status !== 'WAITLISTED').sort(bySoonest);
  return (
    <div className="flex flex-col gap-12">
      <Group title="You have a seat" registrations={seated} />
      <Group title="You are in line" registrations={waiting} />
      <Group title="Over" registrations={over} over />
    </div>
  );
}

const startOf = ({ competition }: MyRegistration): number =>
  competition.startDate ? Date.parse(competition.startDate) : Number.POSITIVE_INFINITY;

const isOver = ({ competition }: MyRegistration, now: number): boolean =>
  Date.parse(competition.endDate ?? competition.startDate ?? '') < now;

/** What comes next stands first; what has no date yet, last. */
const bySoonest = (a: MyRegistration, b: MyRegistration): number => (startOf(a) < startOf(b) ? -1 : 1);

function Group({
  title,
  registrations,
  over = false,
}: {
  title: string;
  registrations: readonly MyRegistration[];
  over?: boolean;
}) {
  if (registrations.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="text-lg">{title}</h2>
      <ul className="mt-4 border-t border-line">
        {registrations.map((registration) => (
          <MyPlace key={registration.registrationId} registration={registration} over={over} />
        ))}
      </ul>
    </section>
  );
}
