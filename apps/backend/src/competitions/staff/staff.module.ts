import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { StaffController } from './staff.controller.js';
import { StaffService } from './staff.service.js';
import { StaffInvitationsController } from './staff-invitations.controller.js';
import { StaffInvitationsService } from './staff-invitations.service.js';
import { StaffRoles } from './staff-roles.js';

@Module({
  imports: [IdempotencyModule],
  controllers: [StaffController, StaffInvitationsController],
  providers: [StaffService, StaffInvitationsService, StaffRoles],
  exports: [StaffRoles],
})
export class StaffModule {}
