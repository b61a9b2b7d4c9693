import { createHash } from 'node:crypto';

import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, recode } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, isSame, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { PNG } from '../picture.ts';

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

export const FILES: readonly Assumption[] = [
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
    places: ['local/org/data/people/seed.ts'],
    calls: 2,
    probe: async (probing) => {
      const row = await file(probing, 'Title, PathOnClient, FileExtension, FileType');
      const kept = [row['Title'], row['FileExtension'], row['FileType']];
      const title = String(row['PathOnClient']).replace(/\.PNG$/, '');
      return verdict(isSame(kept, [title, 'PNG', 'PNG']), kept);
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
];
