import { createHash } from 'node:crypto';

import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson, recode, refuse } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member, recordsOf } from '../../sides/org-side.ts';
import { named } from '../records.ts';

/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What the sweep of the org looks back. */
const OLD_MS = 10 * 60_000;

/** A new file. @returns the row of its version @throws CannotTell */
export async function file(
  probing: Pick<Probing, 'org' | 'name'>,
  fields: string,
): Promise<Record<string, unknown>> {
  const body = { PathOnClient: `${probing.name()}.PNG`, VersionData: PNG.toString('base64') };
  const made = await probing.org.call('POST', 'sobjects/ContentVersion', body);
  const id = member(made.body, 'id');
  if (typeof id !== 'string') throw new CannotTell(`No file was made: ${shown(made.body)}`);
  const soql = `SELECT Id, ${fields} FROM ContentVersion WHERE Id = '${id}'`;
  const [row] = await probing.org.rows(soql);
  if (row) return row;
  throw new CannotTell('The new file is in no answer.');
}

export const RECORDS: readonly Assumption[] = [
  {
    id: 'system-modstamp',
    statement:
      '`SystemModstamp` moves with each change, and can be filtered and sorted by together with `Id`',
    places: ['sidecar/src/sync/reconcile/foreign-edits.ts'],
    calls: 2,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const since = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
      const answer = await probing.org.ask(
        `SELECT SystemModstamp FROM Woo_Order__c WHERE Id = '${id}' AND SystemModstamp > ${since} ORDER BY SystemModstamp, Id`,
      );
      return verdict(member(answer.body, 'totalSize') === 1, answer.body);
    },
    deviation: {
      says: 'it cannot be sorted by',
      change: (exchange) => {
        if (asks(exchange, 'ORDER BY SystemModstamp')) refuse(exchange, 400, 'MALFORMED_QUERY');
      },
    },
  },
  {
    id: 'modstamp-is-now',
    statement: '`SystemModstamp` is no older than ten minutes when a save can be read',
    places: ['sidecar/src/sync/detect/sweep-salesforce.ts'],
    calls: 2,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const soql = `SELECT SystemModstamp, Name FROM Woo_Order__c WHERE Id = '${id}'`;
      const answer = await probing.org.ask(soql);
      const stamp = String(recordsOf(answer)[0]?.['SystemModstamp']);
      const now = Date.parse(answer.headers.get('date') ?? '') || Date.now();
      return verdict(now - Date.parse(stamp) < OLD_MS, { stamp });
    },
    deviation: {
      says: 'it is that of an hour ago',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          const stamp = one['SystemModstamp'];
          if (typeof stamp !== 'string') return;
          const before = new Date(Date.parse(stamp) - 60 * 60_000).toISOString();
          one['SystemModstamp'] = before.replace('Z', '+0000');
        });
      },
    },
  },
  {
    id: 'caller-in-resources',
    statement: 'The list of resources (`/services/data/v66.0/`) names its caller in `identity`',
    places: ['sidecar/src/salesforce/rest/identity.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const identity = member((await org.call('GET', '')).body, 'identity');
      return verdict(/\/id\/00D\w{15}\/005\w{15}$/.test(String(identity)), 'no identity');
    },
    deviation: {
      says: 'the list has no identity',
      change: ({ body, path }) => {
        if (path.endsWith('/services/data/v66.0/') && isJson(body)) delete body['identity'];
      },
    },
  },
  {
    id: 'checksum',
    statement: '`Checksum` of a file’s version is its MD5 in hexadecimal digits',
    places: ['sidecar/src/sync/images/upload/uploads.ts'],
    calls: 2,
    probe: async (probing) => {
      const { Checksum } = await file(probing, 'Checksum');
      return verdict(Checksum === createHash('md5').update(PNG).digest('hex'), Checksum);
    },
    deviation: {
      says: 'it is in base64',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (typeof one['Checksum'] === 'string')
            one['Checksum'] = Buffer.from(one['Checksum'], 'hex').toString('base64');
        });
      },
    },
  },
  {
    id: 'names-of-files',
    statement:
      'A file gets its title from its path without the extension, `FileExtension` as it stands there, and `FileType` in capitals',
    places: ['local/org/data/seed.ts'],
    calls: 2,
    probe: async (probing) => {
      const row = await file(probing, 'Title, PathOnClient, FileExtension, FileType');
      const kept = [row['Title'], row['FileExtension'], row['FileType']];
      const title = String(row['PathOnClient']).replace(/\.PNG$/, '');
      return verdict(shown(kept) === shown([title, 'PNG', 'PNG']), kept);
    },
    deviation: {
      says: 'the extension is in small letters',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (one['FileExtension'] === 'PNG') one['FileExtension'] = 'png';
        });
      },
    },
  },
  {
    id: 'links-need-an-id',
    statement: 'A list of file links that is not asked for by id is refused with `MALFORMED_QUERY`',
    places: ['local/org/soql/files.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.ask('SELECT Id FROM ContentDocumentLink LIMIT 1');
      const code = Array.isArray(body) ? member(body[0], 'errorCode') : status;
      return verdict(code === 'MALFORMED_QUERY', code);
    },
    deviation: {
      says: 'the code is another',
      change: recode('MALFORMED_QUERY', 'IMPLEMENTATION_RESTRICTION', (exchange) =>
        asks(exchange, 'ContentDocumentLink'),
      ),
    },
  },
  {
    id: 'files-of-a-product',
    statement:
      'Files of a product that the user can read are found by their ids, also those of other owners; which share types a link takes',
    places: ['local/org/access/sharing/file-sharing.ts'],
    person:
      'As the administrator, attach a file to a product; ask for it by its id, signed in as the integration user.',
  },
  {
    id: 'flow-definition-view-for-service',
    statement:
      '`FlowDefinitionView` is shown to the integration user; where it is not, `check` says that it cannot tell',
    places: ['sidecar/src/diagnostics/check/flows.ts'],
    person:
      'Run `woo-salesforce check` with the integration user’s sign-in, and look for FLOW_UNKNOWN.',
  },
];
