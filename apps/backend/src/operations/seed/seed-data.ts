/** Sample accounts, and competitions in different states. Ids are fixed, so that seeding twice inserts once. */
export const SEED_PASSWORD = 'password123';

export const SEED_USERS = [
  { email: 'organizer1@minicompete.com', name: 'Olivia Organizer', role: 'ORGANIZER' },
  { email: 'organizer2@minicompete.com', name: 'Oscar Organizer', role: 'ORGANIZER' },
  { email: 'participant1@minicompete.com', name: 'Paula Participant', role: 'PARTICIPANT' },
  { email: 'participant2@minicompete.com', name: 'Pedro Participant', role: 'PARTICIPANT' },
  { email: 'participant3@minicompete.com', name: 'Petra Participant', role: 'PARTICIPANT' },
  { email: 'participant4@minicompete.com', name: 'Piet Participant', role: 'PARTICIPANT' },
  { email: 'participant5@minicompete.com', name: 'Priya Participant', role: 'PARTICIPANT' },
] as const;

export interface SeedCompetition {
  readonly id: string;
  readonly organizer: 1 | 2;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly location: string;
  readonly capacity: number;
  /** In days from now. */
  readonly opens: number | null;
  readonly closes: number;
  readonly starts: number;
  readonly ends: number;
  /** Participants by number, in order of registration; those beyond the capacity are on the waitlist. */
  readonly participants: readonly number[];
  /** Of a competition for teams, whose members take a seat each. */
  readonly teams?: SeedTeams;
}

export interface SeedTeams {
  readonly min: number;
  readonly max: number;
  /** The first member is the captain. Those who are not registered look for more members. */
  readonly formed: readonly {
    readonly name: string;
    readonly members: readonly number[];
    readonly isRegistered: boolean;
  }[];
}

const id = (n: number) => `01930000-0000-7000-8000-00000000000${n}`;

export const SEED_COMPETITIONS: readonly SeedCompetition[] = [
  {
    id: id(1),
    organizer: 1,
    title: 'City Orienteering Night',
    description:
      'Find twenty hidden controls between dusk and midnight, on foot, with map and compass only.\n\n' +
      '- Teams of one\n- Bring a headlamp\n- Three courses: **short**, **middle**, **long**\n\n' +
      'The map is handed out at the start.',
    tags: ['outdoor', 'running', 'night'],
    location: 'Old Town Square',
    capacity: 60,
    opens: 2,
    closes: 16,
    starts: 20,
    ends: 20.25,
    participants: [],
  },
  {
    id: id(2),
    organizer: 1,
    title: 'Autumn Algorithm Sprint',
    description:
      'Five problems, three hours, any language. The problems get harder; nobody has to solve them all.\n\n' +
      'Results are shown **live**, and solutions are discussed afterwards over soup.',
    tags: ['programming', 'algorithms'],
    location: 'University Library, room 4',
    capacity: 120,
    opens: null,
    closes: 12,
    starts: 14,
    ends: 14.125,
    participants: [1, 3],
  },
  {
    id: id(3),
    organizer: 2,
    title: 'Rapid Chess Open',
    description: 'Seven rounds, Swiss system, **15 minutes plus 10 seconds**. Boards and clocks are provided.',
    tags: ['chess', 'indoor'],
    location: 'Community Center North',
    capacity: 5,
    opens: null,
    closes: 5,
    starts: 6,
    ends: 6.3,
    participants: [1, 2, 4, 5],
  },
  {
    id: id(4),
    organizer: 2,
    title: 'Home Baking Final',
    description:
      'Three bakers, three ovens, one theme that is announced at the start.\n\n' +
      'All seats are taken; people on the **waitlist** move up when somebody leaves.',
    tags: ['baking', 'indoor'],
    location: 'Cookery School, Harbor Street 9',
    capacity: 3,
    opens: null,
    closes: 8,
    starts: 9,
    ends: 9.25,
    participants: [2, 3, 5, 1, 4],
  },
  {
    id: id(5),
    organizer: 1,
    title: 'Summer Photo Walk',
    description: 'Ten motifs, one morning, one picture each. The best of them hang in the town hall until spring.',
    tags: ['photography', 'outdoor'],
    location: 'Botanical Garden',
    capacity: 20,
    opens: null,
    closes: -30,
    starts: -28,
    ends: -27.8,
    participants: [1, 2, 3, 4],
  },
  {
    id: id(6),
    organizer: 2,
    title: 'Robot Relay',
    description:
      'Teams of **two or three** build a robot from one box of parts and pass the baton three times.\n\n' +
      'Found a team and share its code, or join one with a code.',
    tags: ['robots', 'indoor'],
    location: 'Makerspace Canal Street',
    capacity: 12,
    opens: null,
    closes: 14,
    starts: 18,
    ends: 18.4,
    participants: [],
    teams: {
      min: 2,
      max: 3,
      formed: [
        { name: 'Copper Kettles', members: [1, 4], isRegistered: true },
        { name: 'Night Owls', members: [2], isRegistered: false },
      ],
    },
  },
];
