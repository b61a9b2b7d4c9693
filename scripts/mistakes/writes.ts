import { drop, move, type Mistake } from './mistake.ts';

const rows = 'sync/pipeline/select-writes.ts';
const merge = 'sync/merge/merge.ts';
const writer = 'sync/to-salesforce/writer.ts';
/** How the state is asked for the orders of refunds. */
const ASKS_FOR_ORDERS =
  '  const links = await Promise.all(objectsOfOrders.map((object) => run.state.links(object, keys)));';

/** Of rows on their way into Salesforce. */
export const WRITES: readonly Mistake[] = [
  {
    name: 'cut-creations-left',
    means: 'links of records whose making was cut off are not repaired',
    file: rows,
    edits: [
      [
        'await withCutCreations(run, await reportMergedCustomers(run, rows))',
        'await reportMergedCustomers(run, rows)',
      ],
    ],
    guards: ['sync/to-salesforce/cut-creations.test.ts'],
  },
  {
    name: 'waiting-not-noted',
    means: 'rows with lookups that wait are not noted',
    file: rows,
    edits: drop('  await noteWaiting(run, planned, known);\n'),
    guards: ['sync/transform/waiting-lookups.test.ts'],
  },
  {
    name: 'links-after-rows',
    means: 'links without a write are saved after rows are handed over',
    file: rows,
    edits: [
      ['  const stale = await run.state.didWrite(linked, []);\n  run.onStaleRead?.(stale);\n', ''],
      [
        'run.totals.attach(telling) : telling);\n',
        'run.totals.attach(telling) : telling);\n  const stale = await run.state.didWrite(linked, []);\n  run.onStaleRead?.(stale);\n',
      ],
    ],
    guards: ['sync/match/match.test.ts'],
  },
  {
    name: 'compared-on-its-way',
    means: 'a row whose older form is on its way is compared with the org',
    file: rows,
    edits: [[' && !run.writer.has(mapping.object, key)', '']],
    guards: ['sync/pipeline/backfill.test.ts'],
  },
  {
    name: 'base-after-pending',
    means: 'what is written ahead takes the place of what was reached',
    file: merge,
    edits: move(
      '  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));\n',
      '  await run.state.twoWay.saveBase(made.flatMap(({ reached }) => reached));\n',
    ),
    guards: ['sync/merge/merge.test.ts'],
  },
  {
    name: 'nothing-written-ahead',
    means: 'what goes to either side is not written ahead',
    file: merge,
    edits: drop('  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));\n'),
    guards: ['sync/merge/merge.test.ts'],
  },
  {
    name: 'owners-before-records',
    means: "owners' bases are read before the records",
    file: merge,
    edits: [
      [
        '  const held = await readHeld(run, asked);\n  const isLoad',
        '  const before = await readHeld(run, asked);\n  const owners = await ownersOf(run, asked, before);\n  const held = await readHeld(run, asked);\n  const isLoad',
      ],
      ['  const owners = await ownersOf(run, asked, held);\n', ''],
    ],
    guards: ['sync/merge/merge.test.ts'],
  },
  {
    name: 'kept-not-written-ahead',
    means: 'what goes into fields that people may edit is not written ahead',
    file: 'sync/merge/kept.ts',
    edits: drop('  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));\n'),
    guards: ['sync/merge/kept.test.ts'],
  },
  {
    name: 'kept-base-after-pending',
    means:
      'of fields that people may edit, what is written ahead takes the place of what was reached',
    file: 'sync/merge/kept.ts',
    edits: move(
      '  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));\n',
      '  await run.state.twoWay.saveBase(made.flatMap(({ reached }) => reached));\n',
    ),
    guards: ['sync/merge/kept.test.ts'],
  },
  {
    name: 'announced-after-the-call',
    means: 'what is made is announced after the call',
    file: writer,
    edits: [
      ['    const announced = await this.#announce(batches);\n', ''],
      [
        '    // The next call goes while these',
        '    const announced = await this.#announce(batches);\n    // The next call goes while these',
      ],
    ],
    guards: ['sync/to-salesforce/cut-creations.test.ts'],
  },
  {
    name: 'announced-though-linked',
    means: 'a record that an earlier row has made is announced once more',
    file: writer,
    edits: [['coming.filter(({ object, key }) => known.get(object)?.has(key) !== true)', 'coming']],
    guards: ['sync/to-salesforce/writer.test.ts'],
  },
  {
    name: 'saves-at-once',
    means: 'results of two calls are saved at the same time',
    file: writer,
    edits: [['    await this.#save;\n    const fates', '    const fates']],
    guards: ['sync/to-salesforce/calls.test.ts'],
  },
  {
    name: 'base-before-link',
    means: 'what both sides hold is saved before the link',
    file: writer,
    edits: move(
      '    await this.#saveAgreed(outcome.agreed, announced);\n',
      '    const wentAlong = (await onLost',
    ),
    guards: ['sync/to-salesforce/cut-creations.test.ts'],
  },
  {
    name: 'merged-not-followed',
    means: 'links do not follow merged records',
    file: writer,
    edits: drop('    await state.followMerged(outcome.merged);\n'),
    guards: ['sync/merge/merged-in-stores.test.ts'],
  },
  {
    name: 'pages-released-early',
    means: 'a page counts as done before results are saved',
    file: writer,
    edits: [
      [
        '    for (const { entries } of batches) for (const entry of entries) entry.page.release();\n',
        '',
      ],
      [
        '    await this.#keep(outcome, announced);\n',
        '    for (const { entries } of batches) for (const entry of entries) entry.page.release();\n    await this.#keep(outcome, announced);\n',
      ],
    ],
    guards: ['sync/to-salesforce/writer.test.ts'],
  },
  {
    name: 'under-way-unknown',
    means: 'records of the call under way do not count as coming',
    file: writer,
    edits: [[' || this.#underWay.has(object, key)', '']],
    guards: ['sync/to-salesforce/retries.test.ts'],
  },
  {
    name: 'partly-written-forgotten',
    means: 'what a call has written before it broke off is forgotten',
    file: writer,
    edits: drop('      await this.#keep(outcome, []);\n'),
    guards: ['sync/to-salesforce/calls.test.ts'],
  },
  {
    name: 'lookups-state-first',
    means: 'the state is asked for what lookups name before what is on its way',
    file: 'sync/transform/references.ts',
    edits: [
      [
        '  // Those on their way are asked before',
        '  const before = await linksOfAll(run, wanted);\n  // Those on their way are asked before',
      ],
      ['of await linksOfAll(run, wanted)) known', 'of before) known'],
    ],
    guards: ['sync/transform/references.test.ts'],
  },
  {
    name: 'refunds-state-first',
    means: 'the state is asked for the orders of refunds before what is on its way',
    file: 'sync/pipeline/orders.ts',
    edits: [
      ['  // Those on their way first', `${ASKS_FOR_ORDERS}\n  // Those on their way first`],
      [`found.set(object, key, true);\n${ASKS_FOR_ORDERS}`, 'found.set(object, key, true);'],
    ],
    guards: ['sync/pipeline/orders.test.ts'],
  },
  {
    name: 'parts-leave-first',
    means: 'what an order no longer has leaves before the order comes',
    file: 'sync/pipeline/orders.ts',
    edits: move(
      '  await removeStaleParts(run, wanted, read);\n',
      '  await addPage(run, { planned: [...parents, ...all]',
    ),
    guards: [],
    harmless: 'a call has its deletions last, whatever comes first',
  },
  {
    name: 'parents-behind-orders',
    means: 'parents come behind the orders that name them',
    file: 'sync/pipeline/orders.ts',
    edits: [['[...parents, ...all]', '[...all, ...parents]']],
    guards: [],
    harmless: 'a call has its records by what they refer to, whatever comes first',
  },
  {
    name: 'counted-after-resolving',
    means: 'orders are counted after their customers are resolved',
    file: 'sync/pipeline/orders.ts',
    edits: [
      ['  await count(run, orders, read);\n  const known', '  const known'],
      [
        '  await addPage(run, { planned: [...parents',
        '  await count(run, orders, read);\n  await addPage(run, { planned: [...parents',
      ],
    ],
    guards: [],
    harmless:
      'orders are counted before their page is handed over all the same, and nothing in between asks for totals',
  },
  {
    name: 'looked-at-before-the-mark',
    means: 'that a record is another one is saved after its orders are queued',
    file: 'sync/transform/restored.ts',
    edits: [
      ['  await run.state.origins.save(resource, [...now.values()]);\n', ''],
      [
        '  await lookAtOrdersOf(run, due.filter(isAnother));\n',
        '  await lookAtOrdersOf(run, due.filter(isAnother));\n  await run.state.origins.save(resource, [...now.values()]);\n',
      ],
    ],
    guards: ['sync/transform/restored.test.ts'],
  },
];
