import 'server-only';
import type { PublishedAnnouncement } from '@mini-compete/shared/announcements';
import { listPublished } from '@/lib/api/announcements';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { getLanguage, getTimeZone } from '@/lib/i18n/texts.server';

/** Without them the page still has everything that registering needs: an API of the previous version does not know them. */
export async function loadPublished(competitionId: string): Promise<readonly PublishedAnnouncement[]> {
  try {
    const [language, zone] = await Promise.all([getLanguage(), getTimeZone()]);
    return (await listPublished(serverCall, competitionId, { language, zone })).items;
  } catch (error) {
    if (isApiError(error)) return [];
    throw error;
  }
}
