import { describe, expect, it } from 'vitest';
import { RESULT_LENGTH, resultText } from '../../../src/engine/commands/output/result-text.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { purpose } from '../../../src/lib/call-purpose.ts';
import type { ItemError } from '../../../src/ports/org.ts';
import { fieldLength, hasField, picklistOf } from '../../support/field-lengths.ts';
import { heldLine, heldMapping } from '../../support/held.ts';
import { world } from './world.ts';

const OBJECT = 'Woo_Command__c';
const ORDER_7 = { Resource__c: 'order', Arguments__c: '7' };
const NO_RIGHT: ItemError = {
  code: 'INSUFFICIENT_ACCESS_OR_READONLY',
  kind: 'setup',
  fields: [],
  message: 'insufficient access rights on object id',
};

describe('a command', () => {
  it('is waiting, then running, then done, with times, progress and a result', async () => {
    const { org, run, worksBy } = world();
    worksBy(() => ({}));
    const command = await run('sync', ORDER_7);
    expect(org.told.map((fields) => fields['State__c'])).toEqual(['running', 'done']);
    expect(org.told[0]).toMatchObject({ Progress__c: 0, Result__c: null, Finished_At__c: null });
    expect(command).toMatchObject({ State__c: 'done', Progress__c: 100 });
    for (const field of ['Started_At__c', 'Finished_At__c'])
      expect(command[field]).toMatch(/^2026-11-26T10:/);
    expect(command['Result__c']).toContain('order main:7');
  });

  it('without a state is waiting', async () => {
    const { run, worksBy } = world();
    worksBy(() => ({}));
    expect(await run('sync', { ...ORDER_7, State__c: null })).toMatchObject({ State__c: 'done' });
  });

  it('writes fields and states that are deployed', async () => {
    const { org, run, worksBy } = world();
    worksBy(() => ({}));
    await run('sync', ORDER_7);
    const written = org.told
      .flatMap((fields) => Object.keys(fields))
      .filter((name) => name !== 'id');
    expect(written.filter((field) => !hasField(OBJECT, field))).toEqual([]);
    expect(picklistOf(OBJECT, 'State__c')).toEqual(
      expect.arrayContaining(org.told.map((fields) => fields['State__c'])),
    );
    expect(fieldLength(OBJECT, 'Result__c')).toBe(RESULT_LENGTH);
  });

  it('asks for fields that are deployed', () => {
    const { commands } = world();
    const [, list = ''] = /SELECT (.*) FROM/.exec(commands.waitingSoql) ?? [];
    const own = list.split(', ').filter((name) => name.endsWith('__c'));
    expect(own.length).toBeGreaterThan(4);
    expect(own.filter((field) => !hasField(OBJECT, field))).toEqual([]);
  });

  it.each(picklistOf(OBJECT, 'Type__c'))('of the type %s is known', async (type) => {
    const { run } = world({ isLoaded: false });
    const { State__c: state, Result__c: result } = await run(type);
    expect([state, result]).not.toContain('waiting');
    expect(result).not.toContain('COMMAND_TYPE_UNKNOWN');
  });

  it('of an unknown type fails, and names it and those that there are', async () => {
    const { run } = world();
    const { State__c, Result__c } = await run('dance');
    expect(State__c).toBe('failed');
    expect(Result__c).toMatch(/^COMMAND_TYPE_UNKNOWN: The type "dance" .*backfill/);
  });

  it('that breaks off fails, and the log has the place and nothing else', async () => {
    const { state, run, logged } = world();
    state.clearHashes = () => Promise.reject(new Error('ada@example.com'));
    const { State__c, Result__c } = await run('sync', ORDER_7);
    expect([State__c, String(Result__c).split(':')[0]]).toEqual(['failed', 'COMMAND_BROKE']);
    const [broke] = logged.filter(({ fields }) => fields['code'] === 'COMMAND_BROKE');
    expect(broke?.fields['at']).toContain('Error');
    expect(JSON.stringify(logged)).not.toContain('ada@');
  });

  it('counts its API calls as those of commands', async () => {
    const { org, run, worksBy } = world();
    const purposes = new Set<string>();
    worksBy(() => ({}));
    org.onCall = () => purposes.add(purpose());
    await run('sync', ORDER_7);
    expect([...purposes]).toEqual(['commands']);
  });

  it('waits while the mappings were not read', async () => {
    const { org, run } = world({ setup: null });
    expect(await run('sync', ORDER_7)).toMatchObject({ State__c: 'waiting' });
    expect(org.told).toEqual([]);
  });
});

describe('several processes', () => {
  it('carry out a command once', async () => {
    const { org, open, worksBy } = world();
    worksBy(() => ({}));
    org.command('sync', ORDER_7);
    const both = ['one', 'two'].map((name) => open(name).commands);
    const rows = await org.query(both[0]?.waitingSoql ?? '');
    for (const commands of both) commands.take(rows);
    await Promise.all(both.map((commands) => commands.idle()));
    // The second asks once more when the first has given the lease back.
    for (const commands of both) commands.take(rows);
    await Promise.all(both.map((commands) => commands.idle()));
    expect(org.told.map((fields) => fields['State__c'])).toEqual(['running', 'done']);
  });

  it('leave a running one to whom it belongs, and take it over when he died', async () => {
    const { org, leases, commands, worksBy } = world();
    worksBy(() => ({}));
    const id = org.command('sync', { ...ORDER_7, State__c: 'running' });
    leases.held.set(`command ${id}`, 'two');
    await commands.look();
    await commands.idle();
    expect(org.told).toEqual([]);
    leases.held.clear();
    await commands.look();
    await commands.idle();
    expect(org.told.map((fields) => fields['State__c'])).toEqual(['done']);
    expect(leases.held.size).toBe(0);
  });

  it('read whole shops one at a time', async () => {
    const { org, leases, commands } = world();
    const id = org.command('dry_run');
    leases.held.set('long command', 'two');
    await commands.look();
    await commands.idle();
    expect(org.at(id)['State__c']).toBe('waiting');
  });
});

describe('a command under way', () => {
  it('says how far it is every few seconds, with a percentage', async () => {
    const { org, waits, run } = world();
    waits([2, 2, 2, 2, 2, 1, 1, 1, 1, 0]);
    const command = await run('sync', { Resource__c: 'order', Arguments__c: '7, 8' });
    const told = org.told.filter((fields) => !('State__c' in fields));
    // After 5.75, 11.75 and no other seconds.
    expect(told.map((fields) => [fields['Progress__c'], fields['Result__c']])).toEqual([
      [50, '1 of 2 records looked at.'],
      [50, '1 of 2 records looked at.'],
    ]);
    expect(command).toMatchObject({ State__c: 'done', Progress__c: 100 });
  });

  it('ends when it is cancelled, and stays cancelled', async () => {
    const { org, waits, run } = world();
    const asked = waits([1], (at) => {
      if (at === 2) for (const command of org.of(OBJECT)) command['State__c'] = 'cancelled';
    });
    const command = await run('sync', ORDER_7);
    expect(command).toMatchObject({
      State__c: 'cancelled',
      Result__c: 'Stopped; what was asked for goes on.',
    });
    expect(command['Finished_At__c']).toMatch(/^2026/);
    expect(asked(), 'noticed when progress is told').toBeLessThan(10);
  });

  it('is left running when the process is told to stop', async () => {
    const { waits, run, stop, leases } = world();
    waits([1], () => {
      stop.abort();
    });
    expect(await run('sync', ORDER_7)).toMatchObject({ State__c: 'running', Result__c: null });
    expect(leases.held.size).toBe(0);
  });

  it('is left to the process that has taken it over', async () => {
    const { waits, run, clock, leases } = world();
    waits([1, 1, 1, 0], () => {
      for (const name of leases.held.keys()) leases.held.set(name, 'two');
      clock.pass(20_000);
    });
    expect(await run('sync', ORDER_7)).toMatchObject({ State__c: 'running' });
  });

  it('needs no look when an outbound message is about it', async () => {
    const { org, commands, waits, run } = world();
    const calls: number[] = [];
    waits([1, 0], () => {
      calls.push(org.calls);
      void commands.look(org.of(OBJECT).map(({ Id }) => Id));
    });
    await run('sync', ORDER_7);
    expect(calls).toEqual([calls[0], calls[0]]);
  });

  it('does not keep another one waiting', async () => {
    const { org, queue, commands, worksBy } = world();
    worksBy(() => ({}));
    const first = org.command('sync', ORDER_7);
    const isDone = Promise.withResolvers<number>();
    queue.countOpen = () => isDone.promise;
    await commands.look();
    const second = org.command('explain');
    await commands.look();
    await expect.poll(() => org.at(second)['State__c']).toBe('failed');
    expect(org.at(first)['State__c']).toBe('running');
    isDone.resolve(0);
    await commands.idle();
    expect(org.at(first)['State__c']).toBe('done');
  });
});

describe('an org that does not let us', () => {
  it('write commands is told of once, and commands wait', async () => {
    const { org, clock, commands, logged } = world();
    const id = org.command('sync', ORDER_7);
    org.refuses = NO_RIGHT;
    for (const minutes of [0, 5, 11]) {
      clock.pass(minutes * 60_000);
      await commands.look();
      await commands.idle();
    }
    expect(org.at(id)['State__c']).toBe('waiting');
    const told = logged.filter(({ fields }) => fields['code'] === NO_RIGHT.code);
    expect(told).toHaveLength(1);
    expect(told[0]?.fields['cure']).toContain('Woo_Integration');
    expect(org.calls, 'asked twice in sixteen minutes').toBe(6);
  });

  it('read commands is told of once', async () => {
    const { org, clock, commands, logged } = world();
    org.out = new CodedError('SF_REFUSED', 'INVALID_TYPE: no such object.', 'Deploy it.');
    for (const minutes of [0, 1, 16]) {
      clock.pass(minutes * 60_000);
      await commands.look();
    }
    expect(org.calls).toBe(2);
    expect(logged.map(({ fields }) => fields['code'])).toEqual(['SF_REFUSED']);
  });

  it('answer for a while is asked again with the next look', async () => {
    const { org, commands, run, worksBy } = world();
    worksBy(() => ({}));
    org.out = new CodedError('SF_UNREACHABLE', 'The org does not answer.', 'Wait.');
    await commands.look();
    org.out = null;
    expect(await run('sync', ORDER_7)).toMatchObject({ State__c: 'done' });
  });
});

describe('a result', () => {
  it('holds no e-mail address', () => {
    expect(resultText('Contact main:guest:ada@example.com')).toBe(
      'Contact main:guest:a…@example.com',
    );
  });

  it('that is too long is cut, and says so', () => {
    const text = resultText(`${'a record '.repeat(3300)}${'😀'.repeat(3000)}`);
    expect(text.length).toBeLessThanOrEqual(30_000);
    expect(text).toMatch(
      /…\n\nCut here: all of it has 35,700 characters, more than this field takes\.$/,
    );
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('the configuration', () => {
  const held = [heldMapping()];
  const said = /Orders is held\. MAPPING_FIELD_TWICE at Order_Total: .* Delete one of the two\./;

  it('is read before each command, and the command goes by it', async () => {
    const { run, reloads } = world();
    reloads.brings = { fingerprint: 'ffff0000' };
    const { State__c: state, Result__c: result } = await run('reload');
    expect(state).toBe('done');
    expect(result).toMatch(
      /^In effect: 1 mapping of main, read .* UTC \(configuration ffff0000\)\.$/,
    );
    await run('sync', ORDER_7);
    expect(reloads.count).toBe(2);
  });

  it('names stores that are stopped, and says that none is active', async () => {
    const { run, reloads } = world();
    const reason = { code: 'STORE_URL', message: 'It has no address.', cure: 'Give it one.' };
    reloads.brings = { stores: [], stopped: [{ key: 'b', label: 'Outlet', reason }] as never };
    expect((await run('reload'))['Result__c']).toMatch(
      /^In effect: no active store, read .*\.\nOutlet is stopped\. STORE_URL: It has no address\. Give it one\.$/,
    );
  });

  it('says of which mappings no condition is on, or few field mappings are', async () => {
    const { run, reloads } = world();
    const problem = (mapping: string, code = 'CONDITION_ALL_OFF') => ({
      code,
      mapping,
      place: mapping,
      message: 'All.',
      cure: 'Some.',
      fatal: false,
    });
    const few = problem('Product', 'MAPPING_FIELDS_OFF');
    const problems = [problem('Order'), problem('Item', 'CONDITION_LOGIC'), problem('Refund'), few];
    reloads.brings = { problems };
    expect((await run('reload'))['Result__c']).toMatch(
      /\nCONDITION_ALL_OFF: 2 mappings with no condition that is on: every record is taken\. Order, Refund\nMAPPING_FIELDS_OFF: 1 mapping with more field mappings off than on: few fields are written\. Product$/,
    );
  });

  it.each(['reload', 'dry_run', 'backfill'])('names what it holds in a %s', async (type) => {
    const { run, reloads } = world();
    reloads.brings = { held };
    expect((await run(type))['Result__c']).toMatch(said);
  });

  it('names what it holds where a record is not written', async () => {
    const { run, reloads, worksBy } = world();
    worksBy(() => ({}));
    reloads.brings = { held };
    expect((await run('sync', ORDER_7))['Result__c']).toMatch(said);
    reloads.brings = { held: [heldMapping({ store: 'outlet' })] };
    expect((await run('sync', ORDER_7))['Result__c']).toContain('no mapping writes it');
  });
});

it('a comparison names the mappings that are held, why and where, and for the status in short', async () => {
  const { run, state, reloads } = world({ lists: { orders: [{ id: 7 }] } });
  const held = heldMapping({ label: 'Contacts', resource: 'customer', object: 'Contact' });
  reloads.brings = { held: [held, heldMapping({ label: 'Others', store: 'outlet' })] };
  const [short, ...lines] = String((await run('reconcile'))['Result__c']).split('\n');
  expect(short).toMatch(/none differs\. Left out, since held: Contacts \(MAPPING_FIELD_TWICE\)\./);
  expect(lines).toEqual([heldLine('Contacts')]);
  const kept = state.cursors.get('main standing:reconciled') as { readonly text: string };
  expect(short).toContain(kept.text);
});

it('a comparison says what was counted and found, keeps it for the status, and waits for the first backfill', async () => {
  const { run, state } = world({ lists: { orders: [{ id: 7 }] } });
  const { State__c: done, Result__c: result } = await run('reconcile');
  expect(done).toBe('done');
  expect(result).toMatch(/^Store main: \d+ records of the shop compared: none differs\./);
  const kept = state.cursors.get('main standing:reconciled') as { readonly text: string };
  expect(result).toContain(kept.text);
  const early = await world({ isLoaded: false }).run('reconcile');
  expect(early['Result__c']).toContain('COMMAND_FIRST_LOAD');
});
