import { expect, it } from 'vitest';
import { problemsOf, unseenText } from '../../src/cli/explain.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { MISTAKE, ownMapping } from '../support/own-mapping.ts';

/** Which mappings are said to be held, and for records of which resource. */
function said(store: string, ...configured: Parameters<typeof ownMapping>) {
  const { from, compiled } = ownMapping(...configured);
  return problemsOf(from, compiled, store).map(
    ({ resource, problem }) => `${problem.mapping} of ${resource ?? 'nobody knows what'}`,
  );
}

it('names the mappings that are held for the store of the record, and no other', () => {
  expect(said('main', MISTAKE, MISTAKE)).toEqual(['Order of order']);
  expect(said('outlet', MISTAKE, MISTAKE)).toEqual(['Outlet_Order of order']);
  expect(said('outlet', MISTAKE, 'Name')).toEqual([]);
});

it('names one that is held since nobody knows of what it is', () => {
  const lines = said('outlet', 'Name', 'Name', { resource: 'ordr' });
  expect(lines).toEqual(['Outlet_Order of nobody knows what']);
});

it('says what its answer lacks while the service has the state, and how to ask the service', () => {
  const refused = new CodedError('STATE_LOCKED', 'The state is in use.', 'Stop the other one.');
  const text = unseenText(refused, { store: 'main', resource: 'Order', id: '1042' });
  expect(text).toMatch(
    /^The state is in use, as it is while the service runs\. So this answer does not know which/,
  );
  expect(text).not.toContain('STATE_LOCKED');
  expect(text).toContain(
    'npx --no sf data create record -s Woo_Command__c -v "Type__c=explain Store__c=main Resource__c=order Arguments__c=1042"',
  );
});
