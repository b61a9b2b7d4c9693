import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_UNACKNOWLEDGED, ShopBacklog } from '../../../src/sync/to-woo/shop-backlog.ts';

const MINUTE = 60_000;
const TOPICS = ['product.created', 'product.updated', 'order.updated'];

let now: number;
let rooms: number;
let losses: number;
let backlog: ShopBacklog;

beforeEach(() => {
  [now, rooms, losses] = [1_000_000, 0, 0];
  backlog = new ShopBacklog({
    clock: { now: () => new Date(now) },
    onRoom: () => (rooms += 1),
    onLost: () => (losses += 1),
  });
  backlog.hears(TOPICS);
});

function send(count: number, from = 1): void {
  backlog.sending(
    'product',
    Array.from({ length: count }, (_, at) => `main:${from + at}`),
  );
}

const arrive = (key: string): void => {
  backlog.arrived({ resource: 'product', key });
};

describe('edits in bulk', () => {
  it('wait while the shop has yet to tell of many records, and go on when it has told of enough', () => {
    send(MOST_UNACKNOWLEDGED - 1);
    expect(backlog.takesBulk()).toBe(true);
    send(2, MOST_UNACKNOWLEDGED);
    expect([backlog.takesBulk(), backlog.size]).toEqual([false, MOST_UNACKNOWLEDGED + 1]);
    arrive('main:1');
    expect([backlog.takesBulk(), rooms]).toEqual([false, 0]);
    arrive('main:2');
    expect([backlog.takesBulk(), rooms]).toEqual([true, 1]);
    arrive('main:3');
    expect(rooms).toBe(1);
  });

  it('wait for no webhook that was lost before one that came', () => {
    send(150);
    arrive('main:149');
    expect([backlog.size, backlog.takesBulk(), rooms]).toEqual([1, true, 1]);
    arrive('main:149');
    expect(backlog.size).toBe(1);
  });

  it('count a record once that is sent again before its webhook has come, at its first place', () => {
    send(3);
    send(1);
    arrive('main:1');
    expect(backlog.size).toBe(2);
  });

  it('do not go on for a record of another resource that has the same id', () => {
    send(MOST_UNACKNOWLEDGED);
    backlog.sending('order', ['main:1']);
    backlog.refused('customer', 'main:2');
    backlog.arrived({ resource: 'customer', key: 'main:100' });
    expect([backlog.size, rooms]).toEqual([MOST_UNACKNOWLEDGED + 1, 0]);
    backlog.arrived({ resource: 'order', key: 'main:1' });
    expect(backlog.size).toBe(0);
  });

  it('wait for nothing that the shop has not taken', () => {
    send(MOST_UNACKNOWLEDGED);
    backlog.refused('product', 'main:7');
    expect([backlog.takesBulk(), rooms]).toEqual([true, 1]);
  });

  it('do not wait where the shop tells nothing of the resource, or does no longer', () => {
    backlog.sending('customer', ['main:1']);
    expect(backlog.size).toBe(0);
    send(500);
    backlog.hears(['product.created', 'order.updated']);
    expect([backlog.size, rooms]).toEqual([0, 1]);
    send(500);
    expect(backlog.takesBulk()).toBe(true);
  });

  it('go on after ten minutes without a word, said once, and each minute from then on until one comes', () => {
    send(200);
    now += 5 * MINUTE;
    // An edit by hand makes it no longer.
    send(1, 900);
    now += 5 * MINUTE - 1;
    expect([backlog.takesBulk(), losses]).toEqual([false, 0]);
    now += 1;
    expect([backlog.takesBulk(), losses, backlog.size]).toEqual([true, 1, 0]);
    send(200, 1000);
    now += MINUTE - 1;
    expect(backlog.takesBulk()).toBe(false);
    now += 1;
    expect([backlog.takesBulk(), losses]).toEqual([true, 1]);
    send(200, 2000);
    arrive('main:2000');
    now += 9 * MINUTE;
    expect(backlog.takesBulk()).toBe(false);
    now += MINUTE;
    expect([backlog.takesBulk(), losses]).toEqual([true, 2]);
  });

  it('wait on while webhooks come, however slowly', () => {
    send(200);
    for (let id = 1; id <= 50; id += 1) {
      now += 9 * MINUTE;
      arrive(`main:${id}`);
      expect(backlog.takesBulk()).toBe(false);
    }
    expect(losses).toBe(0);
  });

  it('keep no more than some thousand keys', () => {
    send(20_000);
    expect(backlog.size).toBe(5000);
    arrive('main:20000');
    expect(backlog.size).toBe(0);
  });
});
