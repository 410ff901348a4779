import type { MetadataRoute } from 'next';
import { getSitemap } from '@/lib/api/organizers';
import { serverCall } from '@/lib/api/server';
import { siteUrl } from '@/lib/config';
import { competitionPath, organizerPath } from '@/lib/paths';

export const dynamic = 'force-dynamic';

/** Public competitions and their organizers. Drafts and unlisted competitions are not in what the API returns. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { competitions, organizers } = await getSitemap(serverCall);
  const site = siteUrl();
  const url = (path: string) => new URL(path, site).href;
  return [
    { url: url('/') },
    { url: url('/competitions') },
    ...competitions.map(({ id, updatedAt }) => ({ url: url(competitionPath(id)), lastModified: updatedAt })),
    ...organizers.map((id) => ({ url: url(organizerPath(id)) })),
  ];
}
