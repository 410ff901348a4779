/** One Vitest file in drills/. Files named *.drill.ts are long and run only by name; `npm test` runs the others too. */
export interface Drill {
  /** For the list of drills. */
  readonly about: string;
  readonly file: string;
  /** Only the tests that have this in their title. */
  readonly only?: string;
  /** The environment of the long form. `npm test` runs the file without it. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Options of the command line, each with the parameter that it sets. */
  readonly options?: Readonly<Record<string, string>>;
  /** Programs that have to be on the PATH, each with its package in Debian. */
  readonly needs?: Readonly<Record<string, string>>;
}

const RANDOM_FAULTS = 'drills/random-faults.test.ts';
const ROUNDS = { '--rounds': 'DRILL_ROUNDS' };

/** What `npm run drill -- NAME` runs. */
export const DRILLS: Readonly<Record<string, Drill>> = {
  rush: {
    about: '60 × 2,000 people ask for 100 seats, on two APIs: kill what you like meanwhile, it is restarted',
    file: 'drills/high-load.drill.ts',
    parameters: { DRILL_ROUNDS: '60' },
    options: ROUNDS,
  },
  kills: {
    about: '200 × kill -9 of PostgreSQL, API, worker or Redis at random, under load',
    file: RANDOM_FAULTS,
    only: 'faults at random',
    parameters: { DRILL_FAULTS: 'PostgreSQL killed,API killed,worker killed,Redis killed', DRILL_ROUNDS: '200' },
    options: ROUNDS,
  },
  silence: {
    about: '10 × the host of the database loses power and closes no connection, under load (--seconds N of silence)',
    file: 'drills/silence.drill.ts',
    parameters: { DRILL_ROUNDS: '10', DRILL_SECONDS: '20' },
    options: { ...ROUNDS, '--seconds': 'DRILL_SECONDS' },
  },
  failover: {
    about: '10 failovers of PostgreSQL under Patroni with a synchronous standby, under load (three kinds)',
    file: 'drills/failover.drill.ts',
    parameters: { DRILL_ROUNDS: '10' },
    options: ROUNDS,
    needs: { patroni: 'patroni', etcd: 'etcd-server', haproxy: 'haproxy' },
  },
  distance: {
    about: 'what a synchronous standby 0 to 100 ms away costs: 5 rounds of one person and of 256 at a time',
    file: 'drills/distance.drill.ts',
    parameters: { DRILL_ROUNDS: '5' },
    options: ROUNDS,
  },
  disk: {
    about:
      'the disk of PostgreSQL is full while people register, until PostgreSQL itself ends, and freed again (as root)',
    file: 'drills/disk.test.ts',
  },
  upgrade: {
    about: 'an upgrade from the last release under load: migrations, then new workers and APIs one after the other',
    file: 'drills/upgrade.drill.ts',
  },
  containers: {
    about:
      'docker-compose.yml is brought up, its parts are stopped, killed and scaled under load, a backup is restored',
    file: 'drills/containers.drill.ts',
    needs: { docker: 'docker.io' },
  },
  clocks: {
    about: 'the clocks of API processes are two hours wrong while deadlines pass',
    file: 'drills/clocks.test.ts',
  },
  chain: {
    about:
      'applications, reviews, decisions, holds, invitations and removals at random, 2,000 people for 500 seats, while processes are killed (--minutes N, default 10)',
    file: 'drills/admission-chain.test.ts',
    parameters: { DRILL_MINUTES: '10', DRILL_APPLICANTS: '2000', DRILL_SEATS: '500' },
    options: { '--minutes': 'DRILL_MINUTES' },
  },
  waitlist: {
    about:
      'the capacity is raised for 60,000 people on a waitlist while others register; 2,500, 5,000 and 10,000 watch their positions while people leave (--waiting N, --watched N,N)',
    file: 'drills/waitlist.drill.ts',
    parameters: { DRILL_WAITING: '60000', DRILL_WATCHED: '2500,5000,10000' },
    options: { '--waiting': 'DRILL_WAITING', '--watched': 'DRILL_WATCHED' },
  },
  soak: {
    about: 'faults of every kind at random, under load, for as long as you say (--minutes N, default 10)',
    file: RANDOM_FAULTS,
    only: 'faults at random',
    parameters: { DRILL_MINUTES: '10' },
    options: { '--minutes': 'DRILL_MINUTES' },
  },
};
