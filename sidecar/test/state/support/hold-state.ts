/** Opens the state in a directory, saves one link, says so and stays: for tests that kill it. */
import { openState } from '../../../src/state/state.ts';
import type { SavedLink } from '../../../src/state/state.ts';

const [path = '', link = ''] = process.argv.slice(2);
const parsed = JSON.parse(link) as SavedLink;
const state = await openState({ kind: 'directory', path });
await state.didWrite([parsed], []);
process.stdout.write('saved\n');
setInterval(() => undefined, 60_000);
