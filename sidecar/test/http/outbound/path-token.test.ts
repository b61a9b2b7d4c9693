import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DerivedSecrets } from '../../../src/config/derived-secrets.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { envelope, one, product } from '../../salesforce/support/envelopes.ts';
import { secrets } from '../support/server.ts';
import {
  engine,
  server,
  warned,
  current,
  old,
  headers,
  send,
  messages,
  notifications,
  isAck,
  openServer,
  closeServer,
} from '../support/outbound-server.ts';

beforeEach(() => openServer());
afterEach(closeServer);

describe('fault 8: a message', () => {
  const foreign = envelope(product(one)).replaceAll('00Dxx0000000001', '00Dxx0000000002');

  it('from another org is refused, told once, and nothing is stored', async () => {
    expect((await send(foreign)).status).toBe(403);
    expect((await send(foreign)).status).toBe(403);
    expect(engine.edited).toEqual([]);
    expect(await messages()).toEqual({ foreign_org: 2 });
    expect(await notifications()).toEqual({});
    expect(warned).toEqual([
      { organizationId: '00Dxx0000000002EAA', actionId: '04kxx0000000001AAA' },
    ]);
  });

  it.each([
    ['00Dxx0000000001EAA', '00Dxx0000000001EAA'],
    ['00Dxx0000000001', '00Dxx0000000001EAA'],
    ['00Dxx0000000001EAA', '00Dxx0000000001'],
  ])('from the org that we know as %s may call it %s', async (known, said) => {
    engine.organizationId = known;
    await isAck(await send(envelope(product(one)).replace('00Dxx0000000001EAA', said)));
  });

  it('from an org whose id differs in a capital is refused', async () => {
    expect((await send(envelope(product(one)).replace('00Dxx', '00DxX'))).status).toBe(403);
  });

  it.each([
    [
      'of another secret',
      new DerivedSecrets(new Secret('x'.repeat(32)), null).outboundToken().current.reveal(),
    ],
    ['in capitals', current.reveal().toUpperCase()],
    ['cut short', current.reveal().slice(0, -1)],
    ['that is longer', `${current.reveal()}0`],
    ['encoded', `%${current.reveal().charCodeAt(0).toString(16)}${current.reveal().slice(1)}0`],
    ['that is very long', '0'.repeat(1000)],
    ['of a webhook', secrets.webhook('main').current.reveal()],
    ['of zeros', '0'.repeat(64)],
  ])('with a token %s is answered as an unknown path is', async (_what, token) => {
    const response = await send(envelope(product(one)), token);
    const unknown = await fetch(`${server.url}/no/such/path`, {
      method: 'POST',
      body: 'x',
      headers,
    });
    expect(response.status).toBe(404);
    const body = (await response.text()).replace(/POST:\S+/, 'POST:');
    expect(body).toBe((await unknown.text()).replace(/POST:\S+/, 'POST:'));
    expect(namesOf(response)).toEqual(namesOf(unknown));
    expect(engine.edited).toEqual([]);
  });

  it('with a wrong token is counted', async () => {
    await send('', '0'.repeat(64));
    await send('', 'x');
    expect(await messages()).toEqual({ unknown_token: 2 });
  });

  it('with the token of the secret before the last change is taken', async () => {
    await isAck(await send(envelope(product(one)), old?.reveal()));
  });

  it('cannot be asked for', async () => {
    const url = `${server.url}/salesforce/outbound/${current.reveal()}`;
    expect((await fetch(url)).status).toBe(404);
  });
});

function namesOf({ headers: found }: Response): string[] {
  return [...found.keys()];
}
