/** An admin looks and matches before anything is written, in an org with 500 messy contacts. */
import { dirname } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CustomerRecord } from '../../../local/store/core/records.ts';
import { eventually } from '../eventually.ts';
import { flag, mustDeploy, record, set } from '../metadata.ts';
import type { RunningService } from '../service.ts';
import { emptyState } from '../support.ts';
import { openBrowser, type Browser } from './browser.ts';
import { LightningWorld, type Who } from './lightning-world.ts';
import { looksRight, settled } from './looks-right.ts';

const PATIENT = { timeout: 600_000 };
const CONTACTS = 500;
const STATUS = 'SELECT Message__c FROM Woo_Store_Status__c';

let at: LightningWorld;
let service: RunningService;
let browser: Browser;
/** Customers of the shop that one contact matches, two contacts, and none. */
let one: readonly CustomerRecord[];
let two: readonly CustomerRecord[];
let none: readonly CustomerRecord[];
/** Those that the tests decide of, by what becomes of them. */
let person: Record<
  'accepted' | 'moved' | 'raced' | 'chosen' | 'left' | 'anew' | 'unclear',
  CustomerRecord
>;
/** The key of another record of the store, which somebody writes meanwhile. */
const OTHER = 'main:99999';

beforeAll(async () => {
  [at, browser] = await Promise.all([LightningWorld.unloaded(60), openBrowser()]);
  const { org, storeUrl, env } = at.world;
  mustDeploy(
    org,
    record(
      'Woo_Store.Main_Store',
      set('URL__c', storeUrl),
      set('Route__c', 'direct'),
      set('Service_URL__c', env['PUBLIC_URL'] ?? ''),
      flag('Load_When_Told__c', true),
    ),
  );
  await makeMess();
  service = await at.world.startService();
  await service.waitForLog(({ msg }) => msg.startsWith('the first backfill waits'));
  await eventually(async () => {
    const status = await at.world.orgRow(STATUS);
    expect(status?.['Message__c']).toMatch(/^Nothing is written yet/);
  });
});

afterAll(async () => {
  await browser.close();
  await at.close();
});

async function makeMess(): Promise<void> {
  const all = at.world.store.shop.customers.all().map((entry) => entry.read());
  const customers = [...all].filter(({ role, email }) => role === 'customer' && email !== '');
  const third = (rest: number) => customers.filter((_, index) => index % 3 === rest);
  [one, two, none] = [third(0), third(1), third(2)];
  const [accepted, moved, raced] = one as [CustomerRecord, CustomerRecord, CustomerRecord];
  const [chosen, left, anew, unclear] = two as [
    ...[CustomerRecord, CustomerRecord, CustomerRecord, CustomerRecord],
  ];
  person = { accepted, moved, raced, chosen, left, anew, unclear };
  const matching = [...one, ...two, ...two].map(({ email }, index) => ({
    LastName: `Match ${index}`,
    Email: index % 2 === 0 ? email : email.toUpperCase(),
  }));
  const others = Array.from({ length: CONTACTS - matching.length }, (_, index) => ({
    LastName: `Øther ${index} 日本`,
    Email: index % 5 === 0 ? null : `o${index}@old.example`,
  }));
  const saved = await at.world.admin.sobject('Contact').create([...matching, ...others], {
    allowRecursive: true,
    headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' },
  });
  expect(saved.filter(({ success }) => !success)).toEqual([]);
}

async function count(from: string): Promise<number> {
  return (await at.world.admin.query(`SELECT COUNT() FROM ${from}`)).totalSize;
}

/** The row of a customer's contact. */
const rowOf = (page: Page, { id }: CustomerRecord) =>
  page.locator('c-woo-match-row').filter({ hasText: `main:${id} · Customers as Contacts` });

async function found(page: Page): Promise<void> {
  await page.goto(`${await at.as('admin')}/lightning/n/Woo_Matches`);
  await page.getByRole('button', { name: 'Find matches' }).click();
  await page.getByRole('button', { name: 'Accept all that are clear' }).waitFor(PATIENT);
  await expect
    .poll(() => page.getByRole('button', { name: 'Stop', exact: true }).count(), PATIENT)
    .toBe(0);
  await settled(page);
}

async function show(page: Page, filter: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'Show' }).click();
  await page.getByRole('option', { name: filter }).click();
  await settled(page);
}

/** Takes a decision of the menu of a row. */
async function choose(row: Locator, item: string): Promise<void> {
  await row.getByRole('button', { name: /^More decisions/ }).click();
  await row.page().getByRole('menuitem', { name: item }).click();
}

const keyed = ({ id }: CustomerRecord) => count(`Contact WHERE Woo_Key__c = 'main:${id}'`);

describe('before the first load', () => {
  it('a customer is accepted, given another contact, left out, or made anew', async () => {
    await browser.visit(async (page) => {
      await found(page);
      await page.getByText('Nothing is written yet').waitFor();
      await show(page, /^Needs a decision/);
      const chosen = rowOf(page, person.chosen);
      await chosen
        .getByRole('button', { name: /^Choose: Match/ })
        .first()
        .click();
      await chosen.waitFor({ state: 'detached' });
      await choose(rowOf(page, person.left), 'Leave out');
      await rowOf(page, person.left).waitFor({ state: 'detached' });
      await choose(rowOf(page, person.anew), 'Create a new record');
      await rowOf(page, person.anew).waitFor({ state: 'detached' });
      await show(page, /^One record matches/);
      await rowOf(page, person.accepted)
        .getByRole('button', { name: /^Accept:/ })
        .click();
      await rowOf(page, person.accepted).waitFor({ state: 'detached' });
      const moved = rowOf(page, person.moved);
      await choose(moved, 'Choose another record');
      await moved.getByRole('searchbox', { name: 'Name of the record' }).fill('ther 77');
      await moved.getByRole('button', { name: /^Øther 77 日本/ }).click();
      await moved.waitFor({ state: 'detached' });
    });
    expect(await keyed(person.accepted)).toBe(1);
    const moved = `LastName = 'Øther 77 日本' AND Woo_Key__c = 'main:${person.moved.id}'`;
    expect(await count(`Contact WHERE ${moved}`)).toBe(1);
    expect(await count('Woo_Match__c')).toBe(2);
  });

  it('all that are clear are accepted at once, and a key written meanwhile is never overwritten', async () => {
    await browser.visit(async (page) => {
      await found(page);
      const [contact] = await at.world.admin
        .sobject('Contact')
        .find({ LastName: `Match ${one.indexOf(person.raced)}` }, ['Id'])
        .execute();
      const Id = String(contact?.Id);
      await at.world.admin.sobject('Contact').update({ Id, Woo_Key__c: OTHER });
      await page.getByRole('button', { name: 'Accept all that are clear' }).click();
      await page.getByRole('button', { name: 'OK' }).click();
      await page.getByText('1 decisions could not be kept').waitFor(PATIENT);
      await show(page, /^Failed/);
      await rowOf(page, person.raced).getByText(`belongs to ${OTHER} of this store`).waitFor();
      await looksRight(page, 'matches-desktop');
    });
    expect(await keyed(person.raced)).toBe(0);
    expect(await count("Contact WHERE Woo_Key__c LIKE 'main:%'")).toBe(one.length + 1);
  });

  it('decisions survive a lost state, and fit a phone', async () => {
    await service.stop();
    const DATA_DIR = emptyState(dirname(String(at.world.env['DATA_DIR'])));
    service = await at.world.startService({ DATA_DIR });
    await browser.visit(
      async (page) => {
        await found(page);
        await show(page, /^Left out/);
        await rowOf(page, person.left).waitFor();
        await show(page, /^Needs a decision/);
        expect(await page.locator('c-woo-match-row').count()).toBe(two.length - 3);
        await looksRight(page, 'matches-phone');
      },
      { viewport: 'phone' },
    );
  });

  it('what the page has asked, and what was decided, is seen by no seller', async () => {
    const seen = async (who: Who, object: string) => {
      const query = `query Seen { uiapi { query { ${object}(first: 50) { edges { node { Id } } } } } }`;
      const answer = await fetch(`${await at.as(who)}/services/data/v66.0/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return answer.text();
    };
    const command = await at.find("SELECT Id FROM Woo_Command__c WHERE Type__c = 'list_matches'");
    expect(await seen('admin', 'Woo_Command__c')).toContain(command);
    const mine = await seen('buyer', 'Woo_Command__c');
    expect(JSON.parse(mine)).toMatchObject({
      data: { uiapi: { query: { Woo_Command__c: { edges: [] } } } },
    });
    expect(await seen('buyer', 'Woo_Match__c')).not.toMatch(/"Id"/);
  });

  it('nothing is written until the backfill is given, which follows the decisions', async () => {
    expect([await count('Woo_Order__c'), at.world.store.webhooks.all.size]).toEqual([0, 0]);
    expect(await count('Contact')).toBe(CONTACTS);
    const fields = { Type__c: 'backfill', State__c: 'waiting' };
    await at.world.admin.sobject('Woo_Command__c').create(fields);
    await service.waitForLog(({ msg }) => msg === 'first backfill is done');
    const contacts = ({ email }: CustomerRecord) => count(`Contact WHERE Email = '${email}'`);
    const { chosen, left, anew, unclear } = person;
    const found = [chosen, left, anew, unclear];
    expect(await Promise.all(found.map(keyed)), 'leave out and unclear').toEqual([1, 0, 1, 0]);
    expect(await Promise.all(found.map(contacts)), 'one was made').toEqual([2, 2, 3, 2]);
    expect(await keyed(none[0] as CustomerRecord)).toBe(1);
    expect(await count('Woo_Order__c')).toBeGreaterThan(0);
  });
});
