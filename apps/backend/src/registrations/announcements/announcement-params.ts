import { Id } from '@mini-compete/shared/common';
import { z } from 'zod';

/** What a pending act of the kind ANNOUNCEMENT keeps. */
export const AnnouncementParams = z.strictObject({ announcementId: Id });
export type AnnouncementParams = z.infer<typeof AnnouncementParams>;
