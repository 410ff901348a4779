import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DoorApp } from '@/components/registrations/door/door-app';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { doorPath } from '@/lib/paths';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ id }, t] = await Promise.all([params, getTexts('door')]);
  return {
    title: t('title'),
    robots: { index: false },
    manifest: `${doorPath(id)}/manifest.webmanifest`,
    appleWebApp: { capable: true, title: t('installed') },
  };
}

/** Without data and for everybody: it is kept in the browser, and says by itself who may check people in. */
export default async function DoorPage({ params }: Props) {
  const { id } = await params;
  if (!UUID.test(id)) notFound();
  return (
    <ClientTexts of={['door']}>
      <DoorApp id={id.toLowerCase()} />
    </ClientTexts>
  );
}
