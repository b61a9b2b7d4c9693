import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import { AdminSession } from './admin-session.ts';
import { mustBeUser, shopAddress } from './install.ts';

describe('the address of a shop', () => {
  it.each([
    ['https://shop.example.com', 'https://shop.example.com'],
    [' https://shop.example.com/de/ ', 'https://shop.example.com/de'],
    ['http://127.0.0.1:8095/', 'http://127.0.0.1:8095'],
  ])('%j is kept as %s', (text, kept) => {
    expect(shopAddress(text)).toBe(kept);
  });

  it.each([
    ['http://shop.example.com', 'it begins with https://'],
    ['shop.example.com', 'it begins with https://'],
    ['https://jane:pa55word@shop.example.com', 'holds a user, a password'],
    ['jane:pa55word@shop.example.com', 'it begins with https://'],
    ['https://shop.example.com/?key=pa55word', 'a query or a hash'],
    ['https://shop.example.com/de/wp-json', 'the shop itself, https://shop.example.com/de.'],
    ['https://shop.example.com/wp-json/wc/v3/', 'the shop itself, https://shop.example.com.'],
  ])('%s is refused', (text, reason) => {
    const refused = () => shopAddress(text);
    expect(refused).toThrow(reason);
    expect(refused).not.toThrow('pa55word');
  });
});

describe('the user of the sync', () => {
  const org = createOrg();
  let session: AdminSession;
  beforeAll(async () => {
    session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
  });
  afterAll(() => org.close());

  it('is looked for before anything is deployed', async () => {
    await mustBeUser(session, org.integrationUsername);
    const wrong = "o'brien@example.com";
    await expect(mustBeUser(session, wrong)).rejects.toThrow(`The user ${wrong} is not there`);
    org.data.db.run('UPDATE User SET IsActive = 0 WHERE Username = ?', org.integrationUsername);
    await expect(mustBeUser(session, org.integrationUsername)).rejects.toThrow('is not active');
  });
});
