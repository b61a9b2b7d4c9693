import { drop, move, type Mistake } from './mistake.ts';

const file = 'sync/pipeline/sync-changes.ts';
const push = 'sync/pipeline/push-to-woo.ts';

/** Of a batch of change events. */
export const CHANGES: readonly Mistake[] = [
  {
    name: 'reports-after-the-read',
    means: 'what Salesforce reports is read after the shop',
    file,
    edits: [
      ['  const dirty = await toldOf(parts, changes);\n', ''],
      [
        '{ lost, decided, stale, followUps, ordersQueued }, dirty);\n',
        '{ lost, decided, stale, followUps, ordersQueued }, new Map());\n',
      ],
      [
        '  const typed = await readTyped(',
        '  Object.assign(run, { dirty: await toldOf(parts, changes) });\n  const typed = await readTyped(',
      ],
    ],
    guards: [],
    harmless:
      'Salesforce is asked after both, so that the edit of a report that comes between them is seen',
  },
  {
    name: 'echoes-kept',
    means: 'what is looked at is not forgotten as an echo',
    file,
    edits: drop('  for (const change of changes) parts.echoes?.forget(change);\n'),
    guards: ['sync/to-woo/echoes.test.ts'],
  },
  {
    name: 'reads-not-noted',
    means: 'what was read is not noted for echoes',
    file,
    edits: drop('  parts.echoes?.noteReads(orders, parts.mappings);\n'),
    guards: ['engine/store/change-sync.test.ts'],
  },
  {
    name: 'stock-asked-after-the-pull',
    means: 'which orders moved stock is asked after their links are saved',
    file,
    edits: move(
      '  const changed = await changedInShop(run, orders);\n',
      '  await run.totals?.finish(() => run.writer.flush());\n  await run.leads?.finish();\n  const sentAt',
    ),
    guards: ['sync/pipeline/sync-changes.test.ts'],
  },
  {
    name: 'read-lost-with-the-next',
    means: 'what was read is not written where a later read fails',
    file,
    edits: [
      [
        '  } finally {\n    // Where a read failed',
        '  } catch (error) {\n    throw error;\n  }\n  {\n    // Where a read failed',
      ],
    ],
    guards: ['sync/pipeline/sync-changes.test.ts'],
  },
  {
    name: 'totals-after-the-flush',
    means: 'totals do not ride in the calls of the records',
    file,
    edits: drop('    await run.totals?.prepare();\n'),
    guards: ['sync/totals/customer-totals.test.ts'],
  },
  {
    name: 'lost-orders-not-before-totals',
    means: 'lost orders are not restored before totals are finished',
    file,
    edits: [['  await lost.restore(run, read);\n  await run.totals', '  await run.totals']],
    guards: [],
    harmless:
      'those that are lost are restored after the answers too, as lost-orders-not-restored shows',
  },
  {
    name: 'lost-orders-not-restored',
    means: 'an order that was deleted in Salesforce is made anew without its items',
    file,
    edits: [
      ['  await lost.restore(run, read);\n  await run.totals', '  await run.totals'],
      ['  await lost.restore(run, read);\n  await run.leads', '  await run.leads'],
    ],
    guards: ['sync/pipeline/recreated-records.test.ts'],
  },
  {
    name: 'lost-orders-not-after-answers',
    means: 'lost orders of answers are not restored',
    file,
    edits: [['  await lost.restore(run, read);\n  await run.leads', '  await run.leads']],
    guards: [],
    harmless:
      'those that are lost are restored before the totals too, as lost-orders-not-restored shows',
  },
  {
    name: 'totals-not-finished',
    means: 'totals are not finished before the shop is told anything',
    file,
    edits: drop('  await run.totals?.finish(() => run.writer.flush());\n'),
    guards: ['sync/totals/shared-customers.test.ts'],
  },
  {
    name: 'leads-not-after-contacts',
    means: 'leads do not follow the contacts that were written',
    file,
    edits: [['  await run.leads?.finish();\n  const sentAt', '  const sentAt']],
    guards: [],
    harmless: 'leads are seen to after the answers too, as leads-not-after-answers shows',
  },
  {
    name: 'leads-not-after-answers',
    means: 'leads of answers are left',
    file,
    edits: [['  await run.leads?.finish();\n  await keepForLater', '  await keepForLater']],
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'answers-dated-by-the-read',
    means: 'answers of the shop are as old as the read before them',
    file,
    edits: [['read.readAt.getTime() + readFor()', 'read.readAt.getTime() + 0 * readFor()']],
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'answers-not-pulled',
    means: 'what the shop made of orders does not come to Salesforce',
    file,
    edits: drop(
      '  await pullAnswers(run, answered, await readOf(run, answered, { ...read, readAt: sentAt }));\n',
    ),
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'answers-of-the-old-reading',
    means: 'answers count as read before they were there',
    file,
    edits: [
      ['await readOf(run, answered, { ...read, readAt: sentAt })', '{ ...read, readAt: sentAt }'],
    ],
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'reported-unknown',
    means: 'what was reported before the answers is reported once more',
    file,
    edits: [['new Set(run.stillDirty)', 'new Set()']],
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'kept-before-answers',
    means: 'what waits is kept before the answers are compared',
    file,
    edits: move('  await keepForLater(run, reported);\n', '  await pullAnswers('),
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'attempts-ended-early',
    means: 'an attempt to make a record ends before its record is linked',
    file,
    edits: move(
      '  followUps.push(...(await endCreations(run, created, stale)));\n',
      '  const readFor = stopwatch();\n',
    ),
    guards: ['sync/to-woo/drafts-of-two-stores.test.ts'],
  },
  {
    name: 'reports-cleared-early',
    means: 'reports are cleared before the shop has what they told of',
    file,
    edits: move(
      '  await run.state.twoWay.clearDirty(settled(run, looked.trashed));\n',
      '  const answered = await pushToWoo(run);\n',
    ),
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'reports-of-trash-cleared',
    means: 'reports of what is in the trash are cleared',
    file,
    edits: [[' && !trashed.has(key)', ' || trashed.has(key)']],
    guards: ['sync/to-woo/trashed-orders.test.ts'],
  },
  {
    name: 'ids-before-answers',
    means: 'ids go to the shop while answers are on their way',
    file,
    edits: [
      ['  const idsRefused = (await run.ids?.finish()) ?? null;\n', ''],
      [
        '  const reported = new Set',
        '  const idsRefused = (await run.ids?.finish()) ?? null;\n  const reported = new Set',
      ],
    ],
    guards: [],
    harmless: 'answers tell no ids, and make nothing that the shop keeps an id of',
  },
  {
    name: 'orders-before-customers',
    means: 'orders come before the customers that they name',
    file,
    edits: move(
      "  if (there('orders').length > 0) {\n    await pullOrders(run, there('orders'), read);\n    await pullNewRefunds(run, there('orders'), read);\n  }\n",
      "  if (there('customers').length > 0) await pullSingles(",
    ),
    guards: ['sync/totals/restored-shop.test.ts'],
  },
  {
    name: 'orders-not-foreseen',
    means: 'a new customer is made without its totals',
    file,
    edits: drop(
      "  if (there('customers').length > 0) await foresee(run, there('orders'), read);\n",
    ),
    guards: ['sync/totals/customer-totals.test.ts'],
  },
  {
    name: 'gone-orders-counted',
    means: 'orders that are gone still count',
    file,
    edits: drop("  await run.totals?.gone(looked.away.get('order') ?? [], read.readNumber);\n"),
    guards: ['sync/totals/customer-totals.test.ts'],
  },
  {
    name: 'refunds-before-orders',
    means: 'refunds come before their orders',
    file,
    edits: move(
      "    await pullNewRefunds(run, there('orders'), read);\n",
      "    await pullOrders(run, there('orders'), read);\n",
    ),
    guards: ['sync/transform/restored.test.ts'],
  },
  {
    name: 'away-before-there',
    means: 'what is gone leaves before what is there has come',
    file,
    edits: move(
      '  for (const [resource, records] of looked.away) {\n    await applyDeleteRules(run, await deletionsOf(run, resource, records), read);\n  }\n',
      "  if (there('products').length > 0) await pullSingles(",
    ),
    guards: ['sync/pipeline/sync-changes.test.ts'],
  },
  {
    name: 'unsent-not-reported',
    means: 'what did not get through is not reported',
    file: push,
    edits: [
      [
        '  const fresh = [...run.stillDirty].filter((key) => !run.dirty.has(key));\n  await run.state.twoWay.markDirty(fresh);\n  return answered;',
        '  return answered;',
      ],
    ],
    guards: ['sync/images/import/import-images.test.ts'],
  },
  {
    name: 'images-before-text',
    means: 'images go to the shop before text',
    file: push,
    edits: [
      [
        '  const answered = await run.shopUpdates.flush(run);\n  if (run.dry) return answered;\n',
        '  if (run.dry) return run.shopUpdates.flush(run);\n',
      ],
      [
        '  await run.imageUploads.flush(run);\n',
        '  await run.imageUploads.flush(run);\n  const answered = await run.shopUpdates.flush(run);\n',
      ],
    ],
    guards: ['sync/pipeline/push-to-woo.test.ts'],
  },
  {
    name: 'uploads-before-imports',
    means: 'images go to the shop before those of the shop come',
    file: push,
    edits: move('  await run.imageUploads.flush(run);\n', '  await run.imageImports.flush(run);\n'),
    guards: ['sync/images/import/import-images.test.ts'],
  },
  {
    name: 'answers-compared-as-reported',
    means: 'answers are compared as if Salesforce had reported them',
    file: push,
    edits: [['{ ...others, dirty: new Map() }', '{ ...others }']],
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
  {
    name: 'answers-tell-ids',
    means: 'ids go to the shop of records whose answers are compared',
    file: push,
    edits: [['const { ids: _, ...others } = run;', 'const others = run;']],
    guards: ['sync/to-woo/answered-orders.test.ts'],
  },
];
