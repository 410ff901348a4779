import { z } from 'zod';
import { STAFF_ROLES } from './permissions.js';

export const StaffRole = z.enum(STAFF_ROLES).meta({ id: 'StaffRole' });
