import type { Team, TeamPreview, TeamsQuery } from '@mini-compete/shared/teams';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { TeamsRepository } from './teams.repository.js';

const AfterId = z.strictObject({ id: z.uuid() });

/** Teams as their members, people with a code and the staff see them. */
@Injectable()
export class TeamReads {
  constructor(private readonly teams: TeamsRepository) {}

  async readOwn(competitionId: string, { userId }: Principal): Promise<Team> {
    const id = await this.teams.findOwn(userId, competitionId);
    const team = id === null ? null : await this.teams.read(id);
    if (team === null) throw new DomainError('TEAM_NOT_FOUND');
    return team;
  }

  async find(code: string, { userId }: Principal): Promise<TeamPreview> {
    const preview = await this.teams.preview(code, userId);
    if (preview === null) throw new DomainError('TEAM_NOT_FOUND');
    return preview;
  }

  async list(competitionId: string, { search, cursor, limit }: TeamsQuery) {
    const afterId = decodeCursor(AfterId, cursor)?.id ?? null;
    const { rows, total } = await this.teams.list(competitionId, { search: search || null, afterId, limit: limit + 1 });
    return pageOfRows(rows, limit, total);
  }
}
