import { Id } from '@mini-compete/shared/common';
import { type OrganizerProfile, OrganizerQuery, SaveOrganizerProfile } from '@mini-compete/shared/organizers';
import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Public, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { OrganizersService } from './organizers.service.js';

@Controller('organizers')
export class OrganizersController {
  constructor(private readonly organizers: OrganizersService) {}

  @Get('me')
  @Roles('ORGANIZER', 'ADMIN')
  readProfile(@CurrentUser() { userId }: Principal): Promise<OrganizerProfile> {
    return this.organizers.readProfile(userId);
  }

  /** Saving the same again changes nothing, so a retry needs no idempotency key. */
  @Put('me')
  @Roles('ORGANIZER', 'ADMIN')
  saveProfile(
    @Body({ schema: SaveOrganizerProfile }) profile: OrganizerProfile,
    @CurrentUser() { userId }: Principal,
  ): Promise<OrganizerProfile> {
    return this.organizers.saveProfile(userId, profile);
  }

  @Get(':id')
  @Public()
  async read(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: OrganizerQuery }) query: OrganizerQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendJson(reply, 200, await this.organizers.read(id, query));
  }
}
