import type { Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { after, before, rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';

/** The product's entry in the standard price book. */
function standardEntry(change: Change, product: string): Row | undefined {
  return change.org.db.get(
    `SELECT e.* FROM PricebookEntry e JOIN Pricebook2 b ON b.Id = e.Pricebook2Id
      WHERE b.IsStandard = 1 AND e.Product2Id = ? AND e.IsDeleted = 0`,
    product,
  );
}

function taken(change: Change, product: string, book: string): boolean {
  const sql =
    'SELECT 1 FROM PricebookEntry WHERE Product2Id = ? AND Pricebook2Id = ? AND IsDeleted = 0';
  return change.org.db.get(sql, product, book) !== undefined;
}

function newEntry(change: Change, product: string, book: string): SaveError | undefined {
  if (taken(change, product, book)) {
    return saveError('DUPLICATE_VALUE', 'This price definition already exists in this price book');
  }
  const isStandard = rowOf(change.org, 'Pricebook2', book)?.['IsStandard'] === 1;
  if (!isStandard && !standardEntry(change, product)) {
    return saveError(
      'STANDARD_PRICE_NOT_DEFINED',
      'Before creating a custom price, create a standard price.',
    );
  }
  const { Name, ProductCode } = rowOf(change.org, 'Product2', product) ?? {};
  change.values.set('Name', Name ?? null).set('ProductCode', ProductCode ?? null);
  return undefined;
}

export const pricebookEntryRule: ObjectRule = {
  complete(change) {
    const old = before(change);
    const product = after(change, old, 'Product2Id');
    if (after(change, old, 'UseStandardPrice') !== 1 || typeof product !== 'string') {
      return undefined;
    }
    if ((change.values.get('UnitPrice') ?? null) !== null) {
      return saveError(
        'FIELD_INTEGRITY_EXCEPTION',
        'field integrity exception: UnitPrice (it is the standard price while UseStandardPrice is true)',
        'UnitPrice',
      );
    }
    const price = standardEntry(change, product)?.['UnitPrice'] ?? null;
    if (price !== null) change.values.set('UnitPrice', price);
    return undefined;
  },
  check(change) {
    const { values, id } = change;
    const [product, book] = [values.get('Product2Id'), values.get('Pricebook2Id')];
    if (id !== undefined || typeof product !== 'string' || typeof book !== 'string') {
      return undefined;
    }
    return newEntry(change, product, book);
  },
};

export const pricebookRule: ObjectRule = {
  deleting(_org, row) {
    if (row['IsStandard'] !== 1) return undefined;
    return saveError('DELETE_FAILED', 'The standard price book cannot be deleted.');
  },
};

export const leadRule: ObjectRule = {
  check(change) {
    if (before(change)['IsConverted'] !== 1) return undefined;
    return saveError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  },
  complete({ values }) {
    if (values.get('IsConverted') !== 1) return undefined;
    return saveError(
      'NOT_EMULATED',
      'The local org makes no leads that are converted: leave IsConverted out.',
      'IsConverted',
    );
  },
};
