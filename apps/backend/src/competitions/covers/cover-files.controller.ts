import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../../platform/http/access/decorators.js';
import { CoverFiles } from './cover-files.js';

const FileName = z.string().max(100);
/** The name says what the content is. */
const FOREVER = 'public, max-age=31536000, immutable';

@Controller('covers')
export class CoverFilesController {
  constructor(private readonly files: CoverFiles) {}

  @Get(':name')
  @Public()
  async read(
    @Param('name', { schema: FileName }) name: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { type, bytes } = await this.files.get(name);
    const etag = `"${name}"`;
    reply.header('cache-control', FOREVER).header('etag', etag);
    if (known?.includes(etag) || known?.trim() === '*') {
      reply.code(304).send();
      return;
    }
    reply.header('content-type', type).header('content-disposition', 'inline').send(bytes);
  }
}
