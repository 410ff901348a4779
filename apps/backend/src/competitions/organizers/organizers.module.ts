import { Module } from '@nestjs/common';
import { CompetitionsModule } from '../catalog/competitions.module.js';
import { OrganizersController } from './organizers.controller.js';
import { OrganizersService } from './organizers.service.js';

@Module({
  imports: [CompetitionsModule],
  controllers: [OrganizersController],
  providers: [OrganizersService],
})
export class OrganizersModule {}
