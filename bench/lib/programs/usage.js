// Preloaded into a measured program (node --import): writes what the process has used when it ends.
import { writeFileSync } from 'node:fs';

const file = process.env['BENCH_USAGE_FILE'];

if (file !== undefined) {
  process.once('exit', () => {
    writeFileSync(file, JSON.stringify(process.resourceUsage()));
  });
}
