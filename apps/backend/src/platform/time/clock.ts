import { Injectable } from '@nestjs/common';

/** The clock of this process, for times that the database does not set. Tests replace it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
