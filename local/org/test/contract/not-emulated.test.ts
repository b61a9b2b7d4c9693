import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, failuresOf, file } from '../../metadata/test/packages.ts';
import { HttpOrg, refusalCode } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeAll(async () => {
  org = await HttpOrg.start();
});
afterAll(() => org.close());

statement.group(
  'Bulk and search APIs, other objects and resources of the Tooling API than those named above, refreshes of dashboards, changed filters of reports, composite graph and tree, undelete, the merge call, lists of updated and deleted records, described layouts, list views;',
  () => {
    it.each([
      ['POST', '/jobs/ingest'],
      ['POST', '/jobs/query'],
      ['GET', '/tooling/query?q=SELECT+Id+FROM+ApexLog'],
      ['GET', '/tooling/completions?type=apex'],
      ['GET', '/search?q=FIND'],
      ['PUT', '/analytics/dashboards/01Z000000000001AAA'],
      ['GET', '/analytics/dashboards/01Z000000000001AAA/status'],
      ['GET', '/analytics/reports/00O000000000001AAA/describe'],
      ['POST', '/composite/graph'],
      ['POST', '/composite/tree/Account'],
      ['GET', '/sobjects/ContentVersion/068/VersionData/x'],
      ['GET', '/sobjects/Account/updated'],
      ['GET', '/sobjects/Account/deleted'],
      ['GET', '/sobjects/Account/describe/layouts'],
      ['GET', '/sobjects/Account/listviews'],
    ])('%s %s', async (method, path) => {
      const answer = await org.rest(method, path);
      expect([answer.status, refusalCode(answer)]).toEqual([501, 'NOT_EMULATED']);
    });

    it.each(['/services/Soap/c/66.0', '/local/nonsense'])('POST %s', async (path) => {
      const answer = await org.ask('POST', path);
      expect([answer.status, refusalCode(answer)]).toEqual([501, 'NOT_EMULATED']);
    });
  },
);

statement('Visualforce does not run: no page of it can be deployed;', () => {
  const types = '<types><members>A</members><name>ApexPage</name></types>';
  const files = {
    'package.xml': file('Package', `${types}<version>66.0</version>`),
    'pages/A.page-meta.xml': file('ApexPage', ''),
  };
  expect(failuresOf(deployFiles(org.org.data, files))).toEqual([
    expect.stringContaining('The local org does not emulate the metadata type ApexPage yet.'),
  ]);
});

statement('multiple currencies are off.', async () => {
  const answer = await org.rest('POST', '/sobjects/Account', { Name: 'A', CurrencyIsoCode: 'USD' });
  expect([answer.status, refusalCode(answer)]).toEqual([400, 'INVALID_FIELD']);
});
