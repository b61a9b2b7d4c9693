import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endCommands, startCommand } from '../../test/command.ts';
import { createStore } from '../store.ts';

const script = join(import.meta.dirname, '..', 'main.ts');
const start = (...args: string[]) => startCommand(script, args);

afterEach(endCommands);

describe('npm run store', () => {
  it('says how to reach it, answers, and stops when asked to, whoever is connected', async () => {
    const { child, ended, output } = start('--port', '0', '--orders', '5', '--profile', 'bench');
    await expect.poll(output).toContain('Ctrl-C stops it.');
    expect(output()).toMatch(/consumer key +ck_\w{40}\n +consumer secret +cs_\w{40}/);
    expect(output()).toMatch(/application user +admin\n +application password +(\w{4} ){5}\w{4} /);
    const url = /with 5 orders: (\S+)/.exec(output())?.[1] ?? '';
    const kept = await fetch(`${url}/local/totals`, { headers: { connection: 'keep-alive' } });
    expect(await kept.json()).toMatchObject({ orders: { count: 5 } });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('refuses a port that is taken', async () => {
    const store = createStore({ orders: 0 });
    const { port } = new URL(await store.listen(0));
    const { ended, output } = start('--port', port);
    expect(await ended).toBe(1);
    expect(output()).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
    await store.close();
  });

  it.each([
    [['--orders', 'many'], '--orders is "many": give a whole number from 0 to 1000000.'],
    [['--profile', 'odd'], '--profile is "odd": use mixed or bench.'],
    [['--time-zone', 'Mars/Base'], 'The time zone "Mars/Base" is unknown'],
    [['--site-url', 'shop.example'], '--site-url is "shop.example"'],
    [['--allow-host', 'http://x'], '--allow-host is "http://x": give a host such as 127.0.0.1'],
    [['--ordres', '1'], '--help lists the options.'],
  ])('refuses %j', async (args, message) => {
    const { ended, output } = start(...args);
    expect(await ended).toBe(1);
    expect(output()).toContain(message);
  });
});
