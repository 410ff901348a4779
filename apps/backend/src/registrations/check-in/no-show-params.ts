import { Id } from '@mini-compete/shared/common';
import { z } from 'zod';

/** What a pending act of the kind NO_SHOWS keeps: whose seats are released, unless they come in until it runs. */
export const NoShowParams = z.strictObject({ registrationIds: z.array(Id) });
export type NoShowParams = z.infer<typeof NoShowParams>;
