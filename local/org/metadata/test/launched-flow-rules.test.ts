import { describe, expect, it } from 'vitest';
import {
  assignment,
  create,
  formula,
  get,
  item,
  launched,
  loop,
  send,
  side,
} from '../../flow/test/flows.ts';
import { FlowOrg } from '../../flow/test/flow-org.ts';

const org = new FlowOrg();

describe('a flow that is started by its name', () => {
  const told = side('told', 'out');
  const tell = (name: string): string => assignment('Tell', item('told', { name }));
  const ofLaunched = (inner: string): readonly string[] => org.problems(launched(inner + told));
  const fields = ['Code__c'];

  it('reads, creates and loops', () => {
    const each = get('A', { fields, first: false, next: 'Each' }) + loop('Each', 'A', 'Tell');
    expect(ofLaunched(each + tell('Each.Code__c'))).toEqual([]);
    const made = create('A', { Name: 'x', Must__c: { name: 'given' }, Day__c: { name: 'Today' } });
    const today = formula('Today', 'TODAY()', 'Date');
    expect(ofLaunched(made + today + side('id', 'out') + side('given', 'in'))).toEqual([]);
  });

  it.each<[string, string]>([
    [
      assignment('A', item('told', { name: '$Record.Name' })),
      'Field $Record.Name does not exist. Check spelling.',
    ],
    [send('A', 'Parcel__c.Note'), 'The local org sends messages of flows that a save starts only.'],
    [
      get('A', { object: 'Nope__c' }),
      "Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ],
    [get('A', { fields: ['Nope__c'] }), 'The field Nope__c of Parcel__c cannot be found'],
    [get('A', { filters: [['Long__c', 'EqualTo', 'x']] }), "The field Long__c can't be filtered"],
    [
      get('A', { filters: [['Code__c', 'EqualTo', 1]] }),
      "A Number can't be compared with the field Code__c",
    ],
    [
      get('A', { filters: [['Code__c', 'EqualTo', 'x']], logic: '1 OR 2' }),
      'The condition logic 1 OR 2 must use each of the 1 conditions',
    ],
    [
      get('A', { filters: [['Code__c', 'In', 'x']] }),
      'The operator In takes a collection for the field Code__c',
    ],
    [
      get('A', { more: '<sortOrder>Asc</sortOrder>' }),
      'Required field is missing: sortField, by which Get Records sorts Asc',
    ],
    [get('A', { fault: 'Nope' }), 'The targetReference Nope leads to no element of this flow'],
    [
      get('A', { fields, next: 'Tell' }) + tell('A.Note__c'),
      'A.Note__c is not among the queriedFields of A',
    ],
    [
      get('A', { fields, first: false, next: 'Tell' }) + tell('A.Code__c'),
      'A holds several records: the local org loops over them only',
    ],
    [
      get('A', { fields: ['Share__c'], next: 'Tell' }) + tell('A.Share__c'),
      'The local org knows own fields of records that a flow has read only, and no percents: A.Share__c.',
    ],
    [
      get('A', { fields, next: 'Each' }) + loop('Each', 'A'),
      'The local org loops over all records of a Get Records element only, not over A.',
    ],
    [create('A', { Twice__c: 'x' }) + side('id', 'out'), "The field Twice__c isn't writable"],
    [create('A', { Name: 1 }) + side('id', 'out'), "A Number can't be assigned to Name"],
    [create('A', { Name: 'x' }), 'id is no variable'],
    [
      assignment('A', item('told', 'x')) + side('day', 'in', 'Date'),
      'The local org takes and gives texts, numbers and checkboxes only; day is a Date.',
    ],
    [
      get('A', { more: '<limit><numberValue>1</numberValue></limit>' }),
      'The local org does not run limit (A) in flows. Leave it out, or deploy this flow to a real org.',
    ],
  ])('%s', (inner, problem) => {
    expect(ofLaunched(inner)).toEqual([expect.stringMatching(/^\d+: /)]);
    expect(ofLaunched(inner).map((one) => one.replace(/^\d+: /, ''))).toEqual([problem]);
  });

  it('keeps what it finds by itself', () => {
    const kept = get('A').replace('>true</storeOutput', '>false</storeOutput');
    expect(ofLaunched(kept)).toEqual([
      '7: The local org runs flows with storeOutputAutomatically true only.',
    ]);
  });
});
