import { describe, expect, it } from 'vitest';
import { SfCli, type Ran } from '../lib/sf.ts';
import { devHub, mustBeDevHub } from './dev-hub.ts';

/** Answers as the CLI does. */
class Answering extends SfCli {
  readonly asked: string[] = [];
  readonly answer: Ran;

  constructor(code: number, body: unknown) {
    super('/nowhere');
    this.answer = { code, stdout: JSON.stringify(body), stderr: '' };
  }

  override run(args: readonly string[]): Promise<Ran> {
    this.asked.push(args.join(' '));
    return Promise.resolve(this.answer);
  }
}

const configured = (value?: string) =>
  new Answering(0, { status: 0, result: [{ name: 'target-dev-hub', ...(value && { value }) }] });

describe('the Dev Hub', () => {
  it('is the one that is named, without asking', async () => {
    const sf = configured('hub');
    expect(await devHub(sf, 'other')).toBe('other');
    expect(sf.asked).toEqual([]);
  });

  it('is the CLI’s own otherwise', async () => {
    expect(await devHub(configured('hub'), undefined)).toBe('hub');
  });

  it.each([undefined, ''])('is asked for where the CLI has %j', async (value) => {
    await expect(devHub(configured(value), undefined)).rejects.toThrow(
      'A package is built in a Dev Hub, and the Salesforce CLI knows none. Sign in',
    );
  });
});

describe('an org', () => {
  it('that knows scratch orgs is a Dev Hub', async () => {
    const sf = new Answering(0, { status: 0, result: { totalSize: 0, records: [] } });
    await mustBeDevHub(sf, 'hub');
    expect(sf.asked).toEqual([
      'data query --query SELECT Id FROM ScratchOrgInfo LIMIT 1 --target-org hub --json',
    ]);
  });

  it.each([
    [
      'INVALID_TYPE',
      "\nSELECT Id FROM ScratchOrgInfo LIMIT 1\nsObject type 'ScratchOrgInfo' is not supported.",
      "hub is no Dev Hub that you may use (sObject type 'ScratchOrgInfo' is not supported.). Sign in",
    ],
    [
      'NamedOrgNotFoundError',
      'Parsing --target-org \n\tNo authorization information found for hub.\nSee more help with --help',
      'The Salesforce CLI is signed in to no org hub. Sign in',
    ],
  ])('that answers %s is none', async (name, message, said) => {
    await expect(mustBeDevHub(new Answering(1, { name, message }), 'hub')).rejects.toThrow(said);
  });
});
