import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http/access/decorators.js';
import { sendJson } from '../../platform/http/json-text.js';
import { SitemapService } from './sitemap.service.js';

@Controller('sitemap')
export class SitemapController {
  constructor(private readonly sitemap: SitemapService) {}

  @Get()
  @Public()
  async read(@Res() reply: FastifyReply): Promise<void> {
    sendJson(reply, 200, await this.sitemap.read());
  }
}
