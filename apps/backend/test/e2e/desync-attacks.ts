/** Where an attack is aimed, and what it tries to slip in. */
export interface Target {
  readonly host: string;
  readonly path: string;
  /** On the address for browsers. */
  readonly isFront: boolean;
  /** Of the web app: the API answers other methods for it. */
  readonly isPage: boolean;
  /** What an honest GET of that path is answered with. */
  readonly status: number;
  /** A whole request with the attacker's token. */
  readonly whole: string;
  /** That request, or in every other round only its beginning, which the next person's request would complete. */
  readonly smuggled: string;
}

export interface Attack {
  readonly name: string;
  /** Several pieces are sent one after the other, with victims' requests between them. */
  readonly bytes: (to: Target) => string | readonly string[];
  readonly answers: (to: Target) => readonly number[];
  /** The connection is of no use any more: nobody knows where the next request would begin. */
  readonly closes: boolean | 'perhaps';
  /** The first answer is one to HEAD. */
  readonly toHead?: boolean;
  /** Says its last in the middle. */
  readonly leaves?: 'with an end' | 'with a reset';
}

type Bytes = Attack['bytes'];
type More = Pick<Attack, 'toHead' | 'leaves'>;

/** 400 once, and nothing after it. */
const refused = (name: string, bytes: Bytes, status = 400): Attack => ({
  name,
  bytes,
  answers: () => [status],
  closes: true,
});
/** One answer for each of its requests, in order, and the connection goes on. */
const answered = (name: string, bytes: Bytes, answers: Attack['answers'], more: More = {}): Attack => ({
  name,
  bytes,
  answers,
  closes: false,
  ...more,
});
/** One answer, after which the connection ends: what stands behind it is not looked at. */
const answeredLast = (name: string, bytes: Bytes, answers: Attack['answers'], more: More = {}): Attack => ({
  ...answered(name, bytes, answers, more),
  closes: true,
});

const same: Attack['answers'] = ({ status }) => [status];
const notAllowed: Attack['answers'] = () => [405];

const request = (method: string, to: Target, headers: readonly string[], body = ''): string =>
  `${method} ${to.path} HTTP/1.1\r\n${[`Host: ${to.host}`, ...headers].join('\r\n')}\r\n\r\n${body}`;
const post = (to: Target, headers: readonly string[], body = '') => request('POST', to, headers, body);
const get = (to: Target, headers: readonly string[], body = '') => request('GET', to, headers, body);

const size = (text: string) => text.length.toString(16);
const chunk = (text: string) => `${size(text)}\r\n${text}\r\n`;
const chunked = (text: string) => `${chunk(text)}0\r\n\r\n`;
const CHUNKED = 'Transfer-Encoding: chunked';
const length = (text: string | number) => `Content-Length: ${typeof text === 'number' ? text : text.length}`;

const BOTH_LENGTHS: Attack[] = [
  refused('CL.TE: the length covers what follows the last chunk', (to) => {
    const body = `0\r\n\r\n${to.smuggled}`;
    return post(to, [length(body), CHUNKED], body);
  }),
  refused('TE.CL: the length ends before the chunk does', (to) =>
    post(to, ['Content-Length: 4', CHUNKED], chunked(to.smuggled)),
  ),
  refused('CL.TE on GET', (to) => {
    const body = `0\r\n\r\n${to.smuggled}`;
    return get(to, [length(body), CHUNKED], body);
  }),
  refused('length and chunks that agree', (to) => {
    const body = chunked('{}');
    return post(to, [length(body), CHUNKED], body);
  }),
  refused('chunks first, a length of 0 behind them', (to) =>
    post(to, [CHUNKED, 'Content-Length: 0'], chunked(to.smuggled)),
  ),
];

const OBFUSCATIONS: [string, readonly string[]][] = [
  ['xchunked', ['Transfer-Encoding: xchunked']],
  ['chunked, identity', ['Transfer-Encoding: chunked, identity']],
  ['identity', ['Transfer-Encoding: identity']],
  ['quoted', ['Transfer-Encoding: "chunked"']],
  ['a space before the colon', ['Transfer-Encoding : chunked']],
  ['a tab before the colon', ['Transfer-Encoding\t: chunked']],
  ['on a folded line', ['Transfer-Encoding:\r\n chunked']],
  ['on a line folded with a bare line feed', ['Transfer-Encoding:\n chunked']],
  ['behind a vertical tab', ['Transfer-Encoding: \x0bchunked']],
  ['before a vertical tab', ['Transfer-Encoding: chunked\x0b']],
  ['before a NUL', ['Transfer-Encoding: chunked\x00']],
  ['with a parameter', ['Transfer-Encoding: chunked;q=1']],
  ['twice in one header', ['Transfer-Encoding: chunked, chunked, x']],
  ['a second header that is none of it', ['Transfer-Encoding: chunked', 'Transfer-Encoding: x']],
  ['a second header that says identity', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
  ['empty', ['Transfer-Encoding:']],
  ['a comma before it', ['Transfer-Encoding: , x']],
  ['within another encoding', ['Transfer-Encoding: gzip, chunked']],
  ['twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
  ['cut short', ['Transfer-Encoding: chunke']],
  ['with a high byte', ['Transfer-Encoding: \xffchunked']],
  ['behind a bare line feed', ['X: x\nTransfer-Encoding: chunked']],
  ['behind a bare carriage return', ['X: x\rTransfer-Encoding: chunked']],
  ['with a space before its name', [' Transfer-Encoding: chunked']],
];

const TE_TE: Attack[] = [
  ...OBFUSCATIONS.map(([how, headers]) => refused(`TE.TE: ${how}`, (to) => post(to, headers, chunked(to.smuggled)))),
  ...OBFUSCATIONS.map(([how, headers]) =>
    refused(`TE.TE beside a length: ${how}`, (to) => {
      const body = chunked(to.smuggled);
      return post(to, [length(body), ...headers], body);
    }),
  ),
  answered(
    'chunks in capital letters',
    (to) => post(to, ['TRANSFER-ENCODING: CHUNKED'], chunked(to.smuggled)),
    notAllowed,
  ),
  answered(
    'chunks with a tab and spaces before the word',
    (to) => post(to, ['Transfer-Encoding: \t chunked'], chunked(to.smuggled)),
    notAllowed,
  ),
  answeredLast(
    'chunks with a tab behind the word',
    (to) => post(to, ['Transfer-Encoding: chunked\t'], chunked(to.smuggled)),
    notAllowed,
  ),
  answered(
    'a name with an underscore is another name',
    (to) => post(to, ['Transfer_Encoding: chunked', length(to.smuggled)], to.smuggled),
    notAllowed,
  ),
];

const LENGTHS: [string, readonly string[]][] = [
  ['twice, the same', ['Content-Length: 5', 'Content-Length: 5']],
  ['twice, different', ['Content-Length: 0', 'Content-Length: 5']],
  ['a list', ['Content-Length: 5, 5']],
  ['a list of different ones', ['Content-Length: 0, 5']],
  ['with a plus', ['Content-Length: +5']],
  ['negative', ['Content-Length: -5']],
  ['hexadecimal', ['Content-Length: 0x5']],
  ['hexadecimal without saying so', ['Content-Length: a']],
  ['with an exponent', ['Content-Length: 5e0']],
  ['with a fraction', ['Content-Length: 5.0']],
  ['two numbers', ['Content-Length: 0 5']],
  ['empty', ['Content-Length:']],
  ['beyond 64 bits', ['Content-Length: 18446744073709551621']],
  ['far beyond', [`Content-Length: ${'9'.repeat(100)}`]],
  ['with a sign of grouping', ['Content-Length: 1_0']],
  ['in other digits', ['Content-Length: \xd9\xa5']],
  ['on a folded line', ['Content-Length:\r\n 5']],
  ['continued on a folded line', ['Content-Length: 0\r\n 5']],
  ['before a vertical tab', ['Content-Length: 5\x0b']],
  ['behind a NUL', ['Content-Length: \x005']],
  ['a space before the colon', ['Content-Length : 5']],
  ['quoted', ['Content-Length: "5"']],
];

const CONTENT_LENGTH: Attack[] = [
  ...LENGTHS.map(([how, headers]) => refused(`Content-Length: ${how}`, (to) => post(to, headers, `01234${to.whole}`))),
  answered(
    'Content-Length: spaces and zeros around it',
    (to) => post(to, [`Content-Length:  00${to.smuggled.length} `], to.smuggled),
    notAllowed,
  ),
  answered(
    'Content-Length: a name with an underscore is another name',
    (to) => post(to, ['Content_Length: 5', length(to.smuggled)], to.smuggled),
    notAllowed,
  ),
];

const ZERO: Attack[] = [
  answered('CL.0: a body for what takes none', (to) => post(to, [length(to.smuggled)], to.smuggled), notAllowed),
  answered(
    'CL.0: and another request behind it',
    (to) => [post(to, [length(to.smuggled)], to.smuggled), get(to, [])],
    (to) => [405, to.status],
  ),
  answered(
    'CL.0: a body for an address that does not exist',
    (to) => post({ ...to, path: '/api/nowhere' }, [length(to.smuggled)], to.smuggled),
    () => [415],
  ),
  answered(
    'CL.0: a form for sign-out, which reads none',
    (to) => post({ ...to, path: '/api/auth/logout' }, ['Content-Type: text/plain', length(to.smuggled)], to.smuggled),
    () => [415],
  ),
  answered(
    'CL.0: JSON for sign-out, which reads none',
    (to) => {
      const body = JSON.stringify(to.whole);
      return post({ ...to, path: '/api/auth/logout' }, ['Content-Type: application/json', length(body)], body);
    },
    () => [204],
  ),
  answered(
    '0.CL: Expect, and the body comes without waiting',
    (to) => post(to, ['Expect: 100-continue', length(to.smuggled)], to.smuggled),
    () => [100, 405],
  ),
  answered(
    '0.CL: Expect on GET with a body',
    (to) => get(to, ['Expect: 100-continue', length(to.smuggled)], to.smuggled),
    (to) => [100, to.status],
  ),
  answered(
    '0.CL: Expect with something before it',
    (to) => get(to, ['Expect: y 100-continue', length(to.smuggled)], to.smuggled),
    (to) => [100, to.status],
  ),
  answered(
    '0.CL: Expect that nobody knows',
    (to) => get(to, ['Expect: 200-ok', length(to.smuggled)], to.smuggled),
    (to) => [to.status],
  ),
  answered(
    '0.CL: Expect twice',
    (to) => get(to, ['Expect: 100-continue', 'Expect: x', length(to.smuggled)], to.smuggled),
    (to) => [100, to.status],
  ),
  refused('0.CL: Expect on a folded line', (to) =>
    get(to, ['Expect:\r\n 100-continue', length(to.smuggled)], to.smuggled),
  ),
  answered(
    '0.CL: Expect, waiting for leave, with the body in a second piece',
    (to) => [get(to, ['Expect: 100-continue', length(to.smuggled)]), to.smuggled],
    (to) => [100, to.status],
  ),
];

const BODIES: Attack[] = ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE'].flatMap((method) => {
  const toHead = method === 'HEAD';
  const answers: Attack['answers'] = (to) => {
    if (toHead || method === 'GET') return [to.status];
    return [method === 'OPTIONS' && !to.isPage ? 204 : 405];
  };
  const both: Attack['answers'] = (to) => [...answers(to), to.status];
  return [
    answered(
      `${method} with a length and a request for a body`,
      (to) => request(method, to, [length(to.smuggled)], to.smuggled),
      answers,
      { toHead },
    ),
    answered(
      `${method} in chunks with a request for a body`,
      (to) => request(method, to, [CHUNKED], chunked(to.smuggled)),
      answers,
      { toHead },
    ),
    answered(
      `${method} in chunks, then the next request of the same connection`,
      (to) => [request(method, to, [CHUNKED], chunked(to.smuggled)), get(to, [])],
      both,
      { toHead },
    ),
    {
      ...answered(
        `${method} whose chunks come in two pieces`,
        (to) => [request(method, to, [CHUNKED], chunk(to.smuggled)), '0\r\n\r\n'],
        answers,
        { toHead },
      ),
      // Where the page is there before the body is, its connection ends.
      closes: 'perhaps',
    },
  ];
});

const PIPELINED: Attack[] = [
  answered(
    'two honest requests at once',
    (to) => get(to, []) + to.whole,
    (to) => [to.status, 200],
  ),
  answered(
    'ten honest requests at once',
    (to) => (get(to, []) + to.whole).repeat(5),
    (to) => Array(5).fill([to.status, 200]).flat(),
  ),
  answered(
    'HEAD and GET at once',
    (to) => request('HEAD', to, []) + to.whole,
    (to) => [to.status, 200],
    { toHead: true },
  ),
  answered(
    'POST with a body and GET at once',
    (to) => post(to, [length(5)], '01234') + to.whole,
    () => [405, 200],
  ),
  answeredLast(
    'an honest request, and then none',
    (to) => `${get(to, [])}nonsense\r\n\r\n`,
    (to) => [to.status, 400],
  ),
];

/** Refused, but everybody agrees where such a request ends: what follows is one of the same sender. */
const unwelcome = (name: string, bytes: Bytes) => answered(name, bytes, () => [400, 200]);

const HOSTS: Attack[] = [
  unwelcome('two hosts', (to) => get(to, ['Host: evil.example'], to.whole)),
  unwelcome('two hosts, in capital letters', (to) => get(to, ['HOST: evil.example'], to.whole)),
  unwelcome('no host', (to) => `GET ${to.path} HTTP/1.1\r\nA: b\r\n\r\n${to.whole}`),
  ...[
    ['an empty host', () => ''],
    ['a host with two ports', (host: string) => `${host}:80`],
    ['a host with a port that is none', () => '127.0.0.1:@evil.example'],
    ['a host with a user', (host: string) => `evil@${host}`],
    ['a host with a path', (host: string) => `${host}/evil`],
    ['two hosts in one', (host: string) => `${host}, evil.example`],
    ['a host with a space', (host: string) => `${host} evil`],
    ['a host with markup', () => '"><script>'],
  ].map(([name, of]) =>
    unwelcome(name as string, (to) => get({ ...to, host: (of as (host: string) => string)(to.host) }, [], to.whole)),
  ),
  unwelcome('a second host behind two thousand other headers', (to) =>
    get(to, [...Array(2_100).fill('a:'), 'Host: evil.example'], to.whole),
  ),
  answered('a host of somebody else', (to) => get({ ...to, host: 'evil.example' }, []), same),
];

/** Nothing of the web app's is at the API's own address. */
const onlyInFront =
  (status: number): Attack['answers'] =>
  (to) => [to.isFront ? status : 404];

const TARGETS: Attack[] = [
  answered('absolute form', (to) => get({ ...to, path: `http://${to.host}${to.path}` }, []), same),
  answered(
    'absolute form with another host',
    (to) => get({ ...to, path: `http://evil.example${to.path}` }, []),
    () => [400],
  ),
  answered(
    'absolute form with a user',
    (to) => get({ ...to, path: `http://evil@${to.host}${to.path}` }, []),
    () => [400],
  ),
  answered('an address without a slash', (to) => get({ ...to, path: '*' }, []), onlyInFront(400)),
  answered(
    'OPTIONS for everything',
    (to) => request('OPTIONS', { ...to, path: '*' }, []),
    () => [404],
  ),
  answered('two slashes before another host', (to) => get({ ...to, path: '//evil.example/x' }, []), onlyInFront(308)),
  answered('a backslash before another host', (to) => get({ ...to, path: '/\\evil.example' }, []), onlyInFront(400)),
  answered('a fragment in the address', (to) => get({ ...to, path: `${to.path}#evil` }, []), same),
  answered(
    'a request within the address',
    (to) => get({ ...to, path: '/api/auth/me%20HTTP/1.1%0d%0aHost:%20evil.example%0d%0a%0d%0a' }, []),
    () => [404],
  ),
  answered(
    'a request within the query',
    (to) => get({ ...to, path: `${to.path}?x=%0d%0aHost:%20evil.example%0d%0a%0d%0aGET%20/` }, []),
    same,
  ),
];

/** To a route that reads its body, an empty object: which is refused for what is missing in it, and nothing else. */
const signIn = (to: Target, body: string, headers: readonly string[] = [CHUNKED]) =>
  post({ ...to, path: '/api/auth/login' }, ['Content-Type: application/json', ...headers], body);
const read: Attack['answers'] = () => [400];

const CHUNKS: Attack[] = [
  answered('a chunk with an extension', (to) => signIn(to, '2;a=b;c="d"\r\n{}\r\n0;e\r\n\r\n'), read),
  answered('a chunk size with zeros before it', (to) => signIn(to, '0000002\r\n{}\r\n000\r\n\r\n'), read),
  ...(
    [
      ['a chunk size beyond 64 bits', 'FFFFFFFFFFFFFFFF2'],
      ['a negative chunk size', '-2'],
      ['a chunk size with a plus', '+2'],
      ['a chunk size that says it is hexadecimal', '0x2'],
      ['an empty chunk size', ''],
      ['a chunk size that is none', 'g'],
      ['a chunk size with a space before it', ' 2'],
      ['a chunk size with a space behind it', '2 '],
      ['a chunk size with a NUL', '2\x00'],
      ['a chunk extension with a line feed', '2;a\nb'],
      ['a chunk extension with a carriage return', '2;a\rb'],
      ['a chunk extension with a NUL', '2;a\x00b'],
      ['a chunk extension of 20 kB', `2;a=${'b'.repeat(20_000)}`],
    ] as const
  ).map(([name, line]) => refused(name, (to) => signIn(to, `${line}\r\n{}\r\n0\r\n\r\n${to.whole}`))),
  refused('a chunk size that ends with a line feed', (to) => signIn(to, `2\n{}\r\n0\r\n\r\n${to.whole}`)),
  refused('a chunk extension that ends with a line feed', (to) => signIn(to, `2;\n{}\r\n0\r\n\r\n${to.whole}`)),
  refused('a chunk that ends with a line feed', (to) => signIn(to, `2\r\n{}\n0\r\n\r\n${to.whole}`)),
  refused('a chunk that ends with two line feeds', (to) => signIn(to, `2\r\n{}\n\n0\r\n\r\n${to.whole}`)),
  refused('a chunk that ends with other bytes', (to) => signIn(to, `2\r\n{}XX0\r\n\r\n${to.whole}`)),
  refused('a chunk longer than it says', (to) => signIn(to, `2\r\n{}}\r\n0\r\n\r\n${to.whole}`)),
  refused('a last chunk that ends with line feeds', (to) => signIn(to, `2\r\n{}\r\n0\n\n${to.whole}`)),
  answeredLast(
    'a bad chunk for what was answered before',
    (to) => post(to, [CHUNKED], `g\r\n{}\r\n0\r\n\r\n${to.whole}`),
    notAllowed,
  ),
];

const TRAILERS: Attack[] = [
  ...['Host: evil.example', 'X-Request-Id: smuggled-0002'].map((trailer) =>
    answered(
      `a trailer that counts for nothing: ${trailer}`,
      (to) => signIn(to, `2\r\n{}\r\n0\r\n${trailer}\r\n\r\n${to.whole}`),
      () => [400, 200],
    ),
  ),
  ...['Content-Length: 5', 'Transfer-Encoding: chunked'].map((trailer) =>
    refused(`a trailer that may be none: ${trailer}`, (to) =>
      signIn(to, `2\r\n{}\r\n0\r\n${trailer}\r\n\r\n${to.whole}`),
    ),
  ),
  answered(
    'a token in a trailer',
    (to) => get({ ...to, path: '/api/auth/me' }, [CHUNKED], `0\r\n${/Authorization: .*/.exec(to.whole)}\r\n\r\n`),
    () => [401],
  ),
  refused('a folded line in a trailer', (to) => signIn(to, `2\r\n{}\r\n0\r\nA: b\r\n c\r\n\r\n${to.whole}`)),
  refused('a trailer that is none', (to) => signIn(to, `2\r\n{}\r\n0\r\nabc\r\n\r\n${to.whole}`)),
];

const ENDS: Attack[] = [
  answeredLast('an end in the middle of a length', (to) => signIn(to, '{', [length(100)]), read, {
    leaves: 'with an end',
  }),
  answeredLast('an end in the middle of a chunk', (to) => signIn(to, '5\r\n{'), read, { leaves: 'with an end' }),
  answeredLast(
    'an end in the middle of the headers',
    (to) => `GET ${to.path} HTTP/1.1\r\nHost: ${to.host}\r\nA: `,
    read,
    { leaves: 'with an end' },
  ),
  answeredLast(
    'an end behind an honest request',
    (to) => get({ ...to, path: '/health/live' }, []),
    () => [200],
    { leaves: 'with an end' },
  ),
  answeredLast(
    'an end in the middle of a body that was answered before',
    (to) => post(to, [length(100)], to.smuggled.slice(0, 50)),
    notAllowed,
    { leaves: 'with an end' },
  ),
  answeredLast(
    'a reset in the middle of a length',
    (to) => signIn(to, '{', [length(100)]),
    () => [],
    { leaves: 'with a reset' },
  ),
  answeredLast(
    'a reset in the middle of a chunk',
    (to) => signIn(to, '5\r\n{'),
    () => [],
    { leaves: 'with a reset' },
  ),
  answeredLast(
    'a reset behind an honest request',
    (to) => get(to, []),
    () => [],
    { leaves: 'with a reset' },
  ),
  answered(
    'half a request, the rest of it in a second piece',
    (to) => [to.whole.slice(0, 30), to.whole.slice(30)],
    () => [200],
  ),
  answered(
    'half a request, and no more',
    (to) => to.whole.slice(0, 30),
    () => [],
  ),
  answered(
    'half a body, and no more',
    (to) => signIn(to, '{', [length(100)]),
    () => [],
  ),
];

const H2C = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'];
const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

const TUNNELS: Attack[] = [
  ...(
    [
      ['h2c', H2C],
      ['websocket', WEBSOCKET],
      ['something unheard of', ['Connection: upgrade', 'Upgrade: smuggle/1']],
    ] as const
  ).flatMap(([name, headers]) => [
    answeredLast(`Upgrade: ${name}`, (to) => get(to, headers), same),
    answeredLast(`Upgrade: ${name}, a request behind it`, (to) => get(to, headers, to.whole), same),
    answeredLast(
      `Upgrade: ${name}, half a request behind it`,
      (to) => [get(to, headers, to.whole.slice(0, 40)), to.whole.slice(40)],
      same,
    ),
    answeredLast(
      `Upgrade: ${name}, with a body`,
      (to) => post(to, [...headers, length(to.smuggled)], to.smuggled),
      notAllowed,
    ),
    answeredLast(
      `Upgrade: ${name}, with chunks`,
      (to) => post(to, [...headers, CHUNKED], chunked(to.smuggled)),
      notAllowed,
    ),
  ]),
  refused('CONNECT', (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`, 405),
  refused(
    'CONNECT with a request behind it',
    (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n${to.whole}`,
    405,
  ),
  refused(
    'CONNECT with a length',
    (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n${length(to.whole)}\r\n\r\n${to.whole}`,
    405,
  ),
  answeredLast(
    'CONNECT behind an honest request',
    (to) => `${get({ ...to, path: '/health/live' }, [])}CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`,
    () => [200, 405],
  ),
  answeredLast(
    'CONNECT and a reset',
    (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`,
    () => [],
    { leaves: 'with a reset' },
  ),
];

const HEADERS: Attack[] = [
  refused('headers of more than 16 kB', (to) => get(to, [`A: ${'b'.repeat(20_000)}`], to.whole), 431),
  refused('an address of more than 16 kB', (to) => get({ ...to, path: `/${'a'.repeat(20_000)}` }, [], to.whole), 431),
  refused('headers of a megabyte', (to) => get(to, Array(10_000).fill(`A: ${'b'.repeat(100)}`), to.whole), 431),
  answeredLast('HTTP/1.0', (to) => get(to, [], to.whole).replace('HTTP/1.1', 'HTTP/1.0'), same),
  answeredLast(
    'HTTP/1.0 without a host',
    (to) => `GET /health/live HTTP/1.0\r\n\r\n${to.whole}`,
    () => [200],
  ),
  {
    ...answered(
      'HTTP/1.0 that keeps its connection',
      (to) => get(to, ['Connection: keep-alive']).replace('HTTP/1.1', 'HTTP/1.0'),
      same,
    ),
    // The end of a page whose length is not known is the end of the connection.
    closes: 'perhaps',
  },
  refused('HTTP/1.0 in chunks', (to) =>
    get(to, ['Connection: keep-alive', CHUNKED], chunked(to.smuggled)).replace('HTTP/1.1', 'HTTP/1.0'),
  ),
  answered(
    'Connection that names headers of its own request',
    (to) => [
      to.whole.replace('\r\n\r\n', '\r\nConnection: keep-alive, Host, Cookie, Authorization, X-Request-Id\r\n\r\n'),
      get(to, ['Connection: Cookie, Authorization, X-Request-Id']),
    ],
    (to) => [200, to.status],
  ),
  answeredLast('Connection: close with a request behind it', (to) => get(to, ['Connection: close'], to.whole), same),
  answered(
    'cookies that nobody has set',
    (to) => get(to, ['Cookie: evil=1; zone=../evil; theme="><script>; mc_access=a b']),
    same,
  ),
  answered(
    'another host, as a proxy would name it',
    (to) =>
      get(to, [
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: https',
        'X-Forwarded-For: evil',
        'X-Forwarded-Port: 1',
        'X-Forwarded-Prefix: /evil',
        'Forwarded: host=evil.example',
        'X-Host: evil.example',
      ]),
    same,
  ),
  answered(
    'another method, as a header names it',
    (to) => get(to, ['X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: DELETE', 'X-Method-Override: DELETE']),
    same,
  ),
  answered(
    'another address, as a header names it',
    (to) =>
      get(to, [
        'X-Original-URL: /admin/jobs',
        'X-Rewrite-URL: /admin/jobs',
        'X-Matched-Path: /admin/jobs',
        'X-Page: /admin/jobs',
      ]),
    same,
  ),
  answered(
    "Next's own headers",
    (to) =>
      get(to, [
        'X-Middleware-Subrequest: src/proxy:src/proxy',
        'X-Middleware-Prefetch: 1',
        'X-Middleware-Invoke: 1',
        'X-Middleware-Rewrite: http://evil.example',
        'X-Middleware-Override-Headers: authorization',
        'X-Invoke-Path: /admin/jobs',
        'X-Invoke-Status: 500',
        'X-Invoke-Error: evil',
        'X-Invoke-Output: /evil',
        'X-Nextjs-Data: 1',
        'X-Now-Route-Matches: 1=evil',
        'X-Session: ended',
        `Next-Action: ${'a'.repeat(40)}`,
      ]),
    same,
  ),
  answered(
    'headers of one connection only',
    (to) =>
      get(to, [
        'Keep-Alive: timeout=1',
        'Proxy-Connection: keep-alive',
        'TE: trailers',
        'Trailer: Content-Length',
        'Max-Forwards: 0',
      ]),
    same,
  ),
];

export const ATTACKS: readonly Attack[] = [
  ...BOTH_LENGTHS,
  ...TE_TE,
  ...CONTENT_LENGTH,
  ...ZERO,
  ...BODIES,
  ...PIPELINED,
  refused('H2 on HTTP/1: the preface', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  refused(
    'H2 on HTTP/1: the preface and a frame',
    (to) => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00${to.whole}`,
  ),
  answeredLast(
    'H2 on HTTP/1: the preface behind a request',
    (to) => `${get(to, [])}PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    (to) => [to.status, 400],
  ),
  refused('H2 on HTTP/1: its version', (to) =>
    get(to, [length(to.smuggled)], to.smuggled).replace('HTTP/1.1', 'HTTP/2.0'),
  ),
  refused('H2 on HTTP/1: its pseudo headers', (to) => get(to, [':method: GET', ':path: /'], to.whole)),
  refused('a version of HTTP that does not exist', (to) => get(to, [], to.smuggled).replace('HTTP/1.1', 'HTTP/1.2')),
  refused('a version in small letters', (to) => get(to, [], to.smuggled).replace('HTTP/1.1', 'http/1.1')),
  refused('HTTP/0.9', (to) => `GET ${to.path}\r\n${to.smuggled}`),
  refused('bare line feeds', (to) => get(to, ['A: b'], to.whole).replaceAll('\r\n', '\n')),
  refused('a bare line feed after the request line', (to) => get(to, ['A: b'], to.whole).replace('\r\n', '\n')),
  refused('a bare line feed between headers', (to) => get(to, ['A: b\nC: d'], to.whole)),
  refused(
    'a bare line feed that ends the headers',
    (to) => `GET ${to.path} HTTP/1.1\r\nHost: ${to.host}\r\n\n${to.whole}`,
  ),
  refused('bare carriage returns', (to) => get(to, ['A: b'], to.whole).replaceAll('\r\n', '\r')),
  refused('a bare carriage return in a value', (to) => get(to, ['A: b\rC: d'], to.whole)),
  refused('a carriage return twice', (to) => get(to, ['A: b\r'], to.whole)),
  refused('a NUL in a value', (to) => get(to, ['A: b\x00c'], to.whole)),
  refused('a control character in a value', (to) => get(to, ['A: b\x01c'], to.whole)),
  refused('a folded line', (to) => get(to, ['A: b\r\n c'], to.whole)),
  refused(
    'a folded line right after the request line',
    (to) => `GET ${to.path} HTTP/1.1\r\n A: b\r\nHost: ${to.host}\r\n\r\n${to.whole}`,
  ),
  refused('a space in a name', (to) => get(to, ['A b: c'], to.whole)),
  refused('a NUL in a name', (to) => get(to, ['A\x00b: c'], to.whole)),
  refused('a control character in a name', (to) => get(to, ['A\x0bb: c'], to.whole)),
  refused('a bracket in a name', (to) => get(to, ['A(b): c'], to.whole)),
  refused('an empty name', (to) => get(to, [': c'], to.whole)),
  refused('no colon', (to) => get(to, ['Abc'], to.whole)),
  refused('an unknown method', (to) => request('SMUGGLE', to, [], to.whole)),
  refused('a method in small letters', (to) => request('get', to, [], to.whole)),
  refused('a space in the address', (to) => get({ ...to, path: `${to.path} x` }, [], to.whole)),
  refused('a NUL in the address', (to) => get({ ...to, path: `${to.path}\x00` }, [], to.whole)),
  ...HOSTS,
  ...TARGETS,
  ...CHUNKS,
  ...TRAILERS,
  ...ENDS,
  ...TUNNELS,
  ...HEADERS,
];
