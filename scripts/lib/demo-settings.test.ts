import { describe, expect, it } from 'vitest';

import { readSettings } from './demo/demo-settings.ts';

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
