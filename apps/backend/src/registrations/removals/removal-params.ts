import { Id } from '@mini-compete/shared/common';
import { z } from 'zod';

/** What a pending act of the kind REMOVAL keeps: whom, in the order in which they are removed, and the reason. */
export const RemovalParams = z.strictObject({ registrationIds: z.array(Id), reason: z.string() });
export type RemovalParams = z.infer<typeof RemovalParams>;
