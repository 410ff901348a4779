import { Injectable } from '@nestjs/common';

/** This process's clock, where the database's is not asked. Tests replace it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
