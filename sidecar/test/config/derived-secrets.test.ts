import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DerivedSecrets } from '../../src/config/derived-secrets.ts';
import { Secret } from '../../src/lib/secret.ts';

const one = new Secret('1'.repeat(32));
const two = new Secret('2'.repeat(32));

describe('the secret of a webhook', () => {
  it('is the same each time, of letters and digits, and as long as WooCommerce keeps', () => {
    const { current, old } = new DerivedSecrets(one, null).webhook('main');
    expect(current.reveal()).toBe(new DerivedSecrets(one, null).webhook('main').current.reveal());
    expect(current.reveal()).toMatch(/^[0-9a-z]{64}$/);
    expect(old).toBeNull();
  });

  it('differs by store and by secret, and so does its fingerprint', () => {
    const all = [one, two].flatMap((secret) =>
      ['main', 'second'].map((store) => new DerivedSecrets(secret, null).webhook(store)),
    );
    expect(new Set(all.map(({ current }) => current.reveal())).size).toBe(4);
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  });

  it('survives a change of SIDECAR_SECRET as the old one', () => {
    const before = new DerivedSecrets(one, null).webhook('main');
    const after = new DerivedSecrets(two, one).webhook('main');
    expect(after.old?.reveal()).toBe(before.current.reveal());
    expect(after.current.reveal()).not.toBe(before.current.reveal());
    expect(after.fingerprint).toBe(new DerivedSecrets(two, null).webhook('main').fingerprint);
  });

  it('is told by nothing but itself', () => {
    const secrets = new DerivedSecrets(one, two);
    const { current, fingerprint } = secrets.webhook('main');
    expect(fingerprint).toMatch(/^[0-9a-z]{8}$/);
    expect(current.reveal()).not.toContain(fingerprint);
    const shown = inspect([secrets, secrets.webhook('main')], { depth: 10, showHidden: true });
    expect(shown).not.toContain(current.reveal());
    expect(shown).not.toContain('1111');
  });
});

describe('the token of outbound messages', () => {
  const token = (current: Secret, old: Secret | null = null) =>
    new DerivedSecrets(current, old).outboundToken();

  it('is 64 hexadecimal digits that follow from the secret alone', () => {
    expect(token(one).current.reveal()).toMatch(/^[0-9a-f]{64}$/);
    expect(token(one).current.reveal()).toBe(token(one, two).current.reveal());
    expect(token(one).current.reveal()).not.toBe(token(two).current.reveal());
    expect(token(one).old).toBeNull();
    expect(token(two, one).old?.reveal()).toBe(token(one).current.reveal());
  });

  it('is told by nothing but itself', () => {
    const shown = inspect([token(one), new DerivedSecrets(one, two).imageLinks()], { depth: 10 });
    expect(shown).not.toMatch(/[0-9a-f]{16}|1111/);
  });
});
