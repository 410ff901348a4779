import { DoorQuery, type DoorSnapshot } from '@mini-compete/shared/check-ins';
import { Id } from '@mini-compete/shared/common';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { DoorLists } from './door-list.service.js';

@Controller('competitions/:id/door')
export class DoorController {
  constructor(private readonly lists: DoorLists) {}

  @Get()
  @Requires('checkIn')
  @Header('cache-control', 'no-store')
  // The list of 5,000 people takes long to read and to send.
  @RateLimit({ per: 'account', limit: 60, seconds: 60 })
  open(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: DoorQuery }) door: DoorQuery,
    @CurrentUser() scanner: Principal,
  ): Promise<DoorSnapshot> {
    return this.lists.open(id, door, scanner);
  }
}
