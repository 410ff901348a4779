import { Module } from '@nestjs/common';
import { QuestionsRepository } from './questions.repository.js';

@Module({ providers: [QuestionsRepository], exports: [QuestionsRepository] })
export class QuestionsModule {}
