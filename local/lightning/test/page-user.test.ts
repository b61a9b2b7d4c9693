import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startListening, stopListening } from '../../shared/listener.ts';
import { send } from '../server/answer.ts';
import { OrgClient } from '../server/org-client.ts';
import { RequestCounts } from '../server/request-counts.ts';
import { Routes } from '../server/routes.ts';
import { fixture } from './fixture.ts';

type Answers = Readonly<Record<string, unknown>>;

const servers: Server[] = [];
const identity: Answers = {
  '/services/oauth2/userinfo': { user_id: '005000000000001AAA', name: 'Rita Rep' },
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map(stopListening));
});

function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return startListening(server, 0, '127.0.0.1');
}

/** An org that answers these addresses and no other: its user may read no object. */
const orgThatTells = (answers: Answers): Promise<string> =>
  served(({ url = '' }, response) => {
    const isKnown = url in answers;
    response.statusCode = isKnown ? 200 : 404;
    response.end(JSON.stringify(isKnown ? answers[url] : [{ errorCode: 'NOT_FOUND' }]));
  });

/** A host of the org, and what it reports. */
async function hostOf(answers: Answers) {
  const reported: string[] = [];
  const routes = new Routes({
    project: fixture(),
    org: new OrgClient(await orgThatTells(answers), 'token'),
    build: () => Promise.reject(new Error('settings need no build')),
    cacheFolder: '',
    counts: new RequestCounts(),
    report: (line) => reported.push(line),
    defaults: { language: 'en_US', timeZone: 'UTC', currency: 'USD' },
  });
  const host = await served((request, response) => {
    void routes.answer(request).then((answer) => {
      send(response, answer);
    });
  });
  return { host, reported };
}

/** What a page is told of its user, and what the host reports. */
async function pageUser(answers: Answers) {
  const { host, reported } = await hostOf(answers);
  const script = await (await fetch(`${host}/host/settings.js`)).text();
  const [, settings = ''] = /^globalThis\.\w+ = (.+);$/m.exec(script) ?? [];
  const { userId, userName, customPermissions } = JSON.parse(settings) as Answers;
  return { user: { userId, userName, customPermissions }, reported };
}

test('a page knows its user and the custom permissions, though the user may read no object', async () => {
  const answers = { ...identity, '/local/custom-permissions': ['May_Run'] };
  expect(await pageUser(answers)).toEqual({
    user: {
      userId: '005000000000001AAA',
      userName: 'Rita Rep',
      customPermissions: ['May_Run'],
    },
    reported: [],
  });
});

test('an org that tells no custom permissions is reported, and the user still has a name', async () => {
  const { user, reported } = await pageUser(identity);
  expect(user).toMatchObject({ userName: 'Rita Rep', customPermissions: [] });
  expect(reported).toEqual([expect.stringContaining('404 to /local/custom-permissions')]);
});

test('a page says why tabs and rights are missing that the org did not tell', async () => {
  const { host } = await hostOf({});
  const { pageTabs, unread } = (await (await fetch(`${host}/host/pages`)).json()) as Answers;
  expect(pageTabs).toEqual({});
  expect(unread).toEqual(
    expect.arrayContaining([expect.stringContaining('The org answered 404 to /local/tabs')]),
  );
  const settings = await (await fetch(`${host}/host/settings.js`)).text();
  expect(settings).toMatch(/"unread":\[.*The org answered 404 to \/local\/custom-permissions/);
});

test.each([
  [['Things_Board', 'Thing__c'], ['Things_Board']],
  [['Thing__c'], []],
])('tabs of Lightning pages are those of the user: %j', async (tabs, shown) => {
  const { host } = await hostOf({ '/local/tabs': tabs });
  const { pageTabs } = (await (await fetch(`${host}/host/pages`)).json()) as Answers;
  expect(Object.keys(pageTabs as object)).toEqual(shown);
});

test.each([
  ['en_US', 'Paint'],
  ['ja', '塗る'],
])('in %s an action is named %s', async (language, label) => {
  const { host } = await hostOf({ '/local/tabs': [] });
  const answer = await fetch(`${host}/host/pages?language=${language}`);
  const { objects } = (await answer.json()) as Answers;
  expect(objects).toMatchObject({ Thing__c: { actions: [{ name: 'Thing__c.Paint', label }] } });
});
