import { beforeEach, describe, expect, it } from 'vitest';

import type { Mapping, OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { REFUSED, type Base, type SyncBase } from '../../../src/ports/two-way-state.ts';
import type { Link } from '../../../src/ports/link.ts';
import { Decision } from '../../../src/sync/merge/decision.ts';
import { conflictKey, Resolutions } from '../../../src/sync/merge/resolutions.ts';
import { NOT_WRITTEN } from '../../../src/sync/merge/three-way.ts';
import type { Circumstances } from '../../../src/sync/merge/verdict.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { KEY, OBJECT, PAIR, RECORD, text } from './text-fields.ts';

const NAME = text('Name');
const NOTE = text('Note');
const IMAGE = text('Image', { kind: 'featured_image' });
const both = (value: string): Base[string] => [digest(value), digest(value)];
const of = (field: OutgoingField) => agreedName(field);
const editOf = (field: OutgoingField) => `edit ${agreedName(field)}`;

interface Sides {
  readonly outgoing?: readonly OutgoingField[];
  readonly woo: WooRecord;
  readonly salesforce: Readonly<Record<string, unknown>>;
  readonly base?: Base;
  readonly pending?: Base;
  readonly mapping?: Partial<Mapping>;
  readonly link?: Pick<Link, 'byId'>;
  /** Fields that the row brings to Salesforce; all that the shop has where it is left out. */
  readonly brings?: readonly string[];
  readonly decided?: 'take_woo' | 'take_salesforce';
  readonly circumstances?: Partial<Circumstances>;
}

let findings: CollectedFailures;
let report: Report;
/** What goes to the shop, and images that are looked at. */
let sent: unknown[];
let stillDirty: Set<string>;
/** The field in which images go both ways; undefined where they do in none. */
let bothImages: OutgoingField | undefined;
let mapping: Mapping;

beforeEach(() => {
  findings = new CollectedFailures();
  sent = [];
  stillDirty = new Set();
  bothImages = undefined;
});

function decide(sides: Sides): Decision {
  const { outgoing = [NAME], woo, salesforce, base = {}, pending = {}, link } = sides;
  mapping = mappingTo(OBJECT, {
    resource: 'product',
    direction: 'both',
    outgoing,
    ...sides.mapping,
  });
  report = new Report([mapping], findings);
  const run = {
    report,
    stillDirty,
    shopUpdates: { add: (one: unknown) => sent.push(one) },
    imageImports: { field: () => bothImages, add: (one: unknown) => sent.push(['both', one]) },
    imageUploads: { add: (one: unknown) => sent.push(['to the shop', one]) },
  } as unknown as Run;
  const names = sides.brings ?? outgoing.map(({ field }) => field);
  const row: Circumstances['row'] = {
    mapping,
    key: KEY,
    parentKey: null,
    record: woo,
    readNumber: 0,
    readAt: new Date(0),
    row: rowOf(KEY, Object.fromEntries(names.map((name) => [name, 'of the shop']))),
    link: link as Link | undefined,
  } as Circumstances['row'];
  const known: SyncBase = { ...PAIR, base, pending };
  const byIssue = new Map(
    sides.decided === undefined
      ? []
      : outgoing.map((field) => [conflictKey(mapping, KEY, field), sides.decided ?? ''] as const),
  );
  return new Decision(
    run,
    { row, recordId: RECORD, base: known },
    {
      row,
      held: { Id: RECORD, LastModifiedDate: '2026-11-24T10:00:00.000+0000', ...salesforce },
      decided: new Resolutions(byIssue),
      owner: undefined,
      told: true,
      mayBeTyped: false,
      isOurs: false,
      ...sides.circumstances,
    },
  );
}

const said = () => findings.take().map(({ code, reason, field }) => [code, field, reason]);
const over = () => findings.settledConflicts.map(({ reason }) => reason);
const notes = () => report.of(mapping).notes.map(({ message }) => message);

describe('a field that both sides hold alike', () => {
  const SAME = { woo: { name: 'Tea' }, salesforce: { Name: 'Tea' } };

  it('is remembered once, and nothing is written', () => {
    const decision = decide({ ...SAME, base: { [of(NAME)]: both('Tea') } });
    expect(decision.reached).toEqual([]);
    expect(decision.coming).toEqual([]);
    expect(decision.merged).toEqual({
      withheld: new Set(['Name']),
      forced: false,
      agrees: {},
      guards: [],
    });
    decision.send();
    expect(sent).toEqual([]);
  });

  it('is remembered where both have come to it', () => {
    const decision = decide({ ...SAME, base: { [of(NAME)]: both('Mug') } });
    expect(decision.reached).toEqual([{ ...PAIR, base: { [of(NAME)]: both('Tea') } }]);
  });

  it('is remembered where a write of it was under way, though it is no news', () => {
    const decision = decide({
      ...SAME,
      base: { [of(NAME)]: both('Tea') },
      pending: { [of(NAME)]: [NOT_WRITTEN, digest('Mug')] },
    });
    expect(decision.reached).toEqual([{ ...PAIR, base: { [of(NAME)]: both('Tea') } }]);
  });

  const SHARED = { ...SAME, mapping: { editsToAllStores: true } };

  it.each<[string, Partial<Sides>, boolean]>([
    ['a person has typed it since', { base: { [of(NAME)]: both('Mug') } }, true],
    ['both held it before', { base: { [of(NAME)]: both('Tea') } }, false],
    ['nothing was known', {}, false],
    [
      'we were writing it',
      { base: { [of(NAME)]: both('Mug') }, pending: { [of(NAME)]: [NOT_WRITTEN, digest('Tea')] } },
      false,
    ],
    [
      'the record belongs to another store',
      { base: { [of(NAME)]: both('Mug') }, link: { byId: true } },
      false,
    ],
    ['it is the store’s own', { base: { [of(NAME)]: both('Mug') }, link: { byId: false } }, true],
    [
      'edits go to no other store',
      { base: { [of(NAME)]: both('Mug') }, mapping: { editsToAllStores: false } },
      false,
    ],
  ])('is kept for other stores as an edit where %s: %s', (_, sides, isEdit) => {
    const [reached] = decide({ ...SHARED, ...sides }).reached;
    expect(Object.keys(reached?.base ?? {}).includes(editOf(NAME))).toBe(isEdit);
    if (isEdit) expect(reached?.base[editOf(NAME)]?.[1]).toBe(digest('Tea'));
  });
});

describe('a field that the shop has changed', () => {
  const CHANGED = {
    woo: { name: 'Mug' },
    salesforce: { Name: 'Tea' },
    base: { [of(NAME)]: both('Tea') },
  };

  it('is brought to Salesforce, which must still hold what was read', () => {
    const decision = decide(CHANGED);
    const { withheld, forced, agrees, guards } = decision.merged;
    expect([withheld, forced, agrees]).toEqual([new Set(), true, { [of(NAME)]: both('Mug') }]);
    expect(guards).toMatchObject([
      { name: of(NAME), field: 'Name', held: 'Tea', modified: '2026-11-24T10:00:00.000+0000' },
    ]);
    expect(decision.coming).toEqual([
      { ...PAIR, pending: { [of(NAME)]: [NOT_WRITTEN, digest('Mug')] } },
    ]);
    expect(decision.isAnew(NAME)).toBe(false);
    expect(said()).toEqual([]);
  });

  it('is not where the row does not bring it', () => {
    const decision = decide({ ...CHANGED, brings: [] });
    expect(decision.merged).toMatchObject({ withheld: new Set(['Name']), forced: false });
    expect(decision.coming).toEqual([]);
  });

  it.each([
    [true, { byId: false }, true],
    [true, { byId: true }, false],
    [false, { byId: false }, false],
  ])('is no edit for other stores: sends edits %s, %j', (editsToAllStores, link, isKept) => {
    const { agrees } = decide({ ...CHANGED, mapping: { editsToAllStores }, link }).merged;
    expect(agrees[editOf(NAME)]).toEqual(isKept ? [NOT_WRITTEN, NOT_WRITTEN] : undefined);
  });
});

describe('a field that Salesforce has changed', () => {
  const base = { [of(NAME)]: both('Tea'), [of(NOTE)]: both('') };
  const CHANGED = {
    outgoing: [NAME, NOTE],
    woo: { name: 'Tea', note: '' },
    salesforce: { Name: 'Mug', Note: '' },
    base,
  };

  it('goes to the shop, and it alone', () => {
    const decision = decide(CHANGED);
    expect([decision.isAnew(NAME), decision.isAnew(NOTE)]).toEqual([true, false]);
    expect(decision.coming).toEqual([
      { ...PAIR, pending: { [of(NAME)]: [digest('Mug'), NOT_WRITTEN] } },
    ]);
    decision.send();
    expect(sent).toMatchObject([
      {
        ...PAIR,
        record: CHANGED.woo,
        fields: [{ field: NAME, patch: { name: 'Mug' }, held: 'Mug', isFirst: false }],
      },
    ]);
  });

  it('is said to be the first that the shop gets where nothing was agreed', () => {
    const decision = decide({ ...CHANGED, woo: { name: null, note: '' }, base: {} });
    decision.send();
    expect(sent).toMatchObject([{ fields: [{ field: NAME, isFirst: true }] }]);
  });

  it('comes with what goes along, by which it is measured', () => {
    const seen: unknown[] = [];
    const price = text('Price', {
      toWoo: (_, record) => {
        seen.push(record['name']);
        return { patch: { price: '1' } };
      },
    });
    decide({
      outgoing: [NAME, price],
      woo: { name: 'Tea', price: '2' },
      salesforce: { Name: 'Mug', Price: '1' },
      base: { [of(NAME)]: both('Tea'), [of(price)]: both('2') },
    });
    expect(seen).toEqual(['Mug']);
  });

  it('is let be where the shop has no place for it', () => {
    const none = text('Name', { toWoo: () => ({ patch: {} }) });
    const decision = decide({ ...CHANGED, outgoing: [none] });
    expect([decision.coming, decision.isAnew(none)]).toEqual([[], false]);
    decision.send();
    expect(sent).toEqual([]);
  });
});

describe('what cannot go to the shop', () => {
  const base = { [of(NAME)]: both('Tea'), [of(NOTE)]: both('') };
  const ODD = {
    outgoing: [NAME, NOTE],
    woo: { name: 'Tea', note: '' },
    salesforce: { Name: '?', Note: '??' },
    base,
  };

  it('is said once of the record, which is looked at again', () => {
    decide(ODD);
    expect(findings.take()).toMatchObject([
      {
        code: 'TO_WOO_VALUE',
        field: 'Name',
        reason: 'Name is odd; Note is odd',
        key: expect.stringContaining('#shop') as unknown,
      },
    ]);
    expect([...stillDirty]).toEqual([KEY]);
  });

  it('is no conflict that was decided', () => {
    decide({
      ...ODD,
      woo: { name: 'Mug', note: '' },
      mapping: { conflictRule: 'salesforce_wins' },
    });
    expect(said().map(([code]) => code)).toEqual(['TO_WOO_VALUE']);
  });

  const REVERTS = text('Name', { revertsIfRefused: true });

  it('gives way to the shop’s value where the field says so, and that is said', () => {
    const decision = decide({ ...ODD, outgoing: [REVERTS] });
    expect(decision.merged).toMatchObject({
      withheld: new Set(),
      agrees: { [of(NAME)]: both('Tea') },
    });
    expect(decision.reached).toEqual([
      {
        ...PAIR,
        base: { [`${of(NAME)}${REFUSED}`]: [digest('Tea'), 'TO_WOO_VALUE Name is odd'] },
      },
    ]);
    expect(decision.isAnew(REVERTS)).toBe(true);
    expect(said()).toEqual([['TO_WOO_VALUE', 'Name', 'Name is odd']]);
    expect([...stillDirty]).toEqual([]);
  });

  it('stays as it was entered where the row does not bring the shop’s', () => {
    const decision = decide({ ...ODD, outgoing: [REVERTS], brings: [] });
    expect(decision.merged.withheld).toEqual(new Set(['Name']));
    expect([...stillDirty]).toEqual([KEY]);
  });
});

describe('a field that differs on first contact', () => {
  const DIFFERS = { woo: { name: 'Mug' }, salesforce: { Name: 'Tea' } };

  it.each<[string, Partial<Sides>, string[]]>([
    ['is noted', {}, ["Name differed on first contact; the shop's value was kept."]],
    [
      'is noted by the other rule',
      { mapping: { conflictRule: 'salesforce_wins' } },
      ["Name differed on first contact; Salesforce's value was kept."],
    ],
    ['is asked of a person', { mapping: { conflictRule: 'ask' } }, []],
  ])('%s', (_, sides, noted) => {
    decide({ ...DIFFERS, ...sides });
    expect(notes()).toEqual(noted);
    const isAsked = noted.length === 0;
    expect(said().map(([code]) => code)).toEqual(isAsked ? ['CONFLICT_OPEN'] : []);
    expect([...stillDirty]).toEqual(isAsked ? [KEY] : []);
  });

  const NOT_KNOWN = 'what both sides held before is not known any more';

  it.each<[string, Partial<Sides>, string | null]>([
    [
      'a person may have typed it',
      { circumstances: { mayBeTyped: true } },
      `Name differs, a person has changed the record in Salesforce, and ${NOT_KNOWN}: the shop's value was kept.`,
    ],
    [
      'it is ours and the rule would have taken the other',
      { circumstances: { isOurs: true }, mapping: { conflictRule: 'salesforce_wins' } },
      `Name differs, and ${NOT_KNOWN}: the shop's value was kept.`,
    ],
    ['it is ours and the rule says the same', { circumstances: { isOurs: true } }, null],
    [
      'both were in step before',
      {
        base: { [of(NAME)]: both('Cup') },
        circumstances: { mayBeTyped: true, isOurs: true },
        mapping: { conflictRule: 'woo_wins' },
      },
      "Name was changed on both sides: the shop's value was kept.",
    ],
  ])('is a conflict where %s', (_, sides, reason) => {
    decide({ ...DIFFERS, ...sides });
    expect(said()).toEqual(reason === null ? [] : [['CONFLICT_DECIDED', 'Name', reason]]);
    expect(notes()).toHaveLength(reason === null ? 1 : 0);
  });

  it('is a conflict that nobody has to explain where the state knew nothing', () => {
    decide({ ...DIFFERS, mapping: { conflictRule: 'ask' } });
    expect(said()).toEqual([
      ['CONFLICT_OPEN', 'Name', 'Name was changed on both sides: nothing was overwritten.'],
    ]);
  });
});

describe('a conflict that waited for a person', () => {
  const base = { [of(NAME)]: both('Tea') };
  const ASK = { base, mapping: { conflictRule: 'ask' } } as const;

  it.each<[string, Sides, readonly string[]]>([
    [
      'the shop’s is taken',
      { ...ASK, woo: { name: 'Mug' }, salesforce: { Name: 'Tea' } },
      ["Name: the shop's value was taken, since Salesforce holds again what both held before."],
    ],
    [
      'Salesforce’s is taken',
      { ...ASK, woo: { name: 'Tea' }, salesforce: { Name: 'Mug' } },
      ["Name: Salesforce's value was taken, since the shop holds again what both held before."],
    ],
    [
      'a person has decided',
      { ...ASK, woo: { name: 'Cup' }, salesforce: { Name: 'Mug' }, decided: 'take_salesforce' },
      ["Name: Salesforce's value was taken, as a person has decided."],
    ],
    [
      'both hold the same',
      { ...ASK, woo: { name: 'Cup' }, salesforce: { Name: 'Cup' } },
      ['Name is the same on both sides now.'],
    ],
  ])('is over where %s', (_, sides, reasons) => {
    decide(sides);
    expect(over()).toEqual(reasons);
  });

  it.each<[string, Sides]>([
    [
      'nothing has changed',
      {
        ...ASK,
        base: { [of(NAME)]: [digest('Mug'), digest('Tea')] },
        woo: { name: 'Mug' },
        salesforce: { Name: 'Tea' },
      },
    ],
    ['nothing was known', { ...ASK, base: {}, woo: { name: 'Tea' }, salesforce: { Name: 'Tea' } }],
    [
      'nobody is asked',
      {
        base,
        mapping: { conflictRule: 'woo_wins' },
        woo: { name: 'Mug' },
        salesforce: { Name: 'Tea' },
      },
    ],
    [
      'the field goes one way',
      {
        ...ASK,
        outgoing: [text('Name', { direction: 'to_woo' })],
        woo: { name: 'Tea' },
        salesforce: { Name: 'Mug' },
      },
    ],
    [
      'the record is another store’s',
      {
        ...ASK,
        outgoing: [text('Name', { onlyEdits: true })],
        woo: { name: 'Mug' },
        salesforce: { Name: 'Mug' },
      },
    ],
    ['both have changed', { ...ASK, woo: { name: 'Cup' }, salesforce: { Name: 'Mug' } }],
  ])('is not said to be over where %s', (_, sides) => {
    decide(sides);
    expect(over()).toEqual([]);
  });
});

describe('a field of a record of another store', () => {
  const EDITS = text('Name', { onlyEdits: true });
  const SHOWN = { outgoing: [EDITS], woo: { name: 'Mug' }, salesforce: { Name: 'Tea' } };

  it.each<[string, Base, boolean]>([
    ['was looked at for the first time', {}, true],
    ['has changed in Salesforce', { [of(NAME)]: both('Cup') }, true],
    ['is as it was in Salesforce', { [of(NAME)]: [digest('Cup'), digest('Tea')] }, false],
  ])('that %s is remembered as it is: %j, %s', (_, base, isNews) => {
    const { reached } = decide({ ...SHOWN, base });
    const held = [digest('Mug'), digest('Tea')];
    expect(reached).toEqual(isNews ? [{ ...PAIR, base: { [of(NAME)]: held } }] : []);
  });

  it('that the shop alone keeps otherwise is not remembered for it', () => {
    const { reached } = decide({
      ...SHOWN,
      outgoing: [text('Name', { direction: 'to_woo' })],
      base: { [of(NAME)]: [digest('Cup'), digest('Tea')] },
    });
    expect(reached).toEqual([]);
  });
});

describe('a write whose end is not known', () => {
  it.each<[string, Base, Base[string] | undefined]>([
    ['has come to the shop', { [of(NAME)]: [digest('Mug'), NOT_WRITTEN] }, both('Mug')],
    ['has not come to the shop', { [of(NAME)]: [digest('Cup'), NOT_WRITTEN] }, both('Tea')],
  ])('is what both were last in step with where it %s', (_, pending, reached) => {
    const decision = decide({
      woo: { name: 'Mug' },
      salesforce: { Name: 'Can' },
      base: { [of(NAME)]: both('Tea') },
      pending,
    });
    expect(decision.reached).toEqual([{ ...PAIR, base: { [of(NAME)]: reached } }]);
  });

  it('says nothing where nothing was known before', () => {
    const decision = decide({
      woo: { name: 'Mug' },
      salesforce: { Name: 'Can' },
      pending: { [of(NAME)]: [digest('Cup'), NOT_WRITTEN] },
    });
    expect(decision.reached).toEqual([]);
  });

  it('that was none is nothing to remember', () => {
    const decision = decide({
      woo: { name: 'Mug' },
      salesforce: { Name: 'Tea' },
      base: { [of(NAME)]: both('Tea') },
    });
    expect(decision.reached).toEqual([]);
  });
});

describe('images', () => {
  const SHOWN = {
    outgoing: [NAME, IMAGE],
    woo: { name: 'Tea', image: '7' },
    salesforce: { Name: 'Tea', Image: '069' },
    base: { [of(NAME)]: both('Tea') },
  };
  const ITEM = { recordId: RECORD, held: { Image: '069' }, base: { base: SHOWN.base } };

  it('are compared by what looks at files, not as values', () => {
    const decision = decide(SHOWN);
    expect([decision.coming, decision.reached]).toEqual([[], []]);
    expect(decision.merged.withheld).toEqual(new Set(['Name']));
  });

  it('go to the shop', () => {
    decide(SHOWN).send();
    expect(sent).toMatchObject([['to the shop', ITEM]]);
  });

  it.each([
    ['take_woo', 'woo'],
    ['take_salesforce', 'salesforce'],
    [undefined, null],
  ] as const)('go both ways, with what a person has decided: %s', (decided, taken) => {
    bothImages = IMAGE;
    decide({ ...SHOWN, ...(decided && { decided }) }).send();
    expect(sent).toMatchObject([['both', { ...ITEM, decided: taken }]]);
  });

  it('are not looked at where none is mapped', () => {
    decide({ ...SHOWN, outgoing: [NAME] }).send();
    expect(sent).toEqual([]);
  });
});
