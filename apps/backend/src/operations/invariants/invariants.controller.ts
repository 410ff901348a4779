import type { InvariantReport } from '@mini-compete/shared/invariants';
import { Controller, Get } from '@nestjs/common';
import { Roles } from '../../platform/http/access/decorators.js';
import { InvariantReports } from './invariant-report.js';

@Controller('admin/invariants')
@Roles('ADMIN')
export class InvariantsController {
  constructor(private readonly reports: InvariantReports) {}

  @Get()
  read(): Promise<InvariantReport> {
    return this.reports.read();
  }
}
