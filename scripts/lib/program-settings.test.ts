import { describe, expect, it } from 'vitest';

import { readSettings } from './demo/demo-settings.ts';
import { readDevSettings } from './dev/dev-settings.ts';
import { programPorts } from './program-settings.ts';

describe('the options of the demo', () => {
  it('have ports of one range, each its own, unless others are given', () => {
    const { orgPort, storePort, lightningPort, repPort, secondStorePort } = readSettings([]) ?? {};
    const ports = [orgPort, storePort, lightningPort, secondStorePort, repPort];
    expect(ports).toEqual([8090, 8095, 8096, 8097, 8098]);
    expect(readSettings(['--second-store-port', '9001'])).toMatchObject({ secondStorePort: 9001 });
  });

  it('are refused by name', () => {
    expect(() => readSettings(['--second-store-port', 'any'])).toThrow(
      '--second-store-port is "any"',
    );
  });
});

describe('the options of npm run dev', () => {
  it('are those of the programs, with fewer orders', () => {
    const settings = readDevSettings(['--org-port', '9001']);
    expect(settings).toMatchObject({ orders: 100, orgPort: 9001, storePort: 8095, port: 3000 });
    expect(readDevSettings(['--help'])).toBeUndefined();
  });

  it('are refused by the name of the option whose port is taken', () => {
    const settings = readDevSettings([]);
    expect(settings && programPorts(settings)).toEqual({
      '--org-port': 8090,
      '--store-port': 8095,
      '--lightning-port': 8096,
      '--rep-port': 8098,
      '--port': 3000,
    });
  });
});
