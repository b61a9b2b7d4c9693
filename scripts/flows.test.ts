import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createRecords, updateRecords, type SaveResult } from '../local/org/write/batch.ts';
import { deployFiles, failuresOf } from '../local/org/metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../local/org/metadata/test/project.ts';

/* The flows and validation rules of the project, run by the local org on what people type. */

const org = orgForProject();
const failures = failuresOf(deployFiles(org, packageOf(projectSource())));
const caller = {
  userId: String(org.db.get("SELECT Id FROM User WHERE Alias = 'aadmin'")?.['Id']),
};

const A = '069000000000001AAA';
const B = '0695g00000abCdEAAU';
const C = '069000000000003';
const HOST = 'https://example.lightning.force.com';

interface Images {
  readonly featured?: string | null;
  readonly gallery?: string | null;
}

const fieldsOf = ({ featured, gallery }: Images) => ({
  ...(featured === undefined ? {} : { Woo_Featured_Image__c: featured }),
  ...(gallery === undefined ? {} : { Woo_Gallery_Images__c: gallery }),
});

function insert(images: Images): SaveResult | undefined {
  const record = { Name: 'Mug', ...fieldsOf(images) };
  return createRecords(org, caller, [{ type: 'Product2', record }], false)[0];
}

function update(id: string, record: object): SaveResult | undefined {
  return updateRecords(
    org,
    caller,
    [{ type: 'Product2', record: { Id: id, ...record } }],
    false,
  )[0];
}

/** @throws Error with what the org says, where it refuses */
function idOf(result: SaveResult | undefined): string {
  if (result?.success === true) return result.id;
  throw new Error(JSON.stringify(result));
}

function imagesOf(id: string): Images {
  const row = org.db.get(
    'SELECT Woo_Featured_Image__c, Woo_Gallery_Images__c FROM Product2 WHERE Id = ?',
    id,
  );
  return {
    featured: row?.['Woo_Featured_Image__c'] as string | null,
    gallery: row?.['Woo_Gallery_Images__c'] as string | null,
  };
}

const saved = (images: Images): Images => imagesOf(idOf(insert(images)));

const refusal = (result: SaveResult | undefined): string =>
  result?.success === false ? result.errors.map(({ message }) => message).join(' ') : '';

/** Puts a value into the field that no rule has seen. */
function plant(id: string, gallery: string): void {
  org.db.run('UPDATE Product2 SET Woo_Gallery_Images__c = ? WHERE Id = ?', gallery, id);
}

it('the project deploys', () => {
  expect(failures).toEqual([]);
});

describe('the image fields of a product', () => {
  it.each([
    ['an id', A, A],
    ['an id of 15 characters', C, C],
    ['blanks and semicolons around it', `  ${A} ; `, A],
    ['the page of a file', `${HOST}/lightning/r/ContentDocument/${B}/view`, B],
    ['a page with more behind it', `${HOST}/lightning/r/ContentDocument/${B}/view?ws=%2Fx`, B],
    ['a page with a short id', `${HOST}/lightning/r/ContentDocument/${C}/view`, C],
    [
      'a download',
      `https://e.my.salesforce.com/sfc/servlet.shepherd/document/download/${A}?x=1`,
      A,
    ],
    [
      'a short download',
      `https://e.my.salesforce.com/sfc/servlet.shepherd/document/download/${C}?x`,
      C,
    ],
    ['an address that ends in it', `https://e.my.salesforce.com/${A}`, A],
    ['a page that shows it', `${HOST}/lightning/page/filePreview?selectedRecordId=${A}&x=1`, A],
    [
      'a page that shows it, and no more',
      `${HOST}/one?recordIds=01t000000000001AAA&selectedRecordId=${C}#x`,
      C,
    ],
    ['nothing but blanks and separators', ' ; , ', null],
    ['nothing', null, null],
  ])('take %s', (_, typed, tidy) => {
    expect(saved({ featured: typed })).toEqual({ featured: tidy, gallery: null });
    expect(saved({ gallery: typed })).toEqual({ featured: null, gallery: tidy });
  });

  it.each([
    ['semicolons', `${A};${B};${C}`],
    ['blanks around them', ` ${A} ; ${B} ;  ${C} `],
    ['empty places', `;${A};;${B};${C};`],
    ['commas', `${A},${B}, ${C}`],
    ['blanks', `${A} ${B}  ${C}`],
    ['nothing, as lines run together in a field of one line', `${A}${B}${C}`],
    ['addresses', `${HOST}/lightning/r/ContentDocument/${A}/view ${HOST}/x?y=${B};${C}`],
  ])('part ids that have %s between them', (_, typed) => {
    expect(saved({ gallery: typed }).gallery).toBe(`${A};${B};${C}`);
  });

  it('read as many pieces as a field has room for', () => {
    expect(saved({ gallery: ';'.repeat(255) }).gallery).toBeNull();
  });

  it('keep their order, and what is there twice', () => {
    expect(saved({ featured: A, gallery: `${B};${A};${B}` })).toEqual({
      featured: A,
      gallery: `${B};${A};${B}`,
    });
  });

  it('take 13 images, and with short ids no more either', () => {
    const many = (count: number) => Array.from({ length: count }, () => C).join(';');
    expect(saved({ gallery: many(13) }).gallery).toBe(many(13));
    expect(refusal(insert({ gallery: many(14) }))).toContain('room for 13');
    const long = Array.from({ length: 13 }, () => B).join(';');
    expect(saved({ gallery: long }).gallery).toBe(long);
  });

  it.each([
    ['the id of a version', '068000000000001AAA'],
    ['the id of the product', '01t000000000001AAA'],
    ['an id that is too short', '06900000000001'],
    ['an id that is cut off', A.slice(0, 17)],
    ['an id with more behind it', `${A}x`],
    ['another address', `${HOST}/lightning/r/Product2/01t000000000001AAA/view`],
    ['an address with a longer word', `${HOST}/lightning/r/ContentDocument/${A}x/view`],
    ['a name', 'my image.jpg'],
    ['two ids in lines', `${A}\n${B}`],
  ])('refuse %s, and say where the right one is', (_, typed) => {
    for (const result of [insert({ featured: typed }), insert({ gallery: typed })]) {
      expect(refusal(result)).toMatch(/069.*068.*01t.*\/ContentDocument\//s);
    }
  });

  it('refuse two featured images', () => {
    expect(refusal(insert({ featured: `${A} ${B}` }))).toContain('id of one file');
  });

  it('are tidied and looked at when they change', () => {
    const id = idOf(insert({ featured: A, gallery: A }));
    idOf(update(id, fieldsOf({ featured: ` ${B}`, gallery: `${B} ${C}` })));
    expect(imagesOf(id)).toEqual({ featured: B, gallery: `${B};${C}` });
    expect(refusal(update(id, fieldsOf({ gallery: 'x' })))).toContain('no id of a file');
    idOf(update(id, fieldsOf({ featured: null, gallery: ' ' })));
    expect(imagesOf(id)).toEqual({ featured: null, gallery: null });
  });

  it('block no other edit by an old value, and leave it as it is', () => {
    const id = idOf(insert({ featured: A }));
    const old = 'my image.jpg, another one';
    plant(id, old);
    idOf(update(id, { Name: 'Cup' }));
    idOf(update(id, fieldsOf({ featured: B })));
    expect(imagesOf(id)).toEqual({ featured: B, gallery: old });
    idOf(update(id, fieldsOf({ gallery: A })));
    expect(imagesOf(id).gallery).toBe(A);
  });
});

describe('the flow of the image fields ends', () => {
  const source = projectSource();
  const path = 'flows/Woo_Product_Images.flow-meta.xml';
  const shipped = source[path] ?? '';
  const deployFlow = (flow: string) => {
    expect(failuresOf(deployFiles(org, packageOf({ [path]: flow })))).toEqual([]);
  };
  const plantFormula = (search: RegExp, replacement: string) => {
    expect(shipped).toMatch(search);
    deployFlow(shipped.replace(search, replacement));
  };
  const rest =
    /(<name>Rest_After_Piece<\/name>\s*<dataType>String<\/dataType>\s*<expression>)[^<]*/;

  afterEach(() => {
    deployFlow(shipped);
  });

  it('with the same result where the length of blank text is blank, not 0', () => {
    plantFormula(/\bLEN\(([^()]*)\)/g, 'IF(ISBLANK($1), VALUE(&quot;&quot;), LEN($1))');
    expect(saved({ gallery: A }).gallery).toBe(A);
    expect(saved({ gallery: `;${A};;${B};;` }).gallery).toBe(`${A};${B}`);
    expect(saved({ gallery: `${A}${B} ` }).gallery).toBe(`${A};${B}`);
    expect(saved({ gallery: ' ; , ' }).gallery).toBeNull();
  });

  it('where what is left to read never gets less', () => {
    plantFormula(rest, '$1{!Rest}');
    expect(saved({ gallery: ';' }).gallery).toBeNull();
  });
});

describe('the entry condition that docs/outbound-messages.md offers', () => {
  const docs = readFileSync(new URL('../docs/outbound-messages.md', import.meta.url), 'utf8');
  const [, formula = ''] = /```\n(AND\(.*Woo_Key__c.*)\n```/.exec(docs) ?? [];
  const path = 'flows/Woo_Product_Updated.flow-meta.xml';
  const shipped = projectSource()[path] ?? '';
  const deployFlow = (flow: string) => {
    expect(failuresOf(deployFiles(org, packageOf({ [path]: flow })))).toEqual([]);
  };
  const messages = () => Number(org.db.get('SELECT count(*) AS sent FROM "-outbound"')?.['sent']);
  const sentBy = (save: () => unknown): number => {
    const before = messages();
    save();
    return messages() - before;
  };

  afterEach(() => {
    deployFlow(shipped);
  });

  it('sends messages of edited products that a shop has, and of no others', () => {
    const unknown = idOf(insert({}));
    const known = idOf(insert({}));
    idOf(update(known, { Woo_Key__c: 'main:41' }));
    const edit = (id: string) => sentBy(() => idOf(update(id, { Name: 'Cup' })));
    expect([edit(unknown), edit(known)]).toEqual([1, 1]);
    deployFlow(shipped.replace(/(<filterFormula>)[^<]*/, `$1${formula}`));
    expect([edit(unknown), edit(known)]).toEqual([0, 1]);
  });
});
