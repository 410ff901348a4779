// Takes mails on port 1025 and says on port 8025 how many, as Mailpit does.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

let total = 0;
const REPLIES = { EHLO: '250 mail', HELO: '250 mail', DATA: '354 go on', QUIT: '221 bye' };

createServer((socket) => {
  let isMessage = false;
  socket.on('error', () => {}); // a client that hangs up
  socket.write('220 mail\r\n');
  createInterface({ input: socket }).on('line', (line) => {
    if (isMessage) {
      if (line !== '.') return;
      isMessage = false;
      total++;
      socket.write('250 kept\r\n');
      return;
    }
    const command = line.slice(0, 4).toUpperCase();
    isMessage = command === 'DATA';
    socket.write(`${REPLIES[command] ?? '250 ok'}\r\n`);
    if (command === 'QUIT') socket.end();
  });
}).listen(1025);

createHttpServer((_request, response) => response.end(JSON.stringify({ total }))).listen(8025);
