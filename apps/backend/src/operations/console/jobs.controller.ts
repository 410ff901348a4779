import type { IncomingHttpHeaders } from 'node:http';
import {
  AdminPageQuery,
  type AuditPage,
  type FailedJobPage,
  FailedJobsFilter,
  FailedJobsQuery,
  type JobsOverview,
  type ScheduledRun,
  type SettledJobs,
  SettleUnknown,
  type UnknownMessagePage,
} from '@mini-compete/shared/admin';
import { Id } from '@mini-compete/shared/common';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { languageFor } from '../../platform/i18n/languages.js';
import { AuditLog } from './audit-log.js';
import { FailedJobs } from './failed-jobs.service.js';
import { Overview } from './overview.service.js';
import { UnknownMessages } from './unknown-messages.service.js';

/** The job console: state of the queues, failed jobs, messages with unconfirmed delivery, audit log. */
@Controller('admin/jobs')
@Roles('ADMIN')
export class JobsController {
  constructor(
    private readonly overview: Overview,
    private readonly failed: FailedJobs,
    private readonly unknown: UnknownMessages,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  read(@Headers() headers: IncomingHttpHeaders): Promise<JobsOverview> {
    return this.overview.read(languageFor(headers));
  }

  @Get('runs')
  async runs(@Headers() headers: IncomingHttpHeaders): Promise<{ items: ScheduledRun[] }> {
    return { items: await this.overview.runs(languageFor(headers)) };
  }

  @Get('failed')
  listFailed(@Query({ schema: FailedJobsQuery }) query: FailedJobsQuery): Promise<FailedJobPage> {
    return this.failed.list(query);
  }

  @Post('failed/replay')
  @HttpCode(200)
  replayAll(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: FailedJobsFilter }) filter: FailedJobsFilter,
  ): Promise<SettledJobs> {
    return this.failed.settleAll('replay', filter, userId);
  }

  @Post('failed/discard')
  @HttpCode(200)
  discardAll(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: FailedJobsFilter }) filter: FailedJobsFilter,
  ): Promise<SettledJobs> {
    return this.failed.settleAll('discard', filter, userId);
  }

  @Post('failed/:id/replay')
  @HttpCode(200)
  replay(@CurrentUser() { userId }: Principal, @Param('id', { schema: Id }) id: string): Promise<SettledJobs> {
    return this.failed.settle('replay', id, userId);
  }

  @Post('failed/:id/discard')
  @HttpCode(200)
  discard(@CurrentUser() { userId }: Principal, @Param('id', { schema: Id }) id: string): Promise<SettledJobs> {
    return this.failed.settle('discard', id, userId);
  }

  @Get('unknown')
  listUnknown(@Query({ schema: AdminPageQuery }) query: AdminPageQuery): Promise<UnknownMessagePage> {
    return this.unknown.list(query);
  }

  @Post('unknown/:id')
  @HttpCode(200)
  settleUnknown(
    @CurrentUser() { userId }: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SettleUnknown }) { as }: SettleUnknown,
  ): Promise<SettledJobs> {
    return this.unknown.settle(id, as, userId);
  }

  @Get('audit')
  listAudit(@Query({ schema: AdminPageQuery }) query: AdminPageQuery): Promise<AuditPage> {
    return this.audit.list(query);
  }
}
