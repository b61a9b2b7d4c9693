import type { Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { after, before, rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';

/** A price book entry that does not fit the order, in the words of a real org. */
function wrongEntry(why: string): SaveError {
  return saveError(
    'FIELD_INTEGRITY_EXCEPTION',
    `field integrity exception: PricebookEntryId (${why})`,
    'PricebookEntryId',
  );
}

const isActivated = (order: Row | undefined): boolean => order?.['Status'] === 'Activated';

function hasItems(org: WholeOrg, orderId: string): boolean {
  const sql = 'SELECT 1 FROM OrderItem WHERE OrderId = ? AND IsDeleted = 0 LIMIT 1';
  return org.db.get(sql, orderId) !== undefined;
}

function newOrder(change: Change): SaveError | undefined {
  if (change.values.get('Status') === 'Draft') return undefined;
  return saveError(
    'FAILED_ACTIVATION',
    'An order is created as a draft and activated later: Status must be Draft.',
    'Status',
  );
}

function changedOrder(change: Change, id: string): SaveError | undefined {
  const old = before(change);
  const moves = (name: string): boolean => after(change, old, name) !== old[name];
  if (isActivated(old)) {
    const fixed = ['AccountId', 'Pricebook2Id'].find(moves);
    if (fixed !== undefined) {
      return saveError(
        'FIELD_INTEGRITY_EXCEPTION',
        `${fixed} of an activated order cannot be changed.`,
        fixed,
      );
    }
  }
  const items = hasItems(change.org, id);
  if (items && moves('Pricebook2Id')) {
    return saveError(
      'FIELD_INTEGRITY_EXCEPTION',
      'The price book of an order that has products cannot be changed.',
      'Pricebook2Id',
    );
  }
  if (items || !moves('Status') || after(change, old, 'Status') !== 'Activated') return undefined;
  return saveError('FAILED_ACTIVATION', 'An order must have at least one product.', 'Status');
}

export const orderRule: ObjectRule = {
  check(change) {
    const refusal = change.id === undefined ? newOrder(change) : changedOrder(change, change.id);
    if (refusal) return refusal;
    const status = change.values.get('Status');
    if (typeof status === 'string') change.values.set('StatusCode', status);
    return undefined;
  },
  deleting(_org, row) {
    if (!isActivated(row)) return undefined;
    return saveError('DELETE_FAILED', 'An activated order cannot be deleted.');
  },
  saved({ org, object, values }, id, caller, now) {
    if (values.get('Status') !== 'Activated') return;
    if ((org.row(object, id)?.['ActivatedDate'] ?? null) !== null) return;
    org.update(
      object,
      id,
      new Map([
        ['ActivatedDate', now],
        ['ActivatedById', caller.userId],
      ]),
    );
  },
};

/** Why the entry cannot be one of a new line of the order. */
function entryProblem(change: Change, order: Row, entry: Row | undefined): string | undefined {
  if (!entry) return 'unknown';
  if ((order['Pricebook2Id'] ?? null) === null || entry['Pricebook2Id'] !== order['Pricebook2Id']) {
    return 'pricebook entry is in a different pricebook than the one assigned to the order';
  }
  if (entry['IsActive'] !== 1) return 'pricebook entry is inactive';
  const product = change.values.get('Product2Id') ?? null;
  if (product === null || product === entry['Product2Id']) return undefined;
  return 'pricebook entry is of another product than Product2Id';
}

const closed = (): SaveError =>
  saveError(
    'FIELD_INTEGRITY_EXCEPTION',
    'Products of an activated order cannot be added, changed or removed.',
    'OrderId',
  );

function takeEntry(change: Change, order: Row): SaveError | undefined {
  const { org, values } = change;
  const entry = rowOf(org, 'PricebookEntry', values.get('PricebookEntryId') ?? null);
  const problem = entryProblem(change, order, entry);
  if (problem !== undefined) return wrongEntry(problem);
  values.set('Product2Id', entry?.['Product2Id'] ?? null);
  values.set('ListPrice', entry?.['UnitPrice'] ?? null);
  return undefined;
}

function total(org: WholeOrg, orderId: string, now: string): void {
  const order = org.object('Order');
  const sql =
    'SELECT coalesce(sum(TotalPrice), 0) AS total FROM OrderItem WHERE OrderId = ? AND IsDeleted = 0';
  if (!order) return;
  const sum = Number(org.db.get(sql, orderId)?.['total']);
  org.update(
    order,
    orderId,
    new Map<string, string | number>([
      ['TotalAmount', Math.round(sum * 100) / 100],
      ['SystemModstamp', now],
    ]),
  );
}

export const orderItemRule: ObjectRule = {
  check(change) {
    const old = before(change);
    const order = rowOf(change.org, 'Order', after(change, old, 'OrderId'));
    if (!order) return undefined;
    if (isActivated(order)) return closed();
    const quantity = Number(after(change, old, 'Quantity'));
    if (!(quantity > 0)) {
      return saveError(
        'FIELD_INTEGRITY_EXCEPTION',
        `Quantity must be greater than zero, and it is ${quantity}.`,
        'Quantity',
      );
    }
    const refusal = change.id === undefined ? takeEntry(change, order) : undefined;
    if (refusal) return refusal;
    const price = Number(after(change, old, 'UnitPrice'));
    change.values
      .set('AvailableQuantity', quantity)
      .set('TotalPrice', Math.round(quantity * price * 100) / 100);
    return undefined;
  },
  saved(change, id, _caller, now) {
    const order = change.org.row(change.object, id)?.['OrderId'];
    if (typeof order === 'string') total(change.org, order, now);
  },
  deleting(org, row) {
    return isActivated(rowOf(org, 'Order', row['OrderId'] ?? null)) ? closed() : undefined;
  },
  deleted(org, row, now) {
    if (typeof row['OrderId'] === 'string') total(org, row['OrderId'], now);
  },
  undeleted(org, row, now) {
    if (typeof row['OrderId'] === 'string') total(org, row['OrderId'], now);
  },
};
