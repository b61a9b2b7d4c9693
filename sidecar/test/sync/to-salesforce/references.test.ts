import { describe, expect, it } from 'vitest';
import type { Reference } from '../../../src/sync/model/pending-write.ts';
import { nextStepAfterError } from '../../../src/sync/to-salesforce/rejections.ts';
import { mappingTo, reference, upsert } from '../../support/rows.ts';
import { created, refusal, type Answer, write } from './recorder.ts';

describe('references of a row', () => {
  it('names the record by its key where its id is refused, and forgets the id', async () => {
    const contact = reference('Contact', 'c1', { recordId: '003' });
    const answer: Answer = (record) =>
      'Contact__c' in record
        ? refusal('INVALID_CROSS_REFERENCE_KEY', 'reference')
        : created(record);
    const { recorder } = await write(answer, upsert('Order', 'o1', { references: [contact] }));
    expect(recorder.removed).toEqual([{ object: 'Contact', key: 'c1' }]);
    expect(recorder.calls[1]).toMatchObject([
      { records: [{ Woo_Key__c: 'o1', Contact__r: { Woo_Key__c: 'c1' } }] },
    ]);
    expect(recorder.saved).toMatchObject([{ key: 'o1', hash: 'hash of o1' }]);
  });

  it('writes a record without an optional reference that cannot be had, to be looked at again', async () => {
    const order = reference('Order', 'o1', { required: true, recordId: 'a01' });
    const product = reference('Product2', 'p1');
    const answer: Answer = (record) =>
      'Product2__r' in record ? refusal('INVALID_FIELD', 'reference') : created(record);
    const { recorder } = await write(
      answer,
      upsert('Item', 'i1', { references: [order, product] }),
    );
    expect(recorder.saved).toMatchObject([{ key: 'i1', hash: null }]);
  });

  it('says of the items of a refused order that it is missing, and not that a field is', async () => {
    const answer: Answer = (record) =>
      record['Woo_Key__c'] === 'o1'
        ? refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'permanent')
        : refusal('INVALID_FIELD', 'reference');
    const { report } = await write(
      answer,
      upsert('Order', 'o1'),
      upsert('Item', 'i1', { references: [reference('Order', 'o1', { required: true })] }),
    );
    expect(report.flatMap(({ failures }) => failures.map(({ code }) => code))).toEqual([
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'PARENT_MISSING',
    ]);
  });

  it('names the product that a variation waits for, and no category', () => {
    const mapping = mappingTo('Product2', { resource: 'product' });
    const category = reference('Category', 'main:product_category:3', { required: true });
    const parent = reference('Product2', 'main:1', { required: true });
    const failureOf = (of: readonly Reference[], code: string, as = mapping) => {
      const entry = upsert('Product2', 'main:11', { mapping: as, references: of });
      const { errors } = refusal(code, 'reference');
      const next = nextStepAfterError(entry, errors, { isComing: () => false, fates: new Map() });
      return next.step === 'fail' ? [next.failure.code, next.failure.wholeKey] : next.step;
    };
    expect(failureOf([category, parent], 'INVALID_FIELD')).toEqual(['PARENT_MISSING', 'main:1']);
    expect(failureOf([category], 'INVALID_FIELD')).toEqual(['PARENT_MISSING', undefined]);
    expect(failureOf([parent], 'STRING_TOO_LONG')).toEqual(['STRING_TOO_LONG', undefined]);
    // An item is looked at with its order.
    const items = mappingTo('Item', { resource: 'order_item' });
    expect(failureOf([parent], 'INVALID_FIELD', items)).toEqual(['PARENT_MISSING', undefined]);
  });

  it('forgets only the reference that was refused', async () => {
    const answer: Answer = (record) =>
      'Contact__c' in record
        ? {
            ...refusal('ENTITY_IS_DELETED', 'reference'),
            errors: [
              {
                code: 'ENTITY_IS_DELETED',
                kind: 'reference',
                message: 'entity is deleted',
                fields: ['Contact__c'],
              },
            ],
          }
        : created(record);
    const references = [
      reference('Account', 'a1', { recordId: '001' }),
      reference('Contact', 'c1', { recordId: '003' }),
    ];
    const { recorder } = await write(answer, upsert('Order', 'o1', { references }));
    expect(recorder.removed).toEqual([{ object: 'Contact', key: 'c1' }]);
  });

  it('names a record by its id, even where ids were refused, if it carries another key', async () => {
    const references = [
      reference('Contact', 'c1', { recordId: '003', byId: true }),
      reference('Account', 'a1', { recordId: '001' }),
    ];
    const answer: Answer = (record) =>
      'Account__c' in record
        ? refusal('INVALID_CROSS_REFERENCE_KEY', 'reference')
        : created(record);
    const { recorder } = await write(answer, upsert('Order', 'o1', { references }));
    expect(recorder.calls[1]).toMatchObject([
      { records: [{ Contact__c: '003', Account__r: { Woo_Key__c: 'a1' } }] },
    ]);
  });

  it('ends where the row is refused without its optional references too', async () => {
    const references = [reference('Order', 'o1', { required: true }), reference('Product2', 'p1')];
    let calls = 0;
    const answer: Answer = () => {
      calls += 1;
      if (calls > 9) throw new Error('It is tried without an end.');
      return refusal('INVALID_FIELD', 'reference');
    };
    const { report } = await write(answer, upsert('Item', 'i1', { references }));
    expect(calls).toBe(2);
    expect(report.flatMap(({ failures }) => failures.map(({ key }) => key))).toEqual(['i1']);
  });

  it('forgets no id for what Salesforce says of a reference by key', async () => {
    const references = [
      reference('Contact', 'c1', { recordId: '003' }),
      reference('Product2', 'p1', { recordId: null }),
    ];
    const answer: Answer = (record) =>
      'Product2__r' in record ? refusal('INVALID_FIELD', 'reference') : created(record);
    const { recorder } = await write(answer, upsert('Order', 'o1', { references }));
    expect(recorder.removed).toEqual([]);
    expect(recorder.calls).toHaveLength(2);
  });
});
