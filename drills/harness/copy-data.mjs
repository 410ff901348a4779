// Patroni calls it to create a replica: --datadir=… --connstring='host=… port=… …' of the leader, on this machine.
// `npm run drill` builds the tools.
import { copyData } from '../../tools/dist/src/testing/standby.js';

const argument = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
const [, port] = /port='?(\d+)/.exec(argument('connstring')) ?? [];
await copyData(`postgresql://postgres:secret@127.0.0.1:${port}/postgres`, argument('datadir'));
