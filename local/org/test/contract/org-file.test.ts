import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { toId18 } from '../../model/ids.ts';
import { createOrg } from '../../org.ts';
import { HttpOrg } from './http-org.ts';
import { statement } from './statement.ts';

/** Runs in a folder that is deleted afterwards. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

statement(
  'The file of an org that was stopped can be copied: an org that starts from the copy has its metadata, records, ids and rights, and tokens, client id and secret of its own.',
  () =>
    inFolder(async (folder) => {
      const [file, copy] = [join(folder, 'org.sqlite'), join(folder, 'copy.sqlite')];
      const first = await HttpOrg.start({ file });
      const order = await first.create('Woo_Order__c', { Name: 'A', Woo_Key__c: 'main:1' });
      const id = first.org.sessions.organizationId();
      await first.close();
      copyFileSync(file, copy);

      const second = createOrg({ file: copy, clientId: 'app', clientSecret: 'secret' });
      const url = await second.listen(0);
      const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: 'secret' };
      const body = new URLSearchParams(form);
      const signedIn = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body });
      expect(await signedIn.json()).toMatchObject({ token_type: 'Bearer', instance_url: url });
      expect(second.sessions.organizationId()).toBe(id);
      const read = await fetch(
        `${url}/services/data/v66.0/sobjects/Woo_Order__c/Woo_Key__c/main:1?fields=Id,Name`,
        { headers: { authorization: `Bearer ${second.adminToken}` } },
      );
      expect(await read.json()).toMatchObject({ Id: order, Name: 'A' });
      await second.close();
    }),
);

statement(
  'Each org has an id of its own, which its file keeps: a state of the service that belongs to another org is told from it (`STATE_OTHER_ORG`).',
  () =>
    inFolder(async (folder) => {
      const idOf = async (file?: string): Promise<string> => {
        const org = createOrg(file === undefined ? {} : { file: join(folder, file) });
        const id = org.sessions.organizationId();
        await org.close();
        return id;
      };
      const first = await idOf('org.sqlite');
      expect(first).toMatch(/^00D\w{15}$/);
      expect(toId18(first)).toBe(first);
      expect(await idOf('org.sqlite')).toBe(first);
      expect(new Set([first, await idOf('other.sqlite'), await idOf(), await idOf()]).size).toBe(4);
    }),
);

statement(
  'A new org has user names of its `userDomain`; in a file it keeps them, whatever it is started with later.',
  () =>
    inFolder(async (folder) => {
      const file = join(folder, 'org.sqlite');
      const usersOf = async (userDomain: string) => {
        const org = createOrg({ file, userDomain });
        const named = [org.adminUsername, org.integrationUsername, org.repUsername];
        const all = org.data.db.all('SELECT Username FROM User ORDER BY Id');
        await org.close();
        return { named, all: all.map((one) => one['Username']) };
      };
      const names = ['admin', 'woo-sync', 'rep'].map((name) => `${name}@first.example`);
      expect(await usersOf('first.example')).toEqual({ named: names, all: names });
      expect(await usersOf('second.example')).toEqual({ named: names, all: names });
    }),
);
