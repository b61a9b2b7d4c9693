import { refundRecord, byAmount } from '../../generate/refund.ts';
import type { BodyFields } from '../../rest/request/body.ts';
import { isObject } from '../../rest/request/body.ts';
import { ReplyError } from '../../rest/response/reply.ts';
import type { Edits } from '../edits.ts';
import type { Ledger } from '../../shop/ledger.ts';
import { cents, money } from '../../core/money.ts';
import type { LineItem, OrderRecord, RefundRecord } from '../../core/records.ts';
import { shownMeta } from '../meta.ts';
import { giveBack } from './order-status.ts';
import { centsOf, flagOf, listOf, textOf, wholeOf } from '../../core/values.ts';

/** Refunds an order as the REST API does: lines are put back into stock unless told not to. */
export class RefundWrites {
  readonly #ledger: Ledger;
  readonly #edits: Edits;

  constructor(ledger: Ledger, edits: Edits) {
    this.#ledger = ledger;
    this.#edits = edits;
  }

  /** @throws ReplyError 500 where the amount is bad or the payment cannot be given back through the gateway. */
  create(order: OrderRecord, body: BodyFields): RefundRecord {
    const { ids, now, shop } = this.#ledger;
    const before = order.refunds.reduce((sum, refund) => sum - cents(refund.total), 0);
    const left = cents(order.total) - before;
    const amount = centsOf(body['amount']);
    if (amount <= 0 || amount > left) {
      throw refused('Invalid refund amount.');
    }
    if (body['api_refund'] === undefined || flagOf(body['api_refund'])) {
      throw refused('The payment gateway for this order does not support automatic refunds.');
    }
    const type = amount === left ? 'full' : 'partial';
    const reason = textOf(body['reason']);
    const contents = byAmount(money(amount), reason, type);
    contents.line_items = this.#lines(order, body);
    const refund = refundRecord(ids.record(), order.id, now(), contents, ids.meta(), shop.zone);
    this.#ledger.saveRefund(refund);
    if (body['api_restock'] === undefined || flagOf(body['api_restock'])) {
      const line_items = restocked(order, contents.line_items, this.#ledger);
      this.#ledger.saveOrder({ ...structuredClone(order), line_items });
    }
    this.#edits.updateOrder(order.id, {
      refunds: [{ id: refund.id, reason, total: money(-amount) }, ...order.refunds],
      ...(type === 'full' ? { status: 'refunded' } : {}),
    });
    return refund;
  }

  #lines(order: OrderRecord, body: BodyFields): LineItem[] {
    return listOf(body['line_items'])
      .filter(isObject)
      .flatMap((item) => {
        const line = order.line_items.find(({ id }) => id === wholeOf(item['id']));
        const total = centsOf(item['refund_total']);
        const quantity = wholeOf(item['quantity']);
        return line === undefined ? [] : this.#refunded(line, quantity, total);
      });
  }

  #refunded(line: LineItem, quantity: number, total: number): LineItem {
    const meta = { id: this.#ledger.ids.meta(), key: '_refunded_item_id', value: String(line.id) };
    return {
      ...line,
      id: this.#ledger.ids.line(),
      quantity: -quantity,
      subtotal: money(-total),
      subtotal_tax: '0.00',
      total: money(-total),
      total_tax: '0.00',
      taxes: [],
      meta_data: shownMeta([meta]),
      price: quantity === 0 ? 0 : total / 100 / quantity,
    };
  }
}

/** The order's lines after what was refunded went back into stock. */
function restocked(order: OrderRecord, refunded: readonly LineItem[], ledger: Ledger): LineItem[] {
  const back = new Map(
    refunded.map(({ meta_data, quantity }) => [Number(meta_data[0]?.value), -quantity]),
  );
  return order.line_items.map((line) => {
    const quantity = back.get(line.id) ?? 0;
    const changed = giveBack(line, ledger, quantity);
    if (changed === line) {
      return line;
    }
    const meta = { id: ledger.ids.meta(), key: '_restock_refunded_items', value: String(quantity) };
    return { ...changed, meta_data: shownMeta([...changed.meta_data, meta]) };
  });
}

/** Refund errors carry a bare number as data. */
function refused(message: string): ReplyError {
  const code = 'woocommerce_rest_cannot_create_order_refund';
  return new ReplyError({ status: 500, headers: {}, body: { code, message, data: 500 } });
}
