import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, type Exchange } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { recordsOf } from '../../sides/answers.ts';
import { contact, named } from '../records.ts';

const nothing = (exchange: Exchange): void => {
  eachObject(exchange.body, (one) => {
    if ('records' in one) Object.assign(one, { records: [], totalSize: 0 });
  });
};

/** How queries compare. */
export const COMPARING: readonly Assumption[] = [
  {
    id: 'texts-without-case',
    statement: 'SOQL compares e-mail addresses, SKUs and codes without case in `IN`',
    places: ['sidecar/src/sync/match/match-queries.ts'],
    calls: 4,
    probe: async (probing) => {
      const code = probing.name();
      const both = { StockKeepingUnit: code, ProductCode: code };
      await probing.org.create('Contact', contact(probing, { Email: `${code}@example.com` }));
      await probing.org.create('Product2', named(probing, both));
      const upper = code.toUpperCase();
      const contacts = await probing.org.rows(
        `SELECT Id FROM Contact WHERE Email IN ('${upper}@EXAMPLE.COM')`,
      );
      const products = await probing.org.rows(
        `SELECT Id FROM Product2 WHERE StockKeepingUnit IN ('${upper}') AND ProductCode IN ('${upper}')`,
      );
      const found = [contacts.length, products.length];
      return verdict(isSame(found, [1, 1]), found);
    },
    deviation: {
      says: 'case counts in SKUs',
      change: (exchange) => {
        if (asks(exchange, 'StockKeepingUnit IN')) nothing(exchange);
      },
    },
  },
  {
    id: 'stores-by-id',
    statement:
      'Of two records of a custom metadata type the one that was made later has the greater id, so that `ORDER BY Id` gives the order in which stores were set up; a deployment of a record that is there keeps its id',
    places: ['sidecar/src/salesforce/custom-metadata.ts'],
    person:
      'Deploy `config/org`, then a second store, then `config/org` once more, and run `SELECT DeveloperName FROM Woo_Store__mdt ORDER BY Id`: the first store stands first.',
  },
  {
    id: 'ids-in-order',
    statement:
      "Record ids can be compared (`Id > '…'`) in the order in which `ORDER BY Id` sorts them",
    places: ['sidecar/src/sync/reconcile/rebuild-links.ts'],
    calls: 2,
    probe: async (probing) => {
      const records = Array.from({ length: 5 }, () => named(probing));
      const ids = [...(await probing.org.create('Woo_Order__c', ...records))];
      const list = ids.map((id) => `'${id}'`).join(',');
      const soql = `SELECT Id FROM Woo_Order__c WHERE Id IN (${list}) ORDER BY Id`;
      const behind = `SELECT Id FROM Woo_Order__c WHERE Id IN (${list}) AND Id > '${ids[1] ?? ''}'`;
      const [all, rest] = await probing.org.subanswers(
        [soql, `${behind} ORDER BY Id`].map((q) => ({
          method: 'GET' as const,
          url: `query?${new URLSearchParams({ q }).toString()}`,
        })),
      );
      const idsIn = (one: typeof all) =>
        recordsOf({ status: one?.httpStatusCode ?? 0, body: one?.body }).map((row) =>
          String(row['Id']).slice(0, 15),
        );
      const sorted = idsIn(all);
      const wanted = sorted.slice(sorted.indexOf(String(ids[1]).slice(0, 15)) + 1);
      return verdict(sorted.length === 5 && isSame(idsIn(rest), wanted), idsIn(rest));
    },
    deviation: {
      says: 'what is behind an id comes in another order',
      change: (exchange) => {
        if (!asks(exchange, "AND Id > 'a")) return;
        eachObject(exchange.body, (one) => {
          const { records } = one as { records?: unknown[] };
          if (records?.length === 3) records.reverse();
        });
      },
    },
  },
  {
    id: 'picklists-in-their-order',
    statement:
      '`ORDER BY` a picklist sorts by the order of its values in Setup, not by their words, and with `NULLS LAST` empty ones come behind',
    places: ['sidecar/src/sync/report/issue-decisions.ts', 'local/org/soql/compile.ts'],
    calls: 2,
    probe: async (probing) => {
      // In Setup they stand so; by their words on-hold would be the first.
      const values = ['processing', 'on-hold', null];
      const records = [null, 'on-hold', 'processing'].map((Status__c) =>
        named(probing, { Status__c }),
      );
      const ids = await probing.org.create('Woo_Order__c', ...records);
      const list = ids.map((id) => `'${id}'`).join(',');
      const rows = await probing.org.rows(
        `SELECT Status__c FROM Woo_Order__c WHERE Id IN (${list}) ORDER BY Status__c NULLS LAST`,
      );
      const sorted = rows.map(({ Status__c }) => Status__c);
      return verdict(isSame(sorted, values), sorted);
    },
    deviation: {
      says: 'their words are sorted',
      change: (exchange) => {
        if (!asks(exchange, 'ORDER BY Status__c')) return;
        const word = (one: unknown) => (one as { Status__c?: string | null }).Status__c ?? '~';
        eachObject(exchange.body, (one) => {
          const { records } = one as { records?: unknown[] };
          records?.sort((first, second) => (word(first) < word(second) ? -1 : 1));
        });
      },
    },
  },
  {
    id: 'underscore-in-like',
    statement: '`LIKE` takes `\\_` literally',
    places: ['sidecar/src/sync/reconcile/rebuild-links.ts'],
    calls: 2,
    probe: async (probing) => {
      const start = probing.name();
      const records = ['_a', 'xa'].map((end) => named(probing, { Name: `${start}${end}` }));
      await probing.org.create('Woo_Order__c', ...records);
      const rows = await probing.org.rows(
        `SELECT Name FROM Woo_Order__c WHERE Name LIKE '${start}\\_a'`,
      );
      return verdict(
        isSame(
          rows.map(({ Name }) => Name),
          [`${start}_a`],
        ),
        rows.length,
      );
    },
    deviation: {
      says: 'nothing is found',
      change: (exchange) => {
        if (asks(exchange, "Name LIKE 'woo-prove")) nothing(exchange);
      },
    },
  },
  {
    id: 'encrypted-fields-in-describe',
    statement:
      'Describe says `encrypted` of a field under Shield Platform Encryption, and that it is not `filterable` in the scheme _probabilistic_',
    places: ['sidecar/src/mapping/fields/match-fields.ts'],
    person:
      'Encrypt Email of Contact in the scheme probabilistic, let a mapping match by it, and run `woo-salesforce check`: it must say MAPPING_MATCH_ENCRYPTED; in the scheme deterministic as a note.',
  },
];
