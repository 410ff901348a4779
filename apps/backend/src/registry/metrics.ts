interface MetricDefinition {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

/** All Prometheus metrics besides the default ones of Node.js. Dashboards and alerts depend on names and labels. */
export const METRICS = {
  requestSeconds: {
    name: 'mini_compete_request_seconds',
    help: 'Duration of requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
  },
  registrations: {
    name: 'mini_compete_registrations_total',
    help: 'Registration requests by outcome.',
    labelNames: ['outcome'],
  },
  admissionBatchSize: {
    name: 'mini_compete_admission_batch_people',
    help: 'Registration requests per admission batch.',
    labelNames: [],
  },
  databaseConnections: {
    name: 'mini_compete_database_connections',
    help: 'Connections of the pool in use and idle, and callers that wait for one.',
    labelNames: ['state'],
  },
  databaseConnectionLimit: {
    name: 'mini_compete_database_connection_limit',
    help: 'Connections to PostgreSQL that this process opens at most, of all kinds.',
    labelNames: [],
  },
  synchronousStandbys: {
    name: 'mini_compete_database_synchronous_standbys',
    help: 'Standbys that have every commit before it is confirmed. Missing when the role may not see them.',
    labelNames: [],
  },
  promisedStandbys: {
    name: 'mini_compete_database_promised_standbys',
    help: 'DATABASE_SYNCHRONOUS_STANDBYS: how many synchronous standbys there have to be.',
    labelNames: [],
  },
  jobAttempts: {
    name: 'mini_compete_job_attempts_total',
    help: 'Attempts at jobs by outcome.',
    labelNames: ['job', 'outcome'],
  },
  queueDepth: {
    name: 'mini_compete_queue_depth',
    help: 'Unsettled jobs of a queue.',
    labelNames: ['queue'],
  },
  queueAge: {
    name: 'mini_compete_queue_age_seconds',
    help: 'Age of the oldest unsettled job of a queue.',
    labelNames: ['queue'],
  },
  failedJobs: {
    name: 'mini_compete_failed_jobs',
    help: 'Jobs that failed for good (dead letters) and need a decision of an admin.',
    labelNames: ['queue'],
  },
  invariantBreaches: {
    name: 'mini_compete_invariant_breaches',
    help: 'Rows that break a promise about the data, as of the last check. Alert on anything but 0.',
    labelNames: ['invariant'],
  },
  invariantViolations: {
    name: 'mini_compete_invariant_violations',
    help: 'The same rows by the id of the invariant in docs/testing.md.',
    labelNames: ['id'],
  },
  lastBackup: {
    name: 'mini_compete_last_backup_timestamp_seconds',
    help: 'When the last good scheduled backup was made, in Unix time; 0 if there is none.',
    labelNames: [],
  },
  invariantCheckTimestamp: {
    name: 'mini_compete_invariant_check_timestamp_seconds',
    help: 'When the invariants were last checked, as Unix time.',
    labelNames: [],
  },
  invariantCheckSeconds: {
    name: 'mini_compete_invariant_check_seconds',
    help: 'Duration of the last check of the invariants.',
    labelNames: [],
  },
} as const satisfies Record<string, MetricDefinition>;
