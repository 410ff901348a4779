import type { MetadataRoute } from 'next';
import { siteUrl } from '@/lib/config';

/** The address of the site is known at run time only. */
export const dynamic = 'force-dynamic';

/** Pages of one person, which crawlers would only be sent to sign-in for, and the API. */
const PRIVATE = ['/admin', '/api/', '/competitions/new', '/leave', '/mailbox', '/organize$', '/organize/', '/profile'];

export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: ['/', '/api/competitions/*/calendar.ics'],
      disallow: [...PRIVATE, '/registrations'],
    },
    sitemap: new URL('/sitemap.xml', siteUrl()).href,
  };
}
