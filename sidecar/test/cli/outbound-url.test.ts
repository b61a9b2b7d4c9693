import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { runOutboundUrl } from '../../src/cli/outbound-url.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { DerivedSecrets } from '../../src/config/derived-secrets.ts';
import { Secret } from '../../src/lib/secret.ts';

const secret = 's3cret'.repeat(6);
const token = new DerivedSecrets(new Secret(secret), null).outboundToken().current.reveal();

async function run(env: NodeJS.ProcessEnv): Promise<{ out: string; err: string }> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  runOutboundUrl(env, out, err);
  out.end();
  err.end();
  return { out: await text(out), err: await text(err) };
}

describe('the address for outbound messages', () => {
  it('is printed alone, and beside it that it is a secret', async () => {
    const env = { PUBLIC_URL: ' https://example.com/sync/ ', SIDECAR_SECRET: secret };
    const { out, err } = await run({ ...env, SIDECAR_SECRET_OLD: 'o'.repeat(32) });
    expect(out).toBe(`https://example.com/sync/salesforce/outbound/${token}\n`);
    expect(err).toMatch(/secret/);
    expect(err).not.toContain(token);
  });

  it.each([
    [['PUBLIC_URL is not set', 'SIDECAR_SECRET is not set'], {}],
    [['SIDECAR_SECRET is not set'], { PUBLIC_URL: 'https://example.com', SIDECAR_SECRET: ' ' }],
    [
      ['PUBLIC_URL must begin with https'],
      { PUBLIC_URL: 'http://a.example', SIDECAR_SECRET: secret },
    ],
    [['SIDECAR_SECRET is shorter'], { PUBLIC_URL: 'https://a.example', SIDECAR_SECRET: 's3cret' }],
  ])('is not told: %j', (said, env) => {
    const failed = (() => {
      try {
        runOutboundUrl(env, new PassThrough(), new PassThrough());
        return null;
      } catch (error) {
        return error;
      }
    })();
    if (!(failed instanceof CodedError)) throw new Error('It did not fail as it should.');
    expect(failed.code).toBe('CONFIG_INVALID');
    for (const one of said) expect(failed.message).toContain(one);
    expect(failed.message).not.toContain('s3cret');
  });
});
