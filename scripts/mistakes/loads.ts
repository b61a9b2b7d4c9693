import { drop, type Mistake } from './mistake.ts';

const file = 'sync/pipeline/backfill.ts';

/** Of a load. */
export const LOADS: readonly Mistake[] = [
  {
    name: 'page-done-before-its-edits',
    means: 'a page counts as done before its edits are in the shop',
    file,
    edits: [
      [
        '      await pushToWoo(run);\n      page.release();\n      await checkpoint.advance();\n',
        '      page.release();\n      await checkpoint.advance();\n      await pushToWoo(run);\n',
      ],
    ],
    guards: ['sync/pipeline/places.test.ts'],
  },
  {
    name: 'list-lost-with-its-end',
    means: 'what was read of a list that fails is not written',
    file,
    edits: [
      [
        '  } finally {\n    // Where the list failed',
        '  } catch (error) {\n    throw error;\n  }\n  {\n    // Where the list failed',
      ],
    ],
    guards: ['sync/pipeline/backfill.test.ts'],
  },
  {
    name: 'lost-orders-of-a-load-left',
    means: 'lost orders of a load are not restored',
    file,
    edits: drop('  if (last) await lost.restore(run, last);\n'),
    guards: ['sync/pipeline/recreated-records.test.ts'],
  },
  {
    name: 'leads-before-contacts',
    means: 'leads of a load come before their contacts',
    file,
    edits: [
      [
        '    await writeRows(run, checkpoint);\n    await run.leads.finish();\n',
        '    await run.leads.finish();\n    await writeRows(run, checkpoint);\n',
      ],
    ],
    guards: ['sync/pipeline/places.test.ts'],
  },
  {
    name: 'place-forgotten-early',
    means: 'the place in a list is forgotten before its end is seen to',
    file,
    edits: [
      ['  if (isWhole) await state.saveCursor(store.key, name, null);\n', ''],
      [
        '  if (last) await lost',
        '  if (isWhole) await state.saveCursor(store.key, name, null);\n  if (last) await lost',
      ],
    ],
    guards: ['sync/pipeline/places.test.ts'],
  },
  {
    name: 'links-not-rebuilt',
    means: 'links are not rebuilt before the first page',
    file,
    edits: drop(
      '  await rebuildLinks({ org, state, store: store.key, mappings, besides, signal });\n',
    ),
    guards: ['sync/totals/customer-totals.test.ts'],
  },
  {
    name: 'pages-not-held',
    means: 'a page does not wait for what waits of it',
    file: 'sync/pipeline/match-buffer.ts',
    edits: [
      ['    work.page.take();\n', ''],
      ['  for (const { page } of works) page.release();\n', ''],
    ],
    guards: ['sync/pipeline/resume.test.ts'],
  },
];
