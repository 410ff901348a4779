import { runBackupCommand } from './operations/backup/backup-commands.js';
import { loadEnv } from './platform/config/env.js';
import { runMain } from './platform/process/run-main.js';

await runMain(async () => {
  // On standard error, since the result may be piped. It overwrites itself, which is useless in a log.
  const note = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);
  const result = await runBackupCommand(loadEnv(), process.argv.slice(2), note);
  note('');
  console.log(result);
});
// The migration engine leaves the timer of its ten-second lock running, and the process would wait for it.
process.exit();
